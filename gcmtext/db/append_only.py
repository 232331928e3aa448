"""What has been stored stays as it is: a guard in every session, whatever the code that uses it does."""

from typing import ClassVar

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction


class AppendOnly:
    """Marks a model whose rows are never changed or removed; what `may_change` names is no part of that."""

    may_change: ClassVar[frozenset[str]] = frozenset()


class Immutable(Exception):
    """The program has tried to change what stays as it is: an error of ours, not of a person."""


@event.listens_for(Session, "before_flush")
def _refuse_changed_objects(session: Session, _: UOWTransaction, __: object) -> None:
    for changed in session.dirty:
        if isinstance(changed, AppendOnly):
            names = {column.key for column in inspect(type(changed)).column_attrs}
            attributes = inspect(changed).attrs
            for name in names - changed.may_change:
                if attributes[name].history.has_changes():
                    raise Immutable(f"{type(changed).__name__}.{name} never changes")
    for removed in session.deleted:
        if isinstance(removed, AppendOnly):
            raise Immutable(f"{type(removed).__name__} is never removed")


@event.listens_for(Session, "do_orm_execute")
def _refuse_changing_statements(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete:
        for mapper in state.all_mappers:
            if issubclass(mapper.class_, AppendOnly):
                raise Immutable(f"{mapper.class_.__name__} is append-only")
