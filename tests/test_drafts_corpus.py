"""The corpus of the demonstration: marked as what it is, and quoted by the drafts."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import yaml
from flask import Flask
from sqlalchemy.orm import Session

from gcmtext.formats import read_file
from gcmtext.resources import drafts_dir
from gcmtext.services import corpus, reading
from gcmtext.services.actor import operator
from gcmtext.services.demonstration import SLUG, load_demonstration
from gcmtext.services.precedents import precedents
from gcmtext.text.agreed import Precedents, share
from gcmtext.text.deviation_terms import Family
from gcmtext.text.model import Document
from gcmtext.text.segment import segment

FILES = sorted((drafts_dir() / "corpus").glob("*.md"))
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}
NOW = datetime(2027, 2, 1, tzinfo=UTC)


@cache
def document(name: str) -> Document:
    return segment(read_file(drafts_dir() / name))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_is_marked_as_illustrative_and_cannot_be_mistaken(path: Path) -> None:
    front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert list(front) == ["title", "date", "symbol", "language", "note"]
    assert "gcmtext" in front["note"]
    assert front["symbol"].startswith("DEMO/")
    assert front["date"] < "2027"
    read = document(f"corpus/{path.name}")
    assert (read.title, read.language, read.symbol) == (front["title"], front["language"], front["symbol"])
    assert len(read.paragraphs) >= 5


def test_one_document_is_there_in_six_languages_paragraph_by_paragraph() -> None:
    versions = [document(f"corpus/{path.name}") for path in FILES if path.name.startswith("2020-crew-change")]
    assert {version.language for version in versions} == LANGUAGES
    assert len({tuple((p.kind, p.label) for p in version.paragraphs) for version in versions}) == 1


def found_in(session: Session, name: str) -> list[Precedents]:
    texts = [paragraph.text for paragraph in document(name).paragraphs]
    return list(precedents(session, operator("test"), texts))


def test_the_drafts_quote_it_and_deviate_from_it(demo: Flask) -> None:
    with demo.extensions["gcmtext_sessions"]() as session:
        assert len(corpus.documents(session)) == len(FILES) == 16
        final = found_in(session, "6-final-draft.md")
    figures = share(final)
    assert 0.2 < figures.coverage < 0.6
    assert min(figures.whole, figures.partly, figures.none) >= 5
    named = [deviation for one in final for near in one.near for deviation in near.deviations]
    assert {deviation.family for deviation in named} >= {
        Family.SCOPE,
        Family.OBLIGATION,
        Family.QUALIFICATION,
    }
    first = {run.place.symbol for one in final for run in one.runs}
    assert first == {f"DEMO/{year}" for year in ("2009/1", "2011/2", "2013/1", "2014/3", "2016/1")} | {
        f"DEMO/{year}" for year in ("2018/2", "2019/4", "2020/1", "2022/5", "2024/2", "2025/1")
    }
    assert any(run.documents > 1 for one in final for run in one.runs)


def test_the_corpus_is_loaded_once(own_demo: Flask) -> None:
    with own_demo.extensions["gcmtext_sessions"]() as session:
        corpus.withdraw(session, operator("test"), corpus.named(session, "DEMO/2009/1"), NOW)
        load_demonstration(session, operator("tests"), drafts_dir(), NOW)
        assert len(corpus.documents(session)) == len(FILES) - 1
        assert reading.negotiation(session, operator("tests"), SLUG).slug == SLUG
