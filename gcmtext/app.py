"""The Flask application, put together in an order one can read."""

from flask import Flask

from gcmtext import __version__
from gcmtext.formats import MAX_BYTES
from gcmtext.resources import static_dir, templates_dir
from gcmtext.settings import Settings
from gcmtext.web import (
    access,
    errors,
    forgery,
    headers,
    interface,
    provider,
    secrets,
    store,
    templates,
    visits,
)
from gcmtext.web.account import blueprint as account
from gcmtext.web.accreditation import blueprint as accreditation
from gcmtext.web.amendments import blueprint as amendments
from gcmtext.web.appearance import blueprint as appearance
from gcmtext.web.audit import blueprint as audit
from gcmtext.web.beginnings import blueprint as beginnings
from gcmtext.web.comments import blueprint as comments
from gcmtext.web.compare import blueprint as compare
from gcmtext.web.compilation import blueprint as compilation
from gcmtext.web.corpus import blueprint as corpus
from gcmtext.web.digests import blueprint as digests
from gcmtext.web.drawn import blueprint as drawn
from gcmtext.web.imports import blueprint as imports
from gcmtext.web.intake import blueprint as intake
from gcmtext.web.lineage import blueprint as lineage
from gcmtext.web.links import blueprint as links
from gcmtext.web.negotiations import blueprint as negotiations
from gcmtext.web.participants import blueprint as participants
from gcmtext.web.people import blueprint as people
from gcmtext.web.permissions import blueprint as permissions
from gcmtext.web.precedents import blueprint as precedents
from gcmtext.web.proposing import blueprint as proposing
from gcmtext.web.revisions import blueprint as revisions
from gcmtext.web.roles import blueprint as roles
from gcmtext.web.saved import blueprint as saved
from gcmtext.web.search import blueprint as search
from gcmtext.web.sign_in import blueprint as sign_in

BLUEPRINTS = (
    appearance,
    negotiations,
    revisions,
    compare,
    lineage,
    beginnings,
    imports,
    sign_in,
    provider.blueprint,
    links,
    account,
    people,
    amendments,
    proposing,
    compilation,
    comments,
    intake,
    drawn,
    digests,
    precedents,
    accreditation,
    audit,
    participants,
    permissions,
    roles,
    corpus,
    search,
    saved,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application over the database that the settings name; its schema must be up to date."""
    settings = settings or Settings.from_environment()
    app = Flask("gcmtext", template_folder=str(templates_dir()), static_folder=str(static_dir()))
    app.config.update(
        SECRET_KEY=secrets.secret_key(settings),
        MAX_CONTENT_LENGTH=MAX_BYTES + 2**20,
        MAX_FORM_MEMORY_SIZE=8 * 2**20,  # so that who types too much is told in a sentence, beside it
        WTF_CSRF_TIME_LIMIT=None,
        GCMTEXT_VERSION=__version__,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    store.install(app, settings)
    templates.install(app, settings)
    interface.install(app)
    access.install(app)
    forgery.install(app)
    headers.install(app, settings)
    visits.install(app, settings)
    provider.install(app, settings)
    errors.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
