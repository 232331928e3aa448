"""The corpus of adopted documents, and each of them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gcmtext.errors import NotFound
from gcmtext.services import corpus
from gcmtext.services.permissions import Action
from gcmtext.web.access import needs
from gcmtext.web.form import page_asked
from gcmtext.web.store import session

blueprint = Blueprint("corpus", __name__)

_ON_A_PAGE = 100


@blueprint.get("/corpus")
@needs(Action.SITE_READ)
def index() -> ResponseReturnValue:
    """Show the documents of the corpus, the latest first, some on a page."""
    page = page_asked()
    total, held = corpus.page_of(session(), max(page - 1, 0) * _ON_A_PAGE, _ON_A_PAGE)
    pages = max(-(-total // _ON_A_PAGE), 1)
    if not 1 <= page <= pages:
        raise NotFound("There is no such page.")
    return render_template("corpus/index.html", documents=held, total=total, page=page, pages=pages)


@blueprint.get("/corpus/<address>")
@needs(Action.SITE_READ)
def show(address: str) -> ResponseReturnValue:
    """Show a document with its paragraphs; what is said for it without its language leads to it."""
    document = corpus.named(session(), address)
    if document.address != address:
        return redirect(url_for("corpus.show", address=document.address))
    return render_template(
        "corpus/show.html",
        document=document,
        paragraphs=corpus.paragraphs(session(), document),
        versions=corpus.versions(session(), document),
    )
