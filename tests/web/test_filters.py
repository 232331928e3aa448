"""Amendments chosen by delegation, group, kind, section and state: on the list, and in the compilation."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring
from playwright.sync_api import Browser, expect

from gcmtext.db import AmendmentState
from gcmtext.errors import NotFound
from gcmtext.text.proposals import INSERTS, ProposalKind
from gcmtext.web.filters import KINDS, NONE, STATES, Filter

from .pages import page, queries, words
from .signing_in import as_person

LIST = "/seafarers/amendments?revision=rev-1"
COMPILATION = "/seafarers/rev-1/compilation?"

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def reader(demo: Flask) -> FlaskClient:
    return demo.test_client()


@pytest.fixture
def signed_in(own_demo: Flask) -> SignedIn:
    return lambda name: as_person(own_demo.test_client(), name)


def titles(tree: HtmlElement) -> list[str]:
    return [words(h) for h in tree.xpath("//article//h3")]


def shown(tree: HtmlElement) -> set[str]:
    """Return the names of the open paragraphs that a compilation shows."""
    return {row.get("id") for row in tree.xpath("//div[contains(@class, 'comp')][@data-open]")}


def offered(tree: HtmlElement, name: str) -> list[str]:
    return [words(option) for option in tree.xpath(f"//select[@name='{name}']/option")]


def in_json(client: FlaskClient, said: str, revision: str = "rev-1") -> dict[str, object]:
    answer = client.get(f"/seafarers/amendments.json?revision={revision}{said}")
    assert answer.status_code == 200
    return dict(answer.get_json())


@given(
    st.builds(
        Filter,
        st.text(),
        st.text(),
        st.sampled_from(["", *KINDS]),
        st.integers(-1, 10**9 - 1),
        st.sampled_from(STATES),
    )
)
def test_an_address_says_what_was_chosen(chosen: Filter) -> None:
    assert Filter.of(chosen.said, with_state=True) == chosen
    assert Filter.of(chosen.said).state is AmendmentState.SUBMITTED
    for name in chosen.said:
        assert name not in chosen.without(name).said


def test_each_kind_can_be_chosen_once_and_former_addresses_still_work() -> None:
    assert sorted(kind for kinds in KINDS.values() for kind in kinds) == sorted(ProposalKind)
    assert [Filter.of({"kind": kind.value}).kind for kind in INSERTS] == ["new", "new"]
    assert NONE.said == {}


def test_what_does_not_exist_is_refused_with_what_does(reader: FlaskClient) -> None:
    with pytest.raises(NotFound, match="choose one of change, delete, new"):
        Filter.of({"kind": "applaud"})
    for address in (LIST, COMPILATION):
        assert "There is no kind of amendment “applaud”" in words(
            page(reader, f"{address}&kind=applaud", 404)
        )
        page(reader, f"{address}&section=3", 404)
        assert page(reader, f"{address}&group=Landlocked+States").find_class("empty")
    page(reader, f"{LIST}&state=draft", 404)
    page(reader, f"{COMPILATION}&state=withdrawn")


def test_a_group_is_chosen_with_its_members(reader: FlaskClient) -> None:
    tree = page(reader, f"{LIST}&group=CARICOM")
    assert offered(tree, "group") == [
        "Any group",
        "African Group",
        "CARICOM",
        "European Union",
        "Group of 77 and China",
    ]
    assert titles(tree)
    assert all(re.match(r"\d+ (CARICOM|Barbados|Jamaica)", line) for line in titles(tree))
    many = in_json(reader, "&group=Group+of+77+and+China")["amendments"]
    assert isinstance(many, list)
    by = {amendment["delegation"] for amendment in many}
    assert {"Group of 77 and China", "India", "Panama"} <= by
    assert not {"Norway", "African Group", "European Union"} & by


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_on_the_list_in_json_and_in_the_compilation(reader: FlaskClient, kind: str) -> None:
    said = f"&kind={kind}"
    found = in_json(reader, said)
    amendments = found["amendments"]
    assert isinstance(amendments, list)
    assert found["chosen"] == {"kind": kind}
    assert {a["proposal"]["kind"] for a in amendments} <= set(KINDS[kind])
    tree = page(reader, LIST + said)
    assert len(titles(tree)) == len(amendments)
    assert f"{len(amendments)} of {found['total']} amendments" in words(tree.find_class("chosen")[0])
    here, everywhere = page(reader, COMPILATION + said), page(reader, COMPILATION)
    assert shown(here) < shown(everywhere)
    assert bool(shown(here)) == bool(amendments)
    assert bool(here.find_class("matrix")) == bool(amendments)
    contents = here.xpath("//ul[@class='opens']//a/@href")
    assert {link.partition("#")[2] for link in contents} <= shown(here)


def test_new_paragraphs_of_others_in_the_same_place_are_not_shown(reader: FlaskClient) -> None:
    tree = page(reader, f"{COMPILATION}&group=CARICOM&kind=new")
    new = [words(row) for row in tree.xpath("//div[contains(@class, 'comp new')]")]
    found = in_json(reader, "&group=CARICOM&kind=new")["amendments"]
    assert isinstance(found, list)
    assert len(new) == len(found) == 2
    assert all("(CARICOM)" in row for row in new)


def test_what_is_chosen_together_is_chosen_by_each(reader: FlaskClient) -> None:
    tree = page(reader, LIST)
    section = tree.xpath("//select[@name='section']/option[normalize-space()='Vision']/@value")[0]
    parts = ("&group=Group+of+77+and+China", "&kind=change", f"&section={section}")
    apart = [{a["number"] for a in in_json(reader, part)["amendments"]} for part in parts]  # type: ignore[attr-defined]
    together = in_json(reader, "".join(parts))
    assert {a["number"] for a in together["amendments"]} == set.intersection(*apart)  # type: ignore[attr-defined]
    for address in (LIST, COMPILATION):
        chosen = page(reader, address + "".join(parts)).find_class("chosen")[0]
        assert len(chosen.find_class("drop")) == 3
        for link in chosen.find_class("drop"):
            assert len(page(reader, link.get("href")).find_class("drop")) == 2


def test_what_is_chosen_leads_from_page_to_page(reader: FlaskClient) -> None:
    tree = page(reader, f"{COMPILATION}&delegation=Norway&kind=delete&shown=contested")
    (to_list,) = tree.xpath("//a[normalize-space()='List of amendments']/@href")
    listed = page(reader, to_list)
    assert all("Norway" in line and "Delete" in line for line in titles(listed))
    (back,) = listed.xpath("//a[normalize-space()='See them compiled']/@href")
    assert "kind=delete" in back
    for link in tree.xpath("//div[@aria-label='Paragraphs shown']/a/@href"):
        assert "delegation=Norway" in link
        assert "kind=delete" in link
    (json,) = listed.xpath("//link[@rel='alternate']/@href")
    assert reader.get(json).get_json()["chosen"] == {"delegation": "Norway", "kind": "delete"}
    # Files and JSON of the compilation hold all of it, and the page says so.
    assert "The whole compilation" in words(tree)
    assert "kind=" not in tree.xpath("//link[@rel='alternate']/@href")[0]


def test_what_was_withdrawn_is_listed_and_nowhere_else(reader: FlaskClient) -> None:
    found = in_json(reader, "&state=withdrawn", "final-draft")
    assert found["total"] == 1
    assert found["chosen"] == {"state": "withdrawn"}
    final = "/seafarers/amendments?revision=final-draft"
    tree = page(reader, f"{final}&state=withdrawn")
    assert "1 of 1 withdrawn" in words(tree)
    (line,) = titles(tree)
    assert "Panama" in line
    assert not any(title.split()[0] == line.split()[0] for title in titles(page(reader, final)))
    compiled = "/seafarers/final-draft/compilation"
    assert shown(page(reader, f"{compiled}?state=withdrawn")) == shown(page(reader, compiled))


def test_a_draft_that_was_discarded_is_never_listed(signed_in: SignedIn) -> None:
    delegate = signed_in("delegate")
    final = "/seafarers/amendments"
    draft = page(delegate, final).xpath("//h3[@id='page.drafts']/following-sibling::ul[1]//a/@href")[0]
    assert delegate.post(draft, data={"do": "discard"}).status_code == 303
    for name in ("delegate", "head", "co-facilitator", "head.norway"):
        (line,) = titles(page(signed_in(name), f"{final}?state=withdrawn"))
        assert "Panama" in line


def test_who_has_drafts_alone_is_like_who_has_nothing(demo: Flask, signed_in: SignedIn) -> None:
    """Mexico has drafts on the final draft; Kenya has nothing there, and Atlantis does not exist."""
    norway = signed_in("head.norway")
    for reader in (demo.test_client(), norway):
        for address in (
            "/seafarers/amendments?revision=final-draft&delegation={}",
            "/seafarers/amendments.json?revision=final-draft&delegation={}",
            "/seafarers/amendments?revision=final-draft&state=withdrawn&delegation={}",
            "/seafarers/final-draft/compilation?delegation={}",
            "/seafarers/final-draft/compilation?delegation={}&shown=all",
        ):
            seen = {
                without_forms(reader.get(address.format(name)).text).replace(name, "N")
                for name in ("Mexico", "Kenya", "Atlantis")
            }
            assert len(seen) == 1, address
        for address in ("/seafarers/final-draft/compilation", "/seafarers/amendments?revision=final-draft"):
            assert "Mexico" not in offered(page(reader, address), "delegation")


def without_forms(said: str) -> str:
    """Return what a page says without what differs from answer to answer."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", said)


def propose(client: FlaskClient, paragraph: str, kind: str = "delete") -> None:
    address = f"/seafarers/rev-3/para/{paragraph}/propose"
    by = document_fromstring(client.get(address).text).xpath("//input[@name='delegation']/@value")[0]
    data = {"kind": kind, "do": "submit", "delegation": by, "text": "Lamps shall burn at night."}
    assert client.post(address, data=data).status_code == 303


def test_queries_of_a_head_do_not_grow_with_amendments(own_demo: Flask, signed_in: SignedIn) -> None:
    chair = signed_in("co-facilitator")
    called = chair.post("/seafarers/rev-3/call", data={"shown": "delegations"})
    assert called.status_code == 303
    head, norway, india = (signed_in(name) for name in ("head", "head.norway", "head.india"))
    propose(head, "8")
    propose(norway, "8", "change")
    addresses = (
        "/seafarers/rev-3/compilation",
        "/seafarers/rev-3/compilation?group=CARICOM&kind=change&delegation=Mexico",
        "/seafarers/rev-3/para/8/amendments",
        "/seafarers/amendments?revision=rev-3",
        "/seafarers/amendments?revision=rev-3&group=CARICOM&kind=new&delegation=Mexico",
        "/seafarers/amendments?revision=rev-3&state=withdrawn",
    )
    few = [queries(own_demo, address, head) for address in addresses]
    propose(india, "8", "alternative")
    for client in (head, norway, india):
        propose(client, "8", "insert-after")
        for paragraph in ("6", "7", "9", "10", "11"):
            propose(client, paragraph, "insert-after")
    assert len(titles(page(head, "/seafarers/amendments?revision=rev-3"))) == 21
    assert [queries(own_demo, address, head) for address in addresses] == few
    assert max(few) <= 28


@pytest.mark.browser
@pytest.mark.parametrize("address", [LIST, COMPILATION])
def test_the_controls_take_two_rows_at_most_and_are_folded_on_a_telephone(
    browser: Browser, server: str, address: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(server + address)
    tools = page.locator(".tools")
    group = page.get_by_label("Group and its members")
    expect(group).to_be_visible()
    assert tools.bounding_box()["height"] <= 100  # type: ignore[index]
    group.select_option("CARICOM")
    page.get_by_label("Kind").select_option("New paragraph")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".chosen .drop")).to_have_count(2)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(group).to_be_hidden()
    assert tools.bounding_box()["height"] <= 120  # type: ignore[index]
    page.get_by_text("Filter: 2 chosen").click()
    expect(group).to_be_visible()
    expect(group).to_have_value("CARICOM")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
