"""Profiles from files."""

from pathlib import Path

import pytest
import yaml

from gcmtext.errors import InvalidText, NotFound
from gcmtext.formats.profile_files import load_profile, profile_names
from gcmtext.resources import profiles_dir
from gcmtext.text.language import LANGUAGES
from gcmtext.text.profiles import Style


def test_the_profiles_that_come_with_the_program() -> None:
    assert profile_names() == ("ga", "itu", "plain", "who")
    assert load_profile("ga").styles.added == (Style.BOLD,)
    assert load_profile("who").styles.added == (Style.UNDERLINE,)
    assert load_profile("itu").symbols["delete"] == "SUP"


@pytest.mark.parametrize("name", profile_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_its_words_in_the_six_languages(name: str, language: str) -> None:
    words = load_profile(name).words_in(f"{language}-XX")
    assert words.keys() == load_profile(name).words_in("en").keys()
    assert all(words.values())


def test_a_profile_of_ones_own_and_words_of_its_own(tmp_path: Path) -> None:
    own = yaml.safe_load((profiles_dir() / "ga.yaml").read_text(encoding="utf-8"))
    own |= {"name": "Our committee", "words": {"en": {"retain": "keep"}}}
    (tmp_path / "ours.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    profile = load_profile(str(tmp_path / "ours.yaml"))
    assert profile.name == "Our committee"
    assert profile.words_in("en")["retain"] == "keep"
    assert profile.words_in("fr")["retain"] == "maintenir"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "a profile has no “colour”"),
        ({"unit": None}, "“unit” is missing"),
        ({"unit": {"base": "[{deleted}]", "colour": "red"}}, "“unit” has no “colour”"),
        ({"unit": {"base": "[{deleted}]"}}, "“unit” lacks one of"),
        ({"styles": {"added": ["loud"]}}, "the styles are bold, italic, underline, strike, small"),
        (
            {"lead": "{symbol} {colour}"},
            "“lead” holds {colour}, which is neither a field nor one of its words",
        ),
    ],
)
def test_what_is_wrong_with_a_profile_is_said(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    own = yaml.safe_load((profiles_dir() / "ga.yaml").read_text(encoding="utf-8"))
    (tmp_path / "ours.yaml").write_text(yaml.safe_dump(own | change), encoding="utf-8")
    with pytest.raises(InvalidText, match=r"^ours\.yaml: ") as raised:
        load_profile(str(tmp_path / "ours.yaml"))
    assert message in str(raised.value)


def test_what_is_no_profile_at_all_is_said(tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("- one\n", encoding="utf-8")
    with pytest.raises(InvalidText, match=r"list\.yaml is no profile"):
        load_profile(str(tmp_path / "list.yaml"))
    with pytest.raises(NotFound, match="There is no profile “ga2”"):
        load_profile("ga2")
