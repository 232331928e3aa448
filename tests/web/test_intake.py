"""Files of delegations on pages: by whom, what is refused beside them, and what nobody else sees."""

from datetime import timedelta
from io import BytesIO
from secrets import token_hex

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from gcmtext.db import Batch, Delegation, Person, Role, RoleGrant, Visibility
from gcmtext.db.engine import begin_write
from gcmtext.resources import drafts_dir
from gcmtext.services import reading
from gcmtext.services.actor import operator
from gcmtext.services.calls import call_for_amendments
from gcmtext.services.signing_in import Browser, begin
from gcmtext.web.clock import now
from gcmtext.web.store import session

from .pages import words
from .signing_in import LONG_AGO, SECRET

PLACE = "/seafarers/rev-1/intake"
SUBMISSIONS = drafts_dir() / "submissions"
LIST = b"""In paragraph 7, delete "[aim]".

Replace "seafarers" with "persons at sea".

Be kind.
"""


@pytest.fixture
def here(own_demo: Flask) -> Flask:
    """The demonstration, with amendments to Rev.1 called for again."""
    with own_demo.app_context():
        begin_write(session())
        negotiation = reading.negotiation(session(), operator("tests"), "seafarers")
        revision = next(r for r in negotiation.revisions if r.slug == "rev-1")
        until = now() + timedelta(days=9)
        assert revision.call is not None
        revision.call.opened_at = LONG_AGO
        call_for_amendments(
            session(), operator("tests"), revision, closes_at=until, shown=Visibility.PUBLIC, now=now()
        )
        session().commit()
    return own_demo


def signed_in(app: Flask, role: str, name: str = "") -> FlaskClient:
    """Return a browser in which somebody has signed in who has a role, for a delegation if one is named."""
    client = app.test_client()
    with app.app_context():
        begin_write(session())
        negotiation = reading.negotiation(session(), operator("tests"), "seafarers")
        delegation = session().scalar(
            select(Delegation.id).where(
                Delegation.short_name == name, Delegation.negotiation_id == negotiation.id
            )
        )
        person = Person(
            email=f"{token_hex(4)}@example.net",
            name=f"{role} {name}",
            totp_secret=SECRET,
            created_at=LONG_AGO,
            is_administrator=role == Role.ADMINISTRATOR,
        )
        session().add(person)
        session().flush()
        session().add(
            RoleGrant(
                person_id=person.id,
                role=role,
                negotiation_id=negotiation.id,
                delegation_id=delegation,
                since=LONG_AGO,
            )
        )
        token = begin(session(), person, Browser("", ""), now())
        session().commit()
    client.set_cookie(app.config["GCMTEXT_SIGN_IN_COOKIE"], token)
    return client


def send(client: FlaskClient, *files: tuple[str, bytes], **said: str) -> TestResponse:
    data: dict[str, object] = {"file": [(BytesIO(content), name) for name, content in files], **said}
    return client.post(PLACE, data=data, content_type="multipart/form-data")


def kept(app: Flask) -> list[Batch]:
    with app.app_context():
        return list(session().scalars(select(Batch).order_by(Batch.id)))


def test_files_that_cannot_be_read_are_said_beside_the_others(here: Flask) -> None:
    secretariat = signed_in(here, "secretariat")
    answer = send(
        secretariat,
        ("broken.docx", b"PK\x03\x04broken"),
        ("empty.docx", b""),
        ("macros.docm", (SUBMISSIONS / "mexico.docx").read_bytes()),
        ("norway.docx", (SUBMISSIONS / "norway.docx").read_bytes()),
        ("french.md", "# Phares\n\n1. Les gardiens sont payés à temps par leurs administrations.".encode()),
        (
            "cookery.md",
            b"# Soup\n\n1. Boil the water for the leeks and add salt.\n\n2. Eat it while it is hot.",
        ),
    )
    page = answer.text
    assert answer.status_code == 200
    assert "1 of 6 files have been read" in page
    for sentence in (
        "broken.docx is cut short or damaged",
        "empty.docx is empty",
        "macros.docm may hold macros and is not opened",
        "french.md: The file is in French",
        "cookery.md: ",
    ):
        assert sentence in page
    [batch] = kept(here)
    assert batch.file == "norway.docx"


def test_a_list_of_instructions_is_previewed_corrected_and_confirmed(here: Flask) -> None:
    head = signed_in(here, "head", "Chile")
    answer = send(head, ("list.md", LIST))
    assert answer.status_code == 303
    address = answer.location
    page = head.get(address).text
    assert "2 instructions could not be placed" in page
    assert "Sent by <b><bdi>Chile</bdi></b>" in page
    [batch] = kept(here)
    name = f"{batch.key}-0"
    placed = head.post(address, data={"shown": "0", "chosen-0": "1", f"other-{name}": "p45", "do": "place-0"})
    assert placed.status_code == 303
    wrong = head.post(address, data={"do": "place-1"})
    assert wrong.status_code == 422
    assert "Choose the paragraph that is meant" in wrong.text
    asked = head.post(address, data={f"other-{batch.key}-1": "7", "do": "place-1"})
    assert "place=" in asked.location
    assert "write its text as it is to read" in head.get(asked.location).text
    assert head.post(address, data={"do": "dismiss-1"}).status_code == 303
    for _ in range(2):
        assert head.post(address, data={"do": "confirm"}).status_code == 303
    page = head.get(address).text
    assert "What has become of its proposals" in page
    assert head.get(f"{PLACE}.json").json["files"][0]["state"] == "confirmed"  # type: ignore[index]
    found = head.get(f"{address}.json").json
    assert [p["became"]["what"] for p in found["proposals"]] == ["new"] * len(found["proposals"])  # type: ignore[index]


def test_the_same_file_again_says_that_all_is_there(here: Flask) -> None:
    secretariat = signed_in(here, "secretariat")
    data = (SUBMISSIONS / "mexico.docx").read_bytes()
    address = send(secretariat, ("mexico.docx", data)).location
    found = secretariat.get(f"{address}.json").json
    assert {p["would_be"]["what"] for p in found["proposals"]} == {"same"}  # type: ignore[index]
    secretariat.post(address, data={"do": "confirm"})
    found = secretariat.get(f"{address}.json").json
    assert {p["became"]["what"] for p in found["proposals"]} == {"same"}  # type: ignore[index]


def test_a_delegate_gets_drafts_and_an_observer_may_not(here: Flask) -> None:
    delegate = signed_in(here, "delegate", "Chile")
    address = send(delegate, ("list.md", LIST)).location
    assert "Confirm: keep as drafts" in delegate.get(address).text
    delegate.post(address, data={"do": "confirm"})
    [proposal] = delegate.get(f"{address}.json").json["proposals"]  # type: ignore[index]
    assert not proposal["became"]["amendment"].isdigit()
    for name in ("International Seafarers’ Council", "IMO"):
        observer = signed_in(here, "observer", name)
        assert observer.get(PLACE).status_code == 403
        assert send(observer, ("list.md", LIST)).status_code == 403


def test_nothing_of_a_file_that_is_not_confirmed_is_seen_by_others(here: Flask) -> None:
    address = send(signed_in(here, "head", "Chile"), ("list.md", LIST)).location
    key = address.rpartition("/")[2]
    others = [
        ("head", "Mexico"),
        ("delegate", "Nigeria"),
        ("observer", "IMO"),
        ("co-facilitator", ""),
        ("secretariat", ""),
        ("administrator", ""),
    ]
    for client in [*(signed_in(here, *who) for who in others), here.test_client()]:
        for way in (address, f"{address}.json", f"{address}/file"):
            assert client.get(way).status_code in (403, 404)
        assert client.post(address, data={"do": "confirm"}).status_code in (403, 404)
        for way in (
            PLACE,
            f"{PLACE}.json",
            "/seafarers/rev-1/tray",
            "/seafarers/rev-1/tray.json",
            "/seafarers/rev-1/compilation.json",
            "/seafarers/amendments.json?revision=rev-1",
            "/seafarers/audit",
        ):
            page = client.get(way).text
            assert key not in page
            assert "persons at sea" not in page
            assert "list.md" not in page


def test_the_file_comes_back_as_it_was_sent(here: Flask) -> None:
    head = signed_in(here, "head", "Chile")
    address = send(head, ("list.md", LIST)).location
    answer = head.get(f"{address}/file")
    assert answer.data == LIST
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=list.md")


def test_nothing_chosen_and_nothing_open(here: Flask) -> None:
    head = signed_in(here, "head", "Chile")
    assert send(head).status_code == 422
    closed = head.post(
        "/seafarers/zero-draft/intake",
        data={"file": (BytesIO(LIST), "list.md")},
        content_type="multipart/form-data",
    )
    assert closed.status_code == 409


def test_who_speaks_for_several_says_for_which(here: Flask) -> None:
    head = signed_in(here, "head", "Kenya")  # which chairs a group
    answer = send(head, ("list.md", LIST))
    assert answer.status_code == 422
    assert "Choose the delegation for which you send the file." in answer.text
    assert send(head, ("list-of-kenya.md", LIST)).status_code == 303


def test_markup_stays_text(here: Flask) -> None:
    head = signed_in(here, "head", "Chile")
    evil = (
        b'In paragraph 7, replace "[aim]" with "<script>alert(1)</script>".\n\n<b>Be</b> {{ 7 * 7 }} kind.\n'
    )
    address = send(head, ("list.txt", evil)).location
    page = head.get(address).text
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page or "&lt;b&gt;" in page


def test_a_name_of_a_file_is_no_path(here: Flask) -> None:
    head = signed_in(here, "head", "Chile")
    send(head, ("../../else/list.md", LIST))
    assert [batch.file for batch in kept(here)] == ["list.md"]


def beside_the_file(answer: TestResponse) -> str:
    """Return the sentence that stands beside the field of the files."""
    tree = lxml.html.document_fromstring(answer.text)
    (field,) = tree.xpath("//input[@type='file']")
    assert field.get("aria-invalid") == "true"
    (wrong, *_) = field.get("aria-describedby").split()
    return words(tree.get_element_by_id(wrong))


def test_an_empty_file_alone_is_refused_beside_the_field_and_the_choice_is_kept(here: Flask) -> None:
    secretariat = signed_in(here, "secretariat")
    tree = lxml.html.document_fromstring(secretariat.get(PLACE).text)
    kenya = tree.xpath("//select[@name='delegation']/option[.='Kenya']/@value")[0]
    for data in (b"", b" \n\n"):
        answer = send(secretariat, ("empty.txt", data), delegation=kenya)
        assert answer.status_code == 422
        assert "empty.txt" in beside_the_file(answer)
        chosen = lxml.html.document_fromstring(answer.text).xpath(
            "//select[@name='delegation']/option[@selected]"
        )
        assert [words(option) for option in chosen] == ["Kenya"]
    assert kept(here) == []


def test_a_file_that_is_too_large_is_refused_beside_the_field_and_what_is_there_stays(here: Flask) -> None:
    secretariat = signed_in(here, "secretariat")
    send(secretariat, ("kenya.txt", LIST))
    here.config["MAX_CONTENT_LENGTH"] = 20_000
    huge = b"Replace many words. " * 2_000
    for files in ((("huge.txt", huge),), (("norway.txt", LIST), ("huge.txt", huge))):
        answer = send(secretariat, *files)
        assert answer.status_code == 413
        assert "larger than the 64 MB that are read at once" in beside_the_file(answer)
        assert "kenya.txt" in answer.text
    assert [batch.file for batch in kept(here)] == ["kenya.txt"]


def test_who_may_send_no_files_is_not_told_how_large_they_may_be(here: Flask) -> None:
    here.config |= {
        "MAX_CONTENT_LENGTH": 20_000,
        "WTF_CSRF_ENABLED": True,
    }  # so the form is read first of all
    for client in (here.test_client(), signed_in(here, "observer", "Norway")):
        answer = send(client, ("huge.txt", b"Replace many words. " * 2_000))
        assert answer.status_code in (403, 413)
        assert not lxml.html.document_fromstring(answer.text).xpath("//input[@type='file']")
        assert "To be confirmed" not in answer.text


def test_what_an_instruction_could_mean_is_shown_with_the_words_around_it(here: Flask) -> None:
    secretariat = signed_in(here, "secretariat")
    send(secretariat, ("kenya.txt", LIST))
    tray = "/seafarers/rev-1/tray"
    tree = lxml.html.document_fromstring(secretariat.get(tray).text)
    first, *_ = tree.xpath("//fieldset[@class='meant']/label")
    assert words(first).startswith("Preambular paragraph 1 …Headquarters with the participation of")
    assert words(first.xpath(".//mark")[0]) == "seafarers"
    (found, _) = secretariat.get(f"{tray}.json").get_json()["unplaced"]
    candidate = found["candidates"][0]
    assert candidate["before"].endswith("organizations of ")
    assert (candidate["words"], candidate["after"][:15]) == ("seafarers", " and of shipown")
