"""Compilations as JSON, and what is read back from it."""

import json

import pytest
from hypothesis import given
from sample_compilation import sample
from text.collated import cases

from gcmtext.errors import InvalidText, NotFound
from gcmtext.text.collate import collate
from gcmtext.text.model import Document
from gcmtext.text.proposals import Submission, own_text
from gcmtext.views.compilation_json import compilation, read_back_json


@given(cases())
def test_each_text_can_be_read_back_from_the_json(case: tuple[Document, list[Submission]]) -> None:
    base, submissions = case
    shown = json.loads(json.dumps(compilation(collate(base, submissions))))
    for submission in submissions:
        own = read_back_json(shown, submission.delegation)
        assert [p["text"] for p in own] == [p.text for p in own_text(base, submission)]
    for p, collated in zip(shown["paragraphs"], base.paragraphs, strict=True):
        assert "".join(u if isinstance(u, str) else u["base"] for u in p["units"]) == collated.text


def test_the_shape() -> None:
    shown = compilation(sample())
    assert shown["delegations"][:3] == ["Egypt", "European Union", "G77 and China"]
    fees = shown["paragraphs"][2]
    assert fees["units"] == [
        {
            "base": "Fees shall be low.",
            "readings": [
                {"text": "", "delegations": ["Egypt"], "kind": "delete"},
                {
                    "text": "Fees shall be low and procedures short.",
                    "delegations": ["Norway"],
                    "kind": "merge",
                    "bases": [2, 3],
                    "at": 2,
                },
                {"text": "Fees shall be fair.", "delegations": ["Mexico"], "kind": "change"},
            ],
        }
    ]
    assert fees["words"] == [
        "Fees shall be ",
        {"base": "low", "readings": [{"text": "fair", "delegations": ["Mexico"]}]},
        ".",
    ]
    assert shown["paragraphs"][1]["inserted"][0] == {
        "text": "They shall receive care.",
        "delegations": ["Norway"],
        "place": "after",
        "label": "",
        "kind": "numbered",
        "level": 0,
        "part_of": 1,
    }


def test_what_is_no_compilation_is_said() -> None:
    with pytest.raises(InvalidText, match="This is no compilation"):
        read_back_json([], "Mexico")
    with pytest.raises(InvalidText, match="is damaged"):
        read_back_json({"delegations": ["Mexico"], "paragraphs": [{}]}, "Mexico")
    with pytest.raises(NotFound, match="There is no “Peru” in the compilation; its delegations are: Egypt, "):
        read_back_json(compilation(sample()), "Peru")
