"""The pages of agreed language, over the demonstration and its corpus."""

from io import BytesIO

import pytest
from docx import Document as WordDocument
from flask import Flask

from web.pages import page, queries, words

AGREED = "/seafarers/final-draft/agreed"
QUOTED = "No seafarer shall be required to serve on board for more than eleven months without leave"


def test_a_revision_is_shown_with_its_sources(demo: Flask) -> None:
    shown = page(demo.test_client(), AGREED)
    assert words(shown.xpath("//h1")[0]) == "Agreed language in Final draft"
    (noting,) = shown.xpath("//div[@class='line all-agreed' and .//p[starts-with(., 'Noting that women')]]")
    assert "100 %1 DEMO/2018/2, PP1 (8 March 2018) · in 2 documents, latest DEMO/2025/1" in words(noting)
    (sources,) = shown.xpath("//ul[@class='sources']")
    assert len(sources) == 11


def test_the_map_has_a_bar_for_each_paragraph_that_leads_to_it(demo: Flask) -> None:
    shown = page(demo.test_client(), AGREED)
    bars = shown.xpath("//ol[@class='cells']//a")
    places = set(shown.xpath("//div[starts-with(@class, 'line')]/@id"))
    assert {bar.get("href").removeprefix("#") for bar in bars} <= places
    assert len(bars) == len(places) - len(shown.xpath("//div[contains(@class, 'headed')]")) - 1
    assert any(words(bar).endswith(": 100 %") for bar in bars)


def test_a_paragraph_shows_what_is_near_with_its_deviations(demo: Flask) -> None:
    shown = page(demo.test_client(), "/seafarers/final-draft/para/34/agreed")
    near = words(shown.xpath("//ol[@class='nearest']/li")[0])
    assert near.startswith("DEMO/2025/1, 5 (30 September 2025)")
    assert "“as appropriate” dropped (qualification)" in near
    assert "“all” dropped (scope)" in near
    assert demo.test_client().get("/seafarers/final-draft/para/p1/agreed").status_code == 301
    page(demo.test_client(), "/seafarers/final-draft/para/none-such/agreed", 404)


def test_programs_are_told_what_the_command_prints(demo: Flask) -> None:
    told = demo.test_client().get(f"{AGREED}.json").json
    assert set(told["paragraphs"][0]) == {"index", "text", "coverage", "runs", "near"}
    asked = demo.test_client().get("/precedents.json", query_string={"text": QUOTED}).json
    assert asked["paragraphs"][0]["runs"] == [
        {"start": 0, "end": len(QUOTED), "document": "demo-2020-1-en", "paragraph": "4"}
    ]


def test_any_text_can_be_asked_for(demo: Flask) -> None:
    shown = page(demo.test_client(), f"/precedents?text={QUOTED}.%0A%0AOther words.")
    assert words(shown.xpath("//textarea")[0]).startswith(QUOTED)
    first, second = shown.xpath("//div[starts-with(@class, 'line')]")
    assert "DEMO/2020/1, 4" in words(first)
    assert "not agreed language" in words(second)
    page(demo.test_client(), "/precedents")


@pytest.mark.parametrize("start", ["\0", "%PDF-1.7 ", "---\n", "\ufeff"])
def test_whatever_is_typed_is_a_text(demo: Flask, start: str) -> None:
    asked = {"text": f"{start}Every crew {start}is paid."}
    told = demo.test_client().get("/precedents.json", query_string=asked)
    assert told.status_code == 200
    assert "is paid." in told.json["paragraphs"][-1]["text"]
    assert demo.test_client().post("/precedents/fragment", data=asked).status_code == 200


def test_signs_alone_are_no_text(demo: Flask) -> None:
    assert demo.test_client().get("/precedents.json", query_string={"text": "(…)"}).json == {"paragraphs": []}


def test_too_long_a_text_is_refused_and_kept(demo: Flask) -> None:
    answer = demo.test_client().post("/precedents", data={"text": "keep " * 12_000})
    assert answer.status_code == 422
    assert "longer than 50,000 characters" in answer.text
    assert "keep keep" in answer.text


def test_a_part_of_a_page_for_those_who_type(demo: Flask) -> None:
    part = demo.test_client().post("/precedents/fragment", data={"text": f"{QUOTED}\n\nSomething else."})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert part.text.count('class="line') == 2
    assert demo.test_client().get("/precedents/fragment").status_code == 200


def test_a_report_in_word_has_the_sources_in_comments(demo: Flask) -> None:
    data = demo.test_client().get(f"{AGREED}.docx").data
    report = WordDocument(BytesIO(data))
    said = [comment.text for comment in report.comments]
    assert any(text.startswith("DEMO/2009/1, 2 (2009-06-12)") for text in said)
    assert any(text.startswith("Near DEMO/2025/1, 5") and "“all” dropped" in text for text in said)
    assert "We recognize the particular situation" in "\n".join(p.text for p in report.paragraphs)


@pytest.mark.parametrize("address", [AGREED, "/seafarers/final-draft/para/34/agreed"])
def test_queries_do_not_depend_on_the_length_of_the_text(demo: Flask, address: str) -> None:
    assert queries(demo, address) <= 16
