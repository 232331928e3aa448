"""Where in a text the words stand for which it was found."""

import time

import pytest

from gcmtext.search.highlights import highlights
from gcmtext.search.question import Has, Near, Node, Phrase, Words
from gcmtext.text.analysis import inflections
from gcmtext.text.joined import All, Any, Not

TEXT = "States shall keep the lights of their coasts; each light, and all lights, of A/RES/61/7."


def word(form: str) -> Words:
    return Words((form,))


def phrase(*forms: str) -> Phrase:
    return Phrase(tuple(enumerate(map(word, forms))), len(forms))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (word("lights"), ["lights", "lights"]),
        (Words(inflections("light")), ["lights", "light", "lights"]),
        (phrase("the", "lights", "of"), ["the lights of"]),
        (phrase("lights", "the"), []),
        (All((word("keep"), word("coasts"))), ["keep", "coasts"]),
        (Any((word("keep"), word("towers"))), ["keep"]),
        (All((word("keep"), Not(word("coasts")))), ["keep"]),
        (Has("kind", ("numbered",)), []),
        (Near(word("their"), word("lights"), 2), ["lights", "their"]),
        (Near(word("keep"), word("coasts"), 3), []),
        (word("a/res/61/7"), ["A/RES/61/7"]),
        (All((phrase("keep", "the"), phrase("the", "lights"))), ["keep the lights"]),
        (Words(()), []),
    ],
)
def test_what_was_looked_for_is_marked(node: Node, expected: list[str]) -> None:
    assert [TEXT[start:end] for start, end in highlights(TEXT, "en", node)] == expected


@pytest.mark.parametrize(
    ("language", "text", "form", "expected"),
    [
        ("fr", "L’entretien des feux", "entretien", ["entretien"]),
        ("zh", "各国应保持每一盏灯", "灯", ["灯"]),
        ("ru", "Государства содержат огни", "огни", ["огни"]),
        ("ar", "تُبلغ عن كل ضوء", "ضوء", ["ضوء"]),
    ],
)
def test_words_of_each_language_are_marked(language: str, text: str, form: str, expected: list[str]) -> None:
    found = highlights(text, language, Words(inflections(form)))
    assert [text[start:end] for start, end in found] == expected


def test_what_is_near_itself_very_often_is_marked_in_no_time() -> None:
    text = " ".join(["light"] * 4_000)
    began = time.process_time()
    assert highlights(text, "en", Near(word("light"), word("light"), 30))[-1][1] == len(text)
    assert time.process_time() - began < 0.5


def test_a_text_without_words_has_none_to_mark() -> None:
    assert highlights("", "en", word("light")) == ()
    assert highlights("…", "en", phrase("light", "house")) == ()
