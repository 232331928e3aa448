"""How a body marks what is proposed: additions, deletions, attributions, new paragraphs.

A profile is data: a file in gcmtext/profiles/, or one of your own, in the form that docs/profiles.md
describes. Here is what such a file is checked against, and the value that rendering works with.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, cast

from gcmtext.errors import InvalidText


class Style(StrEnum):
    """How words can look; none of it needs colour."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Styles:
    """How words look that are added, to be deleted, or that say who proposes."""

    added: tuple[Style, ...] = ()
    deleted: tuple[Style, ...] = ()
    attribution: tuple[Style, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitForms:
    """How a place is written of which there are several readings.

    base: the words of the base. reading: what some put instead, or add. said: what follows the words of the
    base, joined by `between`: who would delete and who retain them. joiner: what stands between the readings.
    opening and closing stand around all of them.
    """

    base: str
    reading: str
    said: str
    delete: str
    retain: str
    between: str = "; "
    joiner: str = " "
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphForms:
    """How readings of a whole paragraph are written.

    open: a paragraph that some would delete, move away, merge into another one or reserve; what they say
    follows in the forms delete, move, merged and reserve. retain: behind a paragraph that some would retain.
    new, alternative, moved, split, merge: a paragraph that is added. remark: what a delegation says of it.
    """

    open: str
    retain: str
    delete: str
    move: str
    merged: str
    reserve: str
    new: str
    alternative: str
    moved: str
    split: str
    merge: str
    remark: str
    between: str = "; "


@dataclass(frozen=True, slots=True)
class LabelForms:
    """How paragraphs are called that have no number yet.

    new: after a paragraph with a label; ordinals: what the first, the second, … of them gets. alternative,
    alternatives: what stands in place of a paragraph, if it is the only one, if there are several.
    first: before the first paragraph of its kind. preambular: what a preambular paragraph without a label is
    called. other: what is new where nothing has a label.
    """

    new: str
    ordinals: tuple[str, ...]
    alternative: str
    alternatives: str
    first: str
    preambular: str
    other: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The ways of one body.

    symbols: what stands before a paragraph for the kind of proposal made on it ("change": "MOD"), in the form
    `lead`; none as a rule. words: the words that forms use, by language; that of the text is taken, else
    English.
    """

    name: str
    about: str
    styles: Styles
    unit: UnitForms
    paragraph: ParagraphForms
    labels: LabelForms
    words: Mapping[str, Mapping[str, str]]
    symbols: Mapping[str, str]
    lead: str = ""

    def words_in(self, language: str) -> Mapping[str, str]:
        """Return the words that its forms use in a language."""
        english = self.words.get("en", {})
        return {**english, **self.words.get(language.partition("-")[0].lower(), {})}


FIELDS = frozenset(
    {
        "words",
        "deleted",
        "added",
        "names",
        "said",
        "place",
        "number",
        "total",
        "label",
        "ordinal",
        "symbol",
        "remark",
    }
)
"""What stands in braces in a form; any of the profile's own words may stand there too."""

_FIELD = re.compile(r"\{([^{}]*)\}")


def read_profile(data: object, name: str) -> Profile:
    """Return the profile that a YAML file holds, once parsed; `name` is what the file is called.

    Raises InvalidText where something is missing, unknown or of the wrong kind.
    """
    if not isinstance(data, dict):
        raise InvalidText(f"{name} is no profile: see docs/profiles.md for what it must hold.")
    known = {field.name for field in fields(Profile)}
    given = cast(dict[str, Any], data)
    for key in given:
        if key not in known:
            raise InvalidText(f"{name}: a profile has no “{key}”; it has {', '.join(sorted(known))}.")
    words = given.get("words", {})
    symbols = given.get("symbols", {})
    profile = Profile(
        name=str(given.get("name", name)),
        about=" ".join(str(given.get("about", "")).split()),
        styles=_read_styles(given.get("styles", {}), name),
        unit=_read(UnitForms, given, "unit", name),
        paragraph=_read(ParagraphForms, given, "paragraph", name),
        labels=_read(LabelForms, given, "labels", name),
        words={str(language): {str(k): str(v) for k, v in said.items()} for language, said in words.items()},
        symbols={str(kind): str(symbol) for kind, symbol in symbols.items()},
        lead=str(given.get("lead", "")),
    )
    _check_fields(profile, name)
    return profile


def parts_of(form: str) -> list[tuple[str, str]]:
    """Return a form in pieces: (words between braces, "") and ("", field), in order."""
    pieces: list[tuple[str, str]] = []
    for number, piece in enumerate(_FIELD.split(form)):
        if piece:
            pieces.append(("", piece) if number % 2 else (piece, ""))
    return pieces


def _read(made: type[Any], given: Mapping[str, Any], key: str, name: str) -> Any:
    found = given.get(key)
    if not isinstance(found, dict):
        raise InvalidText(f"{name}: “{key}” is missing; see docs/profiles.md for what it must hold.")
    known = {field.name for field in fields(made)}
    if unknown := sorted(set(found) - known):
        raise InvalidText(f"{name}: “{key}” has no “{unknown[0]}”; it has {', '.join(sorted(known))}.")
    values = {k: tuple(map(str, v)) if isinstance(v, list) else str(v) for k, v in found.items()}
    try:
        return made(**values)
    except TypeError:
        missing = sorted(known - set(found))
        raise InvalidText(f"{name}: “{key}” lacks one of {', '.join(missing)}.") from None


def _read_styles(found: object, name: str) -> Styles:
    if not isinstance(found, dict):
        raise InvalidText(f"{name}: “styles” names lists of styles for added, deleted and attribution.")
    try:
        return Styles(**{key: tuple(map(Style, styles)) for key, styles in found.items()})
    except (TypeError, ValueError) as error:
        known = ", ".join(style.value for style in Style)
        raise InvalidText(f"{name}: “styles” cannot be read ({error}); the styles are {known}.") from None


def _check_fields(profile: Profile, name: str) -> None:
    allowed = FIELDS | set(profile.words.get("en", {}))
    for forms in (profile.unit, profile.paragraph, profile.labels, profile):
        for field in fields(forms):
            value = getattr(forms, field.name)
            for _, used in parts_of(value) if isinstance(value, str) else ():
                if used and used not in allowed:
                    raise InvalidText(
                        f"{name}: “{field.name}” holds {{{used}}}, "
                        "which is neither a field nor one of its words."
                    )
