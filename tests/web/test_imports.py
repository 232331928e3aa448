"""Bringing in a revision on the page: what is shown before, what is stored, what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from threading import Thread
from typing import Any

import lxml.html
import pytest
from flask import Flask, before_render_template
from flask.testing import FlaskClient
from formats.docx_builder import docx, paragraph
from lxml.html import HtmlElement
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from gcmtext.db import PendingImport, Revision
from gcmtext.db.engine import begin_write
from gcmtext.resources import drafts_dir
from gcmtext.services.pending import LIFETIME, MOST
from web.signing_in import as_role

NEW = "/new"
START = "/lights/import"
TITLE = "On lights"
LIGHTS = [
    "1. States shall keep every light that stands on their coasts.",
    "2. Keepers of lights shall be trained in the mending of lamps and lenses.",
    "3. Every light that is out shall be reported to the ships at sea.",
    "4. Towers shall be painted in colours that can be seen by day.",
]

PORTS = [
    "1. Ports remain open to vessels carrying rescued persons, whatever flag these vessels may fly.",
    "2. Fees charged there must not exceed what the services cost, nor depend on nationality or cargo.",
    "3. Families searching for missing relatives may ask one office per country, free of charge, for help.",
    "4. Statistics about departures are exchanged monthly between neighbouring coast guards, without names.",
]


def text(*paragraphs: str, **stated: str) -> bytes:
    front = "".join(f"{key}: {value}\n" for key, value in {"language": "en", **stated}.items())
    return "\n\n".join([f"---\n{front}---", f"# {TITLE}", *paragraphs, ""]).encode()


def upload(
    client: FlaskClient, data: bytes, file: str = "lights.md", address: str = START, **fields: str
) -> TestResponse:
    return client.post(address, data={"file": (BytesIO(data), file), **fields})


def tree(answer: TestResponse) -> HtmlElement:
    return lxml.html.document_fromstring(answer.text)


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def form(answer: TestResponse) -> dict[str, str]:
    """What a browser would send of the preview's form, but for the button."""
    fields: dict[str, str] = {}
    for field in tree(answer).xpath(
        "//input[@name and (@form or ancestor::form[@id='page.import'])] | //select[@form]"
    ):
        fields[field.name] = field.value or ""
    return fields


def wrong(answer: TestResponse) -> dict[str, str]:
    """The sentences beside the fields, by the names of the fields."""
    found = {}
    for sentence in tree(answer).xpath("//p[@class='wrong']"):
        name = sentence.get("id").removeprefix("page.").removesuffix("-wrong")
        (field,) = tree(answer).xpath(f"//*[@name='{name}' and @aria-invalid='true']")
        assert sentence.get("id") in field.get("aria-describedby").split()
        found[name] = words(sentence)
    return found


def previewed(client: FlaskClient, data: bytes, file: str = "lights.md", **fields: str) -> str:
    answer = upload(client, data, file, **fields)
    assert answer.status_code == 303, words(tree(answer))
    return str(answer.location)


def issued(client: FlaskClient, data: bytes, **fields: str) -> TestResponse:
    address = previewed(client, data, **fields)
    return client.post(address, data={**form(client.get(address)), "do": "issue"})


def revisions(client: FlaskClient) -> list[str]:
    (found,) = (n for n in client.get("/index.json").get_json()["negotiations"] if n["name"] == "lights")
    return [r["name"] for r in found["revisions"]]


def labels(client: FlaskClient, revision: str) -> list[tuple[str, str, int]]:
    paragraphs = client.get(f"/lights/{revision}.json").get_json()["paragraphs"]
    return [(p["kind"], p["label"], p["level"]) for p in paragraphs]


def in_store(app: Flask, question: Callable[[Session], Any]) -> Any:
    with app.extensions["gcmtext_sessions"]() as session:
        found = question(session)
        session.commit()
        return found


def pending(app: Flask) -> int:
    return int(in_store(app, lambda s: s.scalar(select(func.count()).select_from(PendingImport))))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = as_role(app.test_client(), "administrator")
    started = client.post(NEW, data={"title": TITLE, "name": "Lights", "language": "en"})
    assert (started.status_code, started.location) == (303, START)
    return client


# A new negotiation.


def test_a_negotiation_is_started_and_its_first_text_asked_for(client: FlaskClient) -> None:
    assert client.get(NEW).status_code == 200
    page = client.get(START)
    assert page.status_code == 200
    assert "Import the first text" in words(tree(page))
    assert "“Zero draft”" in words(tree(page))


@pytest.mark.parametrize(
    ("typed", "status", "fields"),
    [
        ({"title": "", "name": "", "language": "fr"}, 422, {"title"}),
        ({"title": "Beacons", "name": "new", "language": "fr"}, 422, {"name"}),
        ({"title": "…", "name": "", "language": "fr"}, 422, {"name"}),
        ({"title": "Beacons", "name": "", "language": "the sea"}, 422, {"language"}),
        ({"title": "Beacons", "name": "lights", "language": "fr"}, 409, {"name"}),
    ],
)
def test_what_is_wrong_with_a_negotiation_stands_beside_the_field(
    client: FlaskClient, typed: dict[str, str], status: int, fields: set[str]
) -> None:
    answer = client.post(NEW, data=typed)
    assert (answer.status_code, set(wrong(answer))) == (status, fields)
    page = tree(answer)
    assert page.xpath("//input[@name='title']")[0].value == typed["title"]
    assert page.xpath("//input[@name='name']")[0].value == typed["name"]
    assert page.xpath("//select[@name='language']")[0].value == typed["language"]
    assert len(client.get("/index.json").get_json()["negotiations"]) == 1


# From the file to the revision.


def test_a_preview_stores_nothing_of_the_negotiation(client: FlaskClient) -> None:
    page = client.get(previewed(client, text(*LIGHTS), issued="2027-01-29"))
    said = words(tree(page))
    assert page.status_code == 200
    assert "Zero draft: preview" in said
    assert "It follows no other text." in said
    assert form(page)["label-1"] == "1"
    assert (form(page)["issued"], form(page)["language"]) == ("2027-01-29", "en")
    assert revisions(client) == []


def test_what_the_file_says_of_itself_is_proposed(client: FlaskClient) -> None:
    data = text(*LIGHTS, revision="Elements paper", date="2027-01-05")
    fields = form(client.get(previewed(client, data)))
    assert (fields["name"], fields["issued"]) == ("Elements paper", "2027-01-05")
    fields = form(client.get(previewed(client, data, issued="2027-01-06")))
    assert (fields["name"], fields["issued"]) == ("Elements paper", "2027-01-06")


def test_what_is_corrected_is_what_is_issued(client: FlaskClient) -> None:
    data = text(*LIGHTS[:3])
    address = previewed(client, data)
    fields = form(client.get(address))
    fields |= {"label-2": " (a) ", "kind-2": "sub-paragraph", "level-2": "1"}
    answer = client.post(address, data={**fields, "do": "apply"})
    assert answer.status_code == 303
    assert answer.location.endswith("#para.2")
    shown = client.get(address)
    assert form(shown)["label-2"] == "(a)"
    assert "corrected; read as numbered, label 2, level 0" in words(tree(shown))
    answer = client.post(address, data={**form(shown), "do": "issue"})
    assert (answer.status_code, answer.location) == (303, "/lights/zero-draft")
    assert labels(client, "zero-draft") == [
        ("title", "", 0),
        ("numbered", "1", 0),
        ("sub-paragraph", "(a)", 1),
        ("numbered", "3", 0),
    ]
    assert client.get("/lights/zero-draft/original").data == data


def test_a_correction_can_be_taken_back(client: FlaskClient) -> None:
    address = previewed(client, text(*LIGHTS))
    for label in ("1 bis", "1"):
        fields = form(client.get(address)) | {"label-1": label}
        client.post(address, data={**fields, "do": "apply"})
        assert form(client.get(address))["label-1"] == label
    assert "corrected; read as" not in client.get(address).text


def test_the_lineage_is_shown_before_it_is_stored(client: FlaskClient) -> None:
    issued(client, text(*LIGHTS))
    changed = LIGHTS[1].replace("lamps and lenses", "lamps, lenses and clocks")
    page = client.get(previewed(client, text(LIGHTS[0], changed, *LIGHTS[2:])))
    said = words(tree(page))
    assert "Zero draft plus: preview" in said
    assert "1 difference from Zero draft 4 unchanged" in said
    assert "clocks" in [ins.text.strip() for ins in tree(page).xpath("//details//ins")]


def test_doubtful_paragraphs_are_named_and_lead_to_their_place(client: FlaskClient) -> None:
    page = client.get(previewed(client, text(LIGHTS[0], "Nobody has numbered this.", LIGHTS[1], LIGHTS[3])))
    said = words(tree(page))
    assert "2 paragraphs are for a person to check" in said
    assert "4 follows 2" in said
    assert "has no label between paragraphs that have one" in said
    for link in tree(page).xpath("//*[@id='page.doubts']//a"):
        assert page.text.count(f'id="{link.get("href")[1:]}"') == 1


def test_a_long_text_is_corrected_page_by_page(client: FlaskClient) -> None:
    address = previewed(client, text(*(f"{n}. Light {n} is kept by keeper {n}." for n in range(1, 620))))
    first = client.get(address)
    assert len(tree(first).xpath("//select[starts-with(@name, 'kind-')]")) == 250
    answer = client.post(address, data={**form(first), "label-1": "1 bis", "at": "500"})
    assert answer.location == f"{address}?at=500#para.500"
    last = client.get(answer.location)
    assert {"label-500", "label-619"} <= set(form(last))
    assert "label-1" not in form(last)
    answer = client.post(address, data={**form(last), "kind-619": "text", "label-619": "", "do": "issue"})
    assert answer.status_code == 303
    found = labels(client, "zero-draft")
    assert (found[1], found[619]) == (("numbered", "1 bis", 0), ("text", "", 0))


def test_a_draft_found_later_is_put_before_another(client: FlaskClient) -> None:
    issued(client, text(*LIGHTS[:2]), name="Zero draft")
    issued(client, text(*LIGHTS), name="Rev.1")
    address = previewed(client, text(*LIGHTS[:3]), name="Zero draft plus", before="rev-1")
    assert "from Zero draft" in words(tree(client.get(address)))
    client.post(address, data={**form(client.get(address)), "do": "issue"})
    assert revisions(client) == ["Zero draft", "Zero draft plus", "Rev.1"]


def test_another_language_of_a_revision_is_proposed_as_that(client: FlaskClient) -> None:
    issued(client, text(*LIGHTS))
    french = text("1. Les États entretiennent chaque feu de leurs côtes.", language="fr")
    address = previewed(client, french)
    assert "It becomes the version of Zero draft in this language (French)" in words(
        tree(client.get(address))
    )
    answer = client.post(address, data={**form(client.get(address)), "do": "issue"})
    assert answer.location == "/lights/zero-draft?language=fr"
    assert revisions(client) == ["Zero draft"]


# Once, and never half.


def test_a_form_that_is_sent_twice_issues_once(client: FlaskClient) -> None:
    address = previewed(client, text(*LIGHTS))
    fields = {**form(client.get(address)), "do": "issue"}
    first, second = (client.post(address, data=fields) for _ in range(2))
    assert first.location == second.location == "/lights/zero-draft"
    assert (first.status_code, second.status_code) == (303, 303)
    assert client.get(address).location == "/lights/zero-draft"
    assert revisions(client) == ["Zero draft"]


def test_two_who_press_at_once_issue_once(client: FlaskClient, app: Flask) -> None:
    address = previewed(client, text(*LIGHTS))
    fields = {**form(client.get(address)), "do": "issue"}
    answers: list[TestResponse] = []
    clients = [as_role(app.test_client(), "administrator") for _ in range(3)]

    def press(client: FlaskClient) -> None:
        answers.append(client.post(address, data=fields))

    presses = [Thread(target=press, args=(client,)) for client in clients]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert [answer.location for answer in answers] == ["/lights/zero-draft"] * 3
    assert in_store(app, lambda s: s.scalar(select(func.count()).select_from(Revision))) == 1


def test_what_another_has_issued_meanwhile_is_shown_first(client: FlaskClient) -> None:
    issued(client, text(*LIGHTS[:2]), name="Zero draft")
    address = previewed(client, text(*LIGHTS), name="Rev.2")
    fields = form(client.get(address)) | {"label-4": "4 bis"}
    issued(client, text(*LIGHTS[:3]), name="Rev.1")
    answer = client.post(address, data={**fields, "do": "issue"})
    assert answer.status_code == 409
    assert "Meanwhile Rev.1 has been issued" in words(tree(answer))
    assert "from Rev.1" in words(tree(answer))
    assert form(answer)["label-4"] == "4 bis"
    assert revisions(client) == ["Zero draft", "Rev.1"]
    answer = client.post(address, data={**form(answer), "do": "issue"})
    assert answer.location == "/lights/rev-2"
    assert labels(client, "rev-2")[4] == ("numbered", "4 bis", 0)


def test_another_place_is_shown_before_it_is_taken(client: FlaskClient) -> None:
    issued(client, text(*LIGHTS[:2]), name="Zero draft")
    issued(client, text(*LIGHTS[:3]), name="Rev.1")
    address = previewed(client, text(*LIGHTS), name="Draft")
    fields = form(client.get(address)) | {"before": "rev-1", "do": "issue"}
    answer = client.post(address, data=fields)
    assert answer.status_code == 409
    assert "In this place the text follows Zero draft" in words(tree(answer))


def test_the_same_file_twice_leads_to_what_is_there(client: FlaskClient, app: Flask) -> None:
    issued(client, text(*LIGHTS))
    held = pending(app)
    answer = upload(client, text(*LIGHTS))
    assert answer.status_code == 200
    assert "This text is there already: Zero draft" in words(tree(answer))
    assert tree(answer).xpath("//section//a[@href='/lights/zero-draft']")
    assert pending(app) == held
    page = client.get(previewed(client, text(*LIGHTS), name="Final draft"))
    assert "The same text has been issued before" in words(tree(page))


def test_a_discarded_import_is_gone(client: FlaskClient, app: Flask) -> None:
    address = previewed(client, text(*LIGHTS))
    answer = client.post(address, data={**form(client.get(address)), "do": "discard"})
    assert (answer.status_code, answer.location) == (303, START)
    assert client.get(address).status_code == 404
    assert client.post(address, data={"do": "issue"}).status_code == 404
    assert pending(app) == 0


def test_what_nobody_issues_is_gone_after_a_day(client: FlaskClient, app: Flask) -> None:
    address = previewed(client, text(*LIGHTS))
    yesterday = update(PendingImport).values(created_at=datetime.now(UTC) - LIFETIME)
    in_store(app, lambda session: session.execute(yesterday))
    assert client.get(address).status_code == 404
    previewed(client, text(*LIGHTS))
    assert pending(app) == 1


def test_an_issued_file_is_not_kept_twice(client: FlaskClient, app: Flask) -> None:
    issued(client, text(*LIGHTS))
    assert in_store(app, lambda s: s.scalars(select(PendingImport.data)).all()) == [None]


# What is refused.


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "lights.md", "is empty"),
        (b" \n\0", "lights.txt", "is empty"),
        (b"PK\x03\x04 broken", "lights.docx", "lights.docx"),
        (b"%PDF-1.4 broken", "lights.pdf", "lights.pdf"),
        (b"\x89PNG\r\n\x1a\n", "lights.png", "lights.png"),
        (b"<html><body><p></p></body></html>", "lights.html", "holds no words"),
        (text(*LIGHTS, symbol="A/" * 200), "lights.md", "symbol"),
        (b"---\ntitle: a\ntitle: b\n---\n\nText.\n", "lights.md", "twice"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_upload(
    client: FlaskClient, app: Flask, data: bytes, name: str, sentence: str
) -> None:
    answer = upload(client, data, name, issued="2027-01-29", language="fr")
    assert answer.status_code == 422
    assert sentence in wrong(answer)["file"]
    page = tree(answer)
    assert page.xpath("//input[@name='issued']")[0].value == "2027-01-29"
    assert page.xpath("//select[@name='language']")[0].value == "fr"
    assert (pending(app), revisions(client)) == (0, [])


def test_no_file_at_all_is_refused(client: FlaskClient) -> None:
    answer = client.post(START, data={"name": "Rev.1"})
    assert (answer.status_code, wrong(answer)) == (422, {"file": "Choose a file."})


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"name": "zero draft"}, 409, "name"),
        ({"name": "import"}, 422, "name"),
        ({"name": "x" * 500}, 422, "name"),
        ({"issued": "tomorrow"}, 422, "issued"),
        ({"language": "the language of the sea"}, 422, "language"),
        ({"before": "rev-9"}, 404, "before"),
    ],
)
def test_what_is_wrong_with_a_revision_stands_beside_the_field(
    client: FlaskClient, app: Flask, fields: dict[str, str], status: int, field: str
) -> None:
    issued(client, text(*LIGHTS[:2]))
    held = pending(app)
    answer = client.post(START, data={"file": (BytesIO(text(*LIGHTS)), "lights.md"), **fields})
    assert (answer.status_code, set(wrong(answer))) == (status, {field})
    (kept,) = tree(answer).xpath(f"//*[@name='{field}']")
    if field != "before":
        assert kept.value == fields[field]
    assert (pending(app), revisions(client)) == (held, ["Zero draft"])


def test_a_preview_says_what_is_wrong_and_issues_nothing(client: FlaskClient) -> None:
    address = previewed(client, text(*LIGHTS))
    fields = form(client.get(address)) | {"name": " ", "issued": "tomorrow", "label-1": "1 bis"}
    answer = client.post(address, data={**fields, "do": "issue"})
    assert (answer.status_code, set(wrong(answer))) == (422, {"name", "issued"})
    assert form(answer)["label-1"] == "1 bis"
    assert revisions(client) == []


def test_a_file_of_another_text_is_told_before_it_is_issued(client: FlaskClient) -> None:
    issued(
        client, text(*LIGHTS, LIGHTS[3].replace("4", "5"), LIGHTS[1].replace("2", "6")), issued="2027-03-01"
    )
    address = previewed(client, text(*PORTS), name="Rev.1", issued="2027-01-29")
    (notice,) = tree(client.get(address)).xpath("//section[@aria-labelledby='page.mistakes']")
    assert "Rev.1 is older than Zero draft by its date" in words(notice)
    assert "Hardly anything of Zero draft is found in Rev.1" in words(notice)
    said = client.get(f"{address}.json").get_json()["lineage"]["notices"]
    assert [notice["code"] for notice in said] == ["order", "unrelated"]
    client.post(address, data={**form(client.get(address)), "do": "issue"})
    compared = client.get("/lights/compare/zero-draft/rev-1")
    (notice,) = tree(compared).xpath("//section[@aria-labelledby='page.mistakes']")
    assert "Hardly anything of Zero draft is found in Rev.1" in words(notice)
    assert client.get("/lights/compare/zero-draft/rev-1.json").get_json()["notices"] == said


def test_others_can_write_while_a_refusal_is_drawn(client: FlaskClient, app: Flask) -> None:
    address = previewed(client, text(*LIGHTS))
    fields = form(client.get(address)) | {"name": " ", "do": "issue"}
    written = []

    def write(*_: object, **__: object) -> None:
        with app.extensions["gcmtext_sessions"]() as other:
            begin_write(other, seconds=0)
            other.scalar(select(PendingImport).with_for_update(nowait=True))
            written.append(True)

    with before_render_template.connected_to(write, app):
        answer = client.post(address, data=fields)
    assert (answer.status_code, written) == (422, [True])


def test_where_nothing_is_usual_the_name_is_asked_for_on_the_preview(client: FlaskClient) -> None:
    issued(client, text(*LIGHTS[:2]), name="Final draft")
    page = client.get(previewed(client, text(*LIGHTS)))
    assert wrong(page) == {"name": "Give the name of the revision."}


def test_a_correction_that_no_form_sends_is_refused(client: FlaskClient) -> None:
    address = previewed(client, text(*LIGHTS))
    fields = form(client.get(address))
    for wrong_one in ({"kind-1": "poem"}, {"level-1": "-1"}, {"level-1": "99"}, {"label-1": "x" * 500}):
        assert client.post(address, data={**fields, **wrong_one}).status_code == 422
    assert form(client.get(address)) | {"csrf_token": ""} == fields | {"csrf_token": ""}


def test_a_file_that_is_too_large_is_refused_with_what_was_typed(client: FlaskClient, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    answer = upload(client, b"x" * 20_000, "lights.txt", issued="2027-01-29")
    assert answer.status_code == 413
    assert "64 MB" in wrong(answer)["file"]
    assert tree(answer).xpath("//input[@name='issued']")[0].value == "2027-01-29"
    answer = upload(client, b"x" * 20_000, address=f"{START}.json")
    assert answer.status_code == 413
    assert "64 MB" in answer.get_json()["error"]


def test_a_name_with_a_nul_is_only_a_name(client: FlaskClient) -> None:
    address = previewed(client, text(*LIGHTS), "li\0ghts.md")
    fields = form(client.get(address)) | {"name": "Rev\0.1", "label-1": "1\0"}
    assert client.post(address, data={**fields, "do": "issue"}).location == "/lights/rev-1"
    assert client.get("/lights/import/%00").status_code == 404


def test_what_a_file_says_is_shown_and_not_obeyed(client: FlaskClient) -> None:
    script = "<script>alert(1)</script>"
    page = client.get(previewed(client, f"{script}\n\n1. {script}\n".encode(), f"{script}.txt"))
    assert script not in page.text
    assert script in unescape(page.text)


# For programs.


def test_a_program_previews_and_issues(client: FlaskClient, app: Flask) -> None:
    asked = client.get(f"{START}.json").get_json()
    assert (asked["name"], asked["language"]) == ("Zero draft", "en")
    seen = upload(client, text(*LIGHTS), address=f"{START}.json").get_json()
    assert [p["label"] for p in seen["document"]["paragraphs"]] == ["", "1", "2", "3", "4"]
    assert (seen["name"], seen["follows"], seen["lineage"], seen["errors"]) == ("Zero draft", None, None, {})
    assert (pending(app), revisions(client)) == (0, [])
    edits = '{"2": {"kind": "sub-paragraph", "label": "(a)", "level": 1}}'
    made = upload(client, text(*LIGHTS), address=f"{START}.json", issue="1", edits=edits)
    assert (made.status_code, made.get_json()["address"]) == (201, "/lights/zero-draft")
    assert labels(client, "zero-draft")[2] == ("sub-paragraph", "(a)", 1)
    again = upload(client, text(*LIGHTS), address=f"{START}.json", issue="1", edits=edits).get_json()
    assert again["revision"] == "zero-draft-plus"
    later = upload(client, text(*LIGHTS[:3]), address=f"{START}.json").get_json()
    assert (later["follows"], later["lineage"]["summary"]["deleted"]) == ("zero-draft-plus", 1)


def test_a_preview_is_the_same_for_programs(client: FlaskClient) -> None:
    address = previewed(client, text(*LIGHTS[:1], LIGHTS[2]))
    found = client.get(f"{address}.json").get_json()
    assert found["doubts"] == [{"index": 2, "why": "gap", "before": "1"}]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"edits": "{"}, 422),
        ({"edits": '{"99": {"kind": "text", "label": "", "level": 0}}'}, 422),
        ({"edits": "[1]"}, 422),
        ({"issue": "1", "issued": "tomorrow"}, 422),
    ],
)
def test_a_program_is_told_what_is_wrong(client: FlaskClient, fields: dict[str, str], status: int) -> None:
    answer = client.post(f"{START}.json", data={"file": (BytesIO(text(*LIGHTS)), "lights.md"), **fields})
    assert answer.status_code == status
    assert answer.get_json()["error"]
    assert revisions(client) == []


def test_a_program_starts_a_negotiation(client: FlaskClient) -> None:
    made = client.post("/new.json", data={"title": "On beacons", "name": "", "language": "fr"})
    assert (made.status_code, made.get_json()["name"]) == (201, "on-beacons")
    refused = client.post("/new.json", data={"title": "", "name": "", "language": ""})
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["title"])


def test_a_form_needs_its_token_and_a_program_must_come_from_here(client: FlaskClient, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert upload(client, text(*LIGHTS)).status_code == 400
    assert upload(client, text(*LIGHTS), address=f"{START}.json").status_code == 200
    for origin, status in (("https://elsewhere.example", 403), ("http://localhost", 200)):
        answer = client.post(
            f"{START}.json",
            data={"file": (BytesIO(text(*LIGHTS)), "lights.md")},
            headers={"Origin": origin},
        )
        assert answer.status_code == status


def test_the_drafts_of_the_demonstration_can_be_brought_in(client: FlaskClient) -> None:
    for path in sorted(drafts_dir().glob("[0-9]*.md"))[2:4]:
        assert issued(client, path.read_bytes()).status_code == 303
    assert revisions(client) == ["Rev.1", "Rev.2"]


def test_a_word_file_is_brought_in(client: FlaskClient) -> None:
    data = docx("".join(paragraph(line) for line in (TITLE, *LIGHTS)))
    page = client.get(previewed(client, data, "lights.docx"))
    assert "lights.docx has been read" in words(tree(page))
    assert [form(page)[f"label-{n}"] for n in range(5)] == ["", "1", "2", "3", "4"]


def test_what_has_been_issued_is_said_once(client: FlaskClient) -> None:
    answer = issued(client, text(*LIGHTS), name="Rev.1")
    shown = tree(client.get(answer.headers["Location"]))
    assert [words(p) for p in shown.xpath("//p[@role='status']")] == ["Rev.1 has been issued."]
    assert not tree(client.get(answer.headers["Location"])).xpath("//p[@role='status']")


def test_the_oldest_file_that_waits_makes_way_for_later_ones(client: FlaskClient) -> None:
    addresses = [previewed(client, text(*LIGHTS, f"{n}. One more.")) for n in range(5, MOST + 6)]
    assert [client.get(address).status_code for address in addresses] == [404] + [200] * MOST
