"""The review of a lineage by people."""

from flask import Blueprint

blueprint = Blueprint("lineage", __name__)
