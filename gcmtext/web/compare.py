"""Any two revisions compared."""

from flask import Blueprint

blueprint = Blueprint("compare", __name__)
