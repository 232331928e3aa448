"""Who belongs to which group on which day, as amendments are chosen by it."""

from datetime import date, timedelta

from sqlalchemy import Engine

from gcmtext.db import DelegationKind
from gcmtext.services.groups import groups, heard
from gcmtext.services.participants import About, add_delegation, join

from .meeting import NOW, OPERATOR, meeting

TODAY = NOW.date()
DAY = timedelta(days=1)


def test_who_belongs_to_a_group_counts_on_the_days_on_which_they_do(engine: Engine) -> None:
    with meeting(engine) as room:
        session, there = room.session, room.delegations
        coast = add_delegation(
            session, OPERATOR, room.negotiation, About(DelegationKind.GROUP, "Coast Group"), NOW
        )
        add_delegation(
            session, OPERATOR, room.negotiation, About(DelegationKind.GROUP, "Nobody’s Group"), NOW
        )
        join(session, OPERATOR, coast, there["Egypt"], NOW, since=TODAY - 9 * DAY, until=TODAY)
        join(session, OPERATOR, coast, there["Egypt"], NOW, since=TODAY + 5 * DAY)
        join(session, OPERATOR, coast, there["Ghana"], NOW, since=TODAY)
        join(session, OPERATOR, coast, there["Ghana"], NOW, since=TODAY, chairs=True)
        found = groups(session, room.negotiation)
        group, nobodys = found
        assert [group.short_name, nobodys.short_name] == ["Coast Group", "Nobody’s Group"]
        assert len(group.terms) == 3  # whoever chairs is a member once
        egypt, ghana, norway = (there[name].id for name in ("Egypt", "Ghana", "Norway"))
        days = (TODAY - 10 * DAY, TODAY - DAY, TODAY, TODAY + 5 * DAY)
        assert [group.holds(egypt, day) for day in days] == [False, True, False, True]
        assert [group.holds(ghana, day) for day in days] == [False, False, True, True]
        assert group.holds(coast.id, date.min)
        assert not group.holds(norway, TODAY)
        assert heard(found, [(egypt, TODAY - DAY)]) == ("Coast Group",)
        assert heard(found, [(egypt, TODAY), (norway, TODAY)]) == ()
