"""How delegations stand in the demonstration: all that the file says is there, for whom it is meant."""

from collections import Counter
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import select

from gcmtext.db import Amendment, AmendmentState, Comment, LanguageVersion, Revision, Stance
from gcmtext.resources import drafts_dir
from gcmtext.services.actor import operator
from gcmtext.services.commenting import mentioned, threads
from gcmtext.services.participants import participants
from gcmtext.services.reading import negotiation
from gcmtext.services.wordings import wording_of
from gcmtext.web.store import session

SAID: dict[str, Any] = yaml.safe_load((drafts_dir() / "positions.yaml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _in_the_demonstration(demo: Flask) -> Any:
    with demo.app_context():
        yield


def amendments(revision: str, state: AmendmentState = AmendmentState.SUBMITTED) -> list[Amendment]:
    rows = session().scalars(
        select(Amendment)
        .join(LanguageVersion)
        .join(Revision)
        .where(Revision.slug == revision, Amendment.state == state)
    )
    return list(rows)


def test_it_is_marked_as_illustrative() -> None:
    assert (drafts_dir() / "positions.yaml").read_text(encoding="utf-8").startswith("# Illustrative:")


def test_entries_have_the_keys_that_are_read() -> None:
    keys = {
        "stances": {"amendment", "sponsor", "support", "oppose"},
        "amends": {"amendment", "by", "text", "why"},
        "comments": {"amendment", "at", "who", "for", "to", "words", "says", "answers", "resolved"},
        "proposals": {"by", "at", "kind", "text", "replace", "words", "why", "draft", "then", "withdrawn"},
    }
    assert {*SAID} == {*keys}
    for name, known in keys.items():
        assert all({*entry} <= known for entry in SAID[name])
    answers = [answer for entry in SAID["comments"] for answer in entry.get("answers", ())]
    assert all({*answer} <= {"who", "for", "says"} for answer in answers)


def test_all_stances_are_taken() -> None:
    stances = session().scalars(select(Stance)).all()
    wanted = Counter(
        kind
        for entry in SAID["stances"]
        for kind in ("sponsor", "support", "oppose")
        for _ in entry.get(kind, ())
    )
    assert Counter(stance.kind for stance in stances) == wanted
    assert wanted.total() >= 60
    assert len({stance.amendment_id for stance in stances}) >= 35


def test_members_of_the_european_union_leave_it_to_speak() -> None:
    spoken = {
        name
        for entry in SAID["stances"]
        for kind in ("sponsor", "support", "oppose")
        for name in entry.get(kind, ())
    }
    assert not spoken & {"France", "Germany", "Greece", "Poland"}


def test_amendments_are_amended() -> None:
    children = [a for a in amendments("rev-1") if a.parent_id is not None]
    assert len(children) == len(SAID["amends"]) >= 8
    assert all(child.delegation.short_name != "" and child.number for child in children)


def test_some_of_what_amends_amendments_stands_in_the_final_draft() -> None:
    final = (drafts_dir() / "6-final-draft.md").read_text(encoding="utf-8")
    assert sum(entry["text"].rstrip(".;") in final for entry in SAID["amends"]) >= 2


def test_comments_are_for_all_audiences_answered_and_resolved() -> None:
    rows = session().scalars(select(Comment)).all()
    opening = [row for row in rows if row.root_id is None]
    assert len(opening) == len(SAID["comments"]) >= 25
    assert {row.audience for row in opening} == {"own", "prepared", "delegations", "public"}
    assert sum(row.resolved_at is not None for row in opening) >= 4
    assert len({row.root_id for row in rows if row.root_id}) >= 12
    assert any(row.delegation and row.delegation.kind == "stakeholder" for row in opening)
    assert any(row.delegation is None for row in opening)
    assert any(row.amendment_id for row in opening)


def test_mentions_name_delegations_that_are_there() -> None:
    found = negotiation(session(), operator("tests"), "seafarers")
    taking_part = participants(session(), found)
    for entry in SAID["comments"]:
        for words in (entry["says"], *(answer["says"] for answer in entry.get("answers", ()))):
            assert len(mentioned(words, taking_part)) == words.count("@"), words


def test_comments_on_words_quote_them() -> None:
    found = negotiation(session(), operator("tests"), "seafarers")
    version = next(r for r in found.revisions if r.slug == "rev-1").versions[0]
    quoted = [thread.quoted for thread in threads(session(), operator("tests"), version) if thread.quoted]
    wanted = [entry["words"] for entry in SAID["comments"] if "words" in entry]
    assert sorted(quoted) == sorted(words for words in wanted)


def test_the_call_that_is_open_has_something_to_show() -> None:
    assert len(amendments("final-draft")) >= 6
    drafts = amendments("final-draft", AmendmentState.DRAFT)
    assert [draft.delegation.short_name for draft in drafts] == ["Mexico", "Mexico"]
    assert len(amendments("final-draft", AmendmentState.WITHDRAWN)) == 1
    edited = [a for a in amendments("final-draft") if a.edition > 1]
    assert wording_of(edited[0], 1) != wording_of(edited[0])
