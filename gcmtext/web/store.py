"""The database session of a request, and the one place that commits."""

from flask import Flask, Response, current_app, g
from sqlalchemy.orm import Session, sessionmaker

from gcmtext.db.engine import open_engine, open_sessions
from gcmtext.services.indexing import follow_commit
from gcmtext.settings import Settings


def install(app: Flask, settings: Settings) -> None:
    """Give each request a session; what it did is committed if the answer is no error, and else undone."""
    app.extensions["gcmtext_sessions"] = open_sessions(open_engine(settings.database_url))
    app.after_request(_commit)
    app.teardown_appcontext(_close)


def session() -> Session:
    """Return the session of this request."""
    if "session" not in g:
        g.session = sessions()()
    found: Session = g.session
    return found


def sessions() -> sessionmaker[Session]:
    """Return what makes sessions, for what is not to end as the request does."""
    found: sessionmaker[Session] = current_app.extensions["gcmtext_sessions"]
    return found


def keep() -> None:
    """Commit what has been done so far: it holds whatever becomes of the rest of the request."""
    session().commit()


def _commit(response: Response) -> Response:
    if "session" in g:
        if response.status_code < 400:
            g.session.commit()
            follow_commit(g.session)
        else:
            g.session.rollback()
    return response


def _close(_: BaseException | None) -> None:
    if "session" in g:
        g.pop("session").close()
