"""What the engine promises on either database."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session


def test_foreign_keys_hold(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(
            text(
                "INSERT INTO revision (negotiation_id, name, slug, position, symbol, created_at, visibility)"
                " VALUES (7, 'Rev.1', 'rev-1', 1, '', '2027-01-01', 'public')"
            )
        )


def test_a_file_of_sqlite_is_read_while_it_is_written(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
