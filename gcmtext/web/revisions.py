"""A revision and its paragraphs."""

from flask import Blueprint

blueprint = Blueprint("revisions", __name__)
