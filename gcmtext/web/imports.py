"""Bringing in the next revision."""

from flask import Blueprint

blueprint = Blueprint("imports", __name__)
