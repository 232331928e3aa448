"""Which of the six languages a text is in."""

import pytest

from gcmtext.text.language import detect_language, direction
from gcmtext.text.model import Block, Source
from gcmtext.text.segment import segment

TEXTS = {
    "ar": "تقرر الجمعية العامة عقد مؤتمر دولي بشأن سلامة الملاحة في البحر",
    "en": "We commit to keep the lights of the coasts and to report on them to the Assembly.",
    "es": "Nos comprometemos a mantener los faros de las costas y a informar sobre ellos a la Asamblea.",
    "fr": "Nous nous engageons à garder les phares des côtes et à en rendre compte dans les délais.",
    "ru": "Мы обязуемся содержать маяки на побережье и докладывать о них Ассамблее.",
    "zh": "我们承诺维护沿海灯塔，并向大会报告。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_each_of_the_six_languages_is_told(language: str) -> None:
    assert detect_language([TEXTS[language]]) == language


def test_words_that_two_languages_share_tell_neither() -> None:
    assert detect_language(["Nous affirmons que chaque phare éclaire en tout temps"]) != "es"


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("stated", ["en-US", "fr"])
def test_the_words_are_believed_rather_than_the_template(language: str, stated: str) -> None:
    document = segment(Source((Block(TEXTS[language]),) * 3, language=stated))
    assert document.language.partition("-")[0] == language
    codes = [notice.code for notice in document.notices]
    assert codes == ([] if stated.startswith(language) else ["language"])


def test_what_is_stated_holds_where_the_words_do_not_tell_another() -> None:
    def language(text: str, stated: str) -> str:
        return segment(Source((Block(text),), language=stated)).language

    assert language("1. Vision", "fr") == "fr"
    assert language(TEXTS["es"] * 3, "pt") == "pt"  # not one of the six, so nothing is known of its words
    assert language(TEXTS["en"], "en_GB") == "en-GB"
    assert language(TEXTS["en"], 'en"/>') == "en"


def test_the_direction_of_a_text() -> None:
    assert [direction(language) for language in ("ar-EG", "fr", "")] == ["rtl", "ltr", "auto"]
