"""What the table of permissions says, and that it is what decides."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gcmtext.db import Delegation, DelegationKind, Negotiation, Revision, Visibility
from gcmtext.errors import NotAllowed, NotFound
from gcmtext.services.actor import Actor, Grant, Role, anonymous, operator
from gcmtext.services.permissions import RULES, SEES, Action, Subject, may, require, sees

NOW = datetime(2027, 7, 12, 9, 30, tzinfo=UTC)
HERE, ELSEWHERE = 1, 2


def somebody(role: Role, delegation: int | None = None, negotiation: int = HERE) -> Actor:
    return Actor("A. Keeper", 7, grants=(Grant(role, negotiation, delegation),), at=NOW)


def test_every_action_has_a_rule() -> None:
    assert set(RULES) == set(Action)
    assert list(SEES) == list(Visibility)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", [Role.CO_FACILITATOR, Role.SECRETARIAT, Role.HEAD, Role.OBSERVER])
def test_a_role_counts_only_in_its_negotiation(action: Action, role: Role) -> None:
    rule = RULES[action]
    of = Subject(HERE)
    everywhere = bool(rule.any & {Role.PERSON, Role.PUBLIC} or Role.PERSON in rule.own)
    assert may(somebody(role, 3), action, of) is bool(everywhere or role in rule.any | rule.own)
    assert may(somebody(role, 3, ELSEWHERE), action, of) is everywhere


def test_one_may_act_for_ones_own_delegation_only() -> None:
    action = Action.ACCREDITATION_OBJECT
    own = Subject(HERE, delegation_ids=frozenset({3}), state=DelegationKind.STATE)
    assert may(somebody(Role.HEAD, 3), action, own)
    assert not may(somebody(Role.HEAD, 4), action, own)
    assert not may(somebody(Role.DELEGATE, 3), action, own)
    group = Subject(HERE, delegation_ids=frozenset({3}), state=DelegationKind.GROUP)
    assert not may(somebody(Role.HEAD, 3), action, group)


def test_what_is_a_persons_own_is_theirs_alone_and_seen_by_the_delegation_it_is_shown_to() -> None:
    mine = somebody(Role.DELEGATE, 3)
    colleague = replace(somebody(Role.OBSERVER, 3), person_id=8)
    others = [
        replace(somebody(Role.HEAD, 4), person_id=9),
        replace(somebody(Role.CO_FACILITATOR), person_id=9),
        replace(operator("root"), person_id=9),
        operator("root"),
        anonymous(NOW),
    ]
    private = Subject(visibility=Visibility.OWN, person_id=7)
    shown = Subject(HERE, Visibility.OWN, frozenset({3}), person_id=7)
    for of, sees_it in ((private, [mine]), (shown, [mine, colleague])):
        for who in (mine, colleague, *others):
            assert sees(who, of) is (who in sees_it)
            assert may(who, Action.SEARCH_OPEN, of) is (who in sees_it)
            assert may(who, Action.SEARCH_SAVE, of) is (who is mine)


@pytest.mark.parametrize(
    ("visibility", "who"),
    [
        (Visibility.OWN, "own"),
        (Visibility.PREPARED, "own co-facilitator secretariat administrator"),
        (Visibility.DELEGATIONS, "own co-facilitator secretariat administrator head observer"),
        (Visibility.PUBLIC, "own co-facilitator secretariat administrator head observer nobody"),
    ],
)
def test_what_has_been_shown_is_seen(visibility: Visibility, who: str) -> None:
    of = Subject(HERE, visibility, frozenset({3}))
    actors = {
        "own": somebody(Role.HEAD, 3),
        "co-facilitator": somebody(Role.CO_FACILITATOR),
        "secretariat": somebody(Role.SECRETARIAT),
        "administrator": operator("root"),
        "head": somebody(Role.HEAD, 4),
        "observer": somebody(Role.OBSERVER, 5),
        "nobody": anonymous(NOW),
    }
    assert {name for name, actor in actors.items() if sees(actor, of)} == set(who.split())


def test_what_one_may_not_see_does_not_exist() -> None:
    hidden, shown = Subject(HERE, Visibility.PREPARED), Subject(HERE)
    with pytest.raises(NotFound, match=r"^There is nothing at this address\.$"):
        require(somebody(Role.HEAD, 3), Action.REVISION_IMPORT, hidden)
    with pytest.raises(NotAllowed, match=r"^You have no role that may do this here: import a revision\.$"):
        require(somebody(Role.HEAD, 3), Action.REVISION_IMPORT, shown)
    with pytest.raises(NotAllowed, match=r"^Sign in to do this: import a revision\.$"):
        require(anonymous(NOW), Action.REVISION_IMPORT, shown)
    require(somebody(Role.SECRETARIAT), Action.REVISION_IMPORT, hidden)


def test_a_revision_is_hidden_in_a_hidden_negotiation_and_until_its_day() -> None:
    negotiation = Negotiation(id=HERE, visibility="public")
    revision = Revision(negotiation_id=HERE, visibility="public", negotiation=negotiation)
    delegate = somebody(Role.DELEGATE, 3)
    assert sees(anonymous(NOW), revision)
    revision.public_from = date(2027, 7, 13)
    assert not sees(anonymous(NOW), revision)
    assert not sees(anonymous(), revision)
    assert sees(delegate, revision)
    assert sees(anonymous(datetime(2027, 7, 13, tzinfo=UTC)), revision)
    negotiation.visibility = "prepared"
    assert not sees(delegate, revision)
    norway = Delegation(id=4, negotiation_id=HERE, kind="state", negotiation=negotiation)
    assert not sees(delegate, norway)
