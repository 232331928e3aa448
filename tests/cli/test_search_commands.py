"""Adding to the corpus, searching and the index, as a person types them; on either database."""

import json
import os
from pathlib import Path

from .conftest import Run

LIGHTS = {
    "id": "A/RES/61/7",
    "lang": "en",
    "title": "Lights",
    "date": "2006-11-02",
    "paras": [
        {"n": "", "k": "p", "t": "Recalling that every light is a promise,"},
        {"n": "1.", "k": "p", "t": "Requests States to keep all lights on their coasts;"},
        {"n": "2.", "k": "p", "t": "Decides to consider lighthouses again in 2008."},
    ],
    "footnotes": ["A light is any lamp that ships can see."],
}
FEUX = {
    **LIGHTS,
    "lang": "fr",
    "paras": [{"n": "1.", "k": "p", "t": "Prie les États d’entretenir les feux ;"}],
}


def written(folder: Path, *documents: dict[str, object]) -> Path:
    path = folder / "lights.jsonl"
    path.write_text("\n".join(map(json.dumps, documents)) + "\n", encoding="utf-8")
    return path


def test_what_is_added_is_found_updated_and_withdrawn(tracker: Run, tmp_path: Path) -> None:
    file = written(tmp_path, LIGHTS, FEUX)
    assert tracker("corpus", "add", file).stdout.startswith("2 new, 0 changed, 0 there already.")
    assert tracker("corpus", "add", file).stdout.startswith("0 new, 0 changed, 2 there already.")
    found = json.loads(tracker("search", "“keep all” light", "--json").stdout)
    assert found["total"] == 1
    [hit] = found["hits"]
    assert hit.pop("score") > 0
    text = "Requests States to keep all lights on their coasts;"
    assert hit == {
        "document": "a-res-61-7-en",
        "symbol": "A/RES/61/7",
        "paragraph": "1",
        "language": "en",
        "text": text,
        "highlights": [
            [text.index("keep"), text.index(" lights")],
            [text.index("lights"), text.index(" on")],
        ],
    }
    changed = {**LIGHTS, "paras": [{"n": "1.", "k": "p", "t": "Requests States to paint all towers;"}]}
    assert "0 new, 1 changed, 0" in tracker("corpus", "add", written(tmp_path, changed)).stdout
    assert json.loads(tracker("search", "towers", "--json").stdout)["total"] == 1
    assert json.loads(tracker("search", "coasts", "--json").stdout)["total"] == 0
    tracker("corpus", "withdraw", "A/RES/61/7")
    assert json.loads(tracker("search", "towers", "--json").stdout) == {"total": 0, "hits": []}
    assert [d["language"] for d in json.loads(tracker("corpus", "list", "--json").stdout)["documents"]] == [
        "fr"
    ]


def test_words_that_nobody_uses_are_answered_with_those_that_are(tracker: Run, tmp_path: Path) -> None:
    tracker("corpus", "add", written(tmp_path, LIGHTS))
    assert "Did you mean: lighthouses again" in tracker("search", "lighthuoses again").stdout
    assert "1 paragraph in 1 document." in tracker("search", "lighthuoses~").stdout
    assert "Did you mean: lights light\n" in tracker("search", "lights ligh").stdout


def test_footnotes_are_found_only_where_they_are_asked_for(tracker: Run, tmp_path: Path) -> None:
    tracker("corpus", "add", written(tmp_path, LIGHTS))
    assert json.loads(tracker("search", "lamp", "--json").stdout)["total"] == 0
    assert json.loads(tracker("search", "lamp kind:footnote", "--json").stdout)["total"] == 1


def test_a_file_that_cannot_be_added_does_not_keep_the_others_out(tracker: Run, tmp_path: Path) -> None:
    file = written(tmp_path, LIGHTS, {"id": "A/RES/61/8"}, {**LIGHTS, "id": "A/RES/61/9", "date": "soon"})
    done = tracker("corpus", "add", file, code=2)
    assert done.stdout.startswith("1 new")
    assert "Not added: lights.jsonl, line 2 holds no document" in done.stderr
    assert "lights.jsonl, line 3: soon is no date" in done.stderr


def test_a_file_that_is_not_there_does_not_keep_the_others_out(tracker: Run, tmp_path: Path) -> None:
    done = tracker("corpus", "add", written(tmp_path, LIGHTS), tmp_path / "missing.md", code=2)
    assert done.stdout.startswith("1 new")
    assert "Not added: There is no file" in done.stderr
    assert "2006-11-02  A/RES/61/7          en     Lights" in tracker("corpus", "list").stdout


def test_what_is_no_text_is_typed_like_any_other(tracker: Run, tmp_path: Path) -> None:
    tracker("corpus", "add", written(tmp_path, LIGHTS))
    no_text = os.fsdecode(b"\xff")
    assert "1 paragraph" in tracker("search", f"lighthouses OR {no_text}*").stdout
    page = tmp_path / "towers.md"
    page.write_text("# On towers\n\n1. States shall keep every tower.\n", encoding="utf-8")
    done = tracker("corpus", "add", page, "--symbol", f"A/RES/61/8{no_text}", "--language", "en")
    assert done.stdout.startswith("1 new")


def test_each_hit_is_given_with_the_address_of_its_page(tracker: Run, tmp_path: Path) -> None:
    tracker("corpus", "add", written(tmp_path, LIGHTS))
    shown = tracker("search", "lighthouses").stdout
    assert "A/RES/61/7, paragraph 2, 2006-11-02  /corpus/a-res-61-7-en#2\n" in shown


def test_a_word_file_or_page_is_added_with_what_is_said_of_it(tracker: Run, tmp_path: Path) -> None:
    page = tmp_path / "lights.md"
    page.write_text("# On lights\n\n1. States shall keep every light.\n", encoding="utf-8")
    tracker("corpus", "add", page, "--symbol", "A/RES/61/7", "--language", "en", "--date", "2006-11-02")
    [document] = json.loads(tracker("corpus", "list", "--json").stdout)["documents"]
    assert (document["body"], document["session"], document["title"]) == (
        "General Assembly",
        "61",
        "On lights",
    )


def test_the_index_is_checked_and_made_anew(tracker: Run, tmp_path: Path) -> None:
    tracker("corpus", "add", written(tmp_path, LIGHTS, FEUX))
    assert "holds all that is stored" in tracker("index", "verify").stdout
    assert tracker("index", "rebuild").stdout.startswith("6 paragraphs are in the search index.\n")


def test_what_was_not_taken_as_typed_is_said_and_hits_are_still_found(tracker: Run, tmp_path: Path) -> None:
    tracker("corpus", "add", written(tmp_path, LIGHTS))
    done = tracker("search", '"keep all')
    assert "A quotation mark was not closed" in done.stderr
    assert "1 paragraph in" in done.stdout
