"""How Alembic meets the database: always through a connection that the caller has opened."""

from typing import Literal

from alembic import context

import gcmtext.db  # noqa: F401 - registers the models
from gcmtext.db.base import Base, UtcDateTime

connection = context.config.attributes["connection"]


def _render_item(kind: str, item: object, _: object) -> str | Literal[False]:
    """Write our own types by their names; False leaves the others to Alembic."""
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=_render_item,
)
with context.begin_transaction():
    context.run_migrations()
