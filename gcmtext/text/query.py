"""What somebody looks for, read from what they typed.

    place of safety         all of these words, in any inflection
    "place of safety"       these words in this order, as they stand
    safe OR secure          either of the two
    -sea   NOT sea          without
    migr*  wom?n            any ending; any letter
    migraton~               spelt alike
    rescue NEAR/5 sea       within five words of each other
    =lights                 in this form alone
    symbol:A/RES/73/*       in a field; see FIELDS
    date:2015..2018         of these years, months or days
    (a OR b) c              grouped

Whatever is typed means something: what cannot be meant is looked for as words, or looked over, and a sentence
says so.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TypeAlias

from gcmtext.text.joined import All, Any, Joined, Not

FIELDS = {
    "symbol": "the symbol of a document",
    "body": "who adopted it",
    "session": "in which session",
    "status": "adopted, draft, submitted, withdrawn, open, resolved, …",
    "date": "of a year, month or day, or from one to another",
    "year": "of a year",
    "language": "ar, en, es, fr, ru, zh",
    "kind": "numbered, preambular, sub-paragraph, heading, footnote, …",
    "label": "as printed: 12, 12 bis, (a)",
    "section": "under a heading",
    "in": "corpus, revision, amendment, comment",
    "negotiation": "of a negotiation",
    "revision": "of a revision",
    "delegation": "proposed or said by a delegation",
}
MOST_CHARACTERS = 4_000
MOST_TERMS = 100
DEEPEST = 20
FURTHEST = 30
NEAR_BY = 10


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it was typed, in any inflection unless `exact`; it may be joined of several."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in this order, as they stand; a * in them stands for any letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with * for any letters and ? for one."""

    text: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A word that differs in so many letters or fewer."""

    text: str
    letters: int


@dataclass(frozen=True, slots=True)
class Close:
    """Two, within so many words of each other."""

    one: "Searched"
    other: "Searched"
    within: int


@dataclass(frozen=True, slots=True)
class InField:
    """A field with one of these values; a * in them stands for any letters."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """From a day to a day, both in ISO 8601."""

    first: str
    last: str


Searched: TypeAlias = Term | Quoted | Pattern | Alike
Asked: TypeAlias = Joined[Searched | Close | InField | Between]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and how it was typed.

    notices: a sentence for each thing that was not taken as it was typed. is_text: whether it is rather a
    passage than a question: so many words, and no signs of this language.
    """

    typed: str
    asked: Asked
    notices: tuple[str, ...] = ()
    is_text: bool = False


_OPEN = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
_FIELD = re.compile(r"([A-Za-z]+):(?=\S)")
_NEAR = re.compile(r"NEAR(?:/(\d{1,9}))?")
_ALIKE = re.compile(r"(.+?)~(\d?)")
_WILD = re.compile(r"[*?]")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_MEANT = re.compile(r"[*~=]|\b(?:AND|OR|NOT|NEAR)\b|(?:^|\s)-\w|\b(?:" + "|".join(FIELDS) + r"):\S")
_QUOTED = re.compile('["“”„«][^"“”»]*["“”»]')
_WORDS_OF_A_TEXT = 8
_FIRST, _LAST = "0001-01-01", "9999-12-31"


def read_query(typed: str) -> Query:
    """Return what somebody looks for. Never fails: the notices say what was not taken as it was typed."""
    typed = typed.encode(errors="replace").decode()  # a terminal may give what is no text
    reader = _Reader(typed)
    asked = reader.read()
    if _is_text(typed):
        return Query(typed, asked, is_text=True)
    return Query(typed, asked, tuple(dict.fromkeys(reader.notices)))


def _is_text(typed: str) -> bool:
    """Return whether somebody has pasted a passage: so many words beside quotations, and no operator."""
    return len(_QUOTED.sub(" ", typed).split()) >= _WORDS_OF_A_TEXT and not _MEANT.search(typed)


class _Reader:
    """Reads from left to right, one character after another; what it reads it never reads again."""

    def __init__(self, typed: str) -> None:
        self.notices: list[str] = []
        if len(typed) > MOST_CHARACTERS:
            self.notices.append(f"Only the first {MOST_CHARACTERS:,} characters were looked for.")
        self._typed = typed[:MOST_CHARACTERS].replace("\0", " ")
        self._at = 0
        self._depth = 0
        self._terms = 0

    def read(self) -> Asked:
        """Return all that was typed."""
        parts = [self._all()]
        while self._at < len(self._typed):  # a closing parenthesis that none has opened
            self._at += 1
            self.notices.append("A parenthesis was closed that had not been opened; it was looked over.")
            parts.append(self._all())
        parts = [part for part in parts if part != All(())]
        return _every(parts)

    def _all(self) -> Asked:
        """Read up to the end, or to the closing parenthesis."""
        found: list[Asked] = []
        negated = either = False
        near: re.Match[str] | None = None
        while (read := self._next()) is not None and read != ")":
            if isinstance(read, str):
                joins = _NEAR.fullmatch(read)
                if read != "NOT" and (not found or either or near):
                    self._alone(read)
                elif read == "NOT":
                    negated = True
                elif joins:
                    near = joins
                else:
                    either = True
                continue
            if near:
                read = self._close(found.pop(), read, self._distance(near))
            read = Not(read) if negated else read
            if either:
                before = found.pop()
                read = Any((*(before.of if isinstance(before, Any) else (before,)), read))
            found.append(read)
            negated = either = False
            near = None
        for operator, waits in (("NOT", negated), ("OR", either), ("NEAR", near)):
            if waits:
                self._alone(operator)
        return _every(found)

    def _next(self) -> "Asked | str | None":
        """Return what comes next: something to look for, an operator, ")", or None at the end."""
        typed = self._typed
        while self._at < len(typed):
            here = typed[self._at]
            if here.isspace():
                self._at += 1
            elif here == ")":
                return ")" if self._depth else None
            elif here == "(":
                return self._group()
            elif here == "-" and self._starts_something(self._at + 1):
                self._at += 1
                return "NOT"
            else:
                found = self._word()
                if found is not None:
                    return found
        return None

    def _group(self) -> Asked:
        self._at += 1
        if self._depth >= DEEPEST:
            self.notices.append(f"Parentheses in more than {DEEPEST} others were looked over.")
            return All(())
        self._depth += 1
        found = self._all()
        self._depth -= 1
        if self._typed[self._at : self._at + 1] == ")":
            self._at += 1
        else:
            self.notices.append("A parenthesis was not closed; it was closed at the end.")
        return found

    def _word(self) -> "Asked | str | None":
        """Return the quotation, field, operator or word that stands here; None for what is none of them."""
        if match := _FIELD.match(self._typed, self._at):
            name = match[1].lower()
            if name in FIELDS:
                self._at = match.end()
                return self._counted(self._in_field(name))
            if name not in ("http", "https"):
                self.notices.append(
                    f"“{match[1]}:” is no field, so that it was looked for as a word. The fields are "
                    + ", ".join(FIELDS)
                    + "."
                )
        if self._typed[self._at] in _OPEN:
            text = self._quotation()
            return self._counted(Quoted(text)) if text.strip() else None
        chunk = self._chunk()
        if chunk == "AND":
            return None
        if chunk in ("OR", "NOT") or _NEAR.fullmatch(chunk):
            return chunk
        return self._counted(_term(chunk)) if any(map(str.isalnum, chunk)) else None

    def _chunk(self) -> str:
        """Return what stands here up to a blank, a quotation mark, or a parenthesis not opened in it."""
        typed, start = self._typed, self._at
        opened = 0
        while self._at < len(typed):
            here = typed[self._at]
            if here.isspace() or here in _OPEN or here == "»":
                break
            if here == "(":
                opened += 1
            elif here == ")":
                if not opened:
                    break
                opened -= 1
            self._at += 1
        if self._at == start:
            self._at += 1
        return typed[start : self._at]

    def _quotation(self) -> str:
        """Return what stands between the quotation mark here and the one that closes it."""
        typed, start = self._typed, self._at + 1
        closing = _OPEN[typed[self._at]] + '"'
        end = next((at for at in range(start, len(typed)) if typed[at] in closing), len(typed))
        if end == len(typed):
            self.notices.append("A quotation mark was not closed; it was closed at the end.")
        self._at = end + 1
        return typed[start:end]

    def _in_field(self, name: str) -> Asked:
        quoted = self._typed[self._at] in _OPEN
        value = self._quotation() if quoted else self._chunk()
        if name == "date":
            return self._dates(value)
        values = (value,) if quoted else tuple(filter(None, value.split(",")))
        return InField(name, tuple(value.strip() for value in values))

    def _dates(self, value: str) -> Asked:
        first, dots, last = value.partition("..")
        start = _first_day(first) if first else _FIRST
        end = _last_day(last if dots else first) if last or not dots else _LAST
        if not start or not end or not (first or last):
            self.notices.append(
                f"“{value}” is no date: write date:2018, date:2018-12, date:2018-12-19 or date:2015..2018. "
                "It was looked over."
            )
            return All(())
        return Between(start, end)

    def _close(self, one: Asked, other: Asked, within: int) -> Asked:
        """Return that two are near each other; of three, the second is near the first and the third."""
        before = one.other if isinstance(one, Close) else one
        if not isinstance(before, Searched) or not isinstance(other, Searched):
            self.notices.append("NEAR joins words and quotations; both were looked for, wherever they stand.")
            return _every([one, other])
        found = Close(before, other, within)
        return _every([one, found]) if isinstance(one, Close) else found

    def _distance(self, match: re.Match[str]) -> int:
        wanted = int(match[1]) if match[1] else NEAR_BY
        if not 1 <= wanted <= FURTHEST:
            self.notices.append(f"NEAR goes from 1 to {FURTHEST} words; the nearest to {wanted} was taken.")
        return min(max(wanted, 1), FURTHEST)

    def _alone(self, operator: str) -> None:
        self.notices.append(f"{operator} has nothing to join here; it was looked over.")

    def _starts_something(self, at: int) -> bool:
        here = self._typed[at : at + 1]
        return bool(here) and (here.isalnum() or here in _OPEN or here in "(=")

    def _counted(self, asked: Asked) -> "Asked | None":
        self._terms += 1
        if self._terms > MOST_TERMS:
            self.notices.append(f"Only the first {MOST_TERMS} words were looked for.")
            return None
        return asked


def _every(of: list[Asked]) -> Asked:
    return of[0] if len(of) == 1 else All(tuple(of))


def _term(chunk: str) -> Searched:
    if chunk.startswith("=") and len(chunk) > 1:
        return Term(chunk[1:], exact=True)
    if (match := _ALIKE.fullmatch(chunk)) and not _WILD.search(match[1]):
        length = sum(map(str.isalnum, match[1]))
        return Alike(match[1], min(int(match[2] or (1 if length < 5 else 2)), 2))
    bare = without_question_mark(chunk)
    if _WILD.search(bare) and any(map(str.isalnum, bare)):
        return Pattern(bare)
    return Term(chunk)


def without_question_mark(word: str) -> str:
    """Return a word without the one question mark at its end, which ends a sentence and is no letter."""
    return word.rstrip("?") if word.endswith("?") and "*" not in word and word.count("?") == 1 else word


def _first_day(words: str) -> str:
    """Return the first day of a year, month or day; "" if it is none."""
    match = _DAY.fullmatch(words.strip())
    return _day(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else ""


def _last_day(words: str) -> str:
    """Return the last day of a year, month or day; "" if it is none."""
    match = _DAY.fullmatch(words.strip())
    return _day(int(match[1]), int(match[2] or 12), int(match[3] or 0)) if match else ""


def _day(year: int, month: int, day: int) -> str:
    """Return a day in ISO 8601, the last of the month for 0; "" if there is none."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12:
        return ""
    last = monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day or last:02}" if 0 <= day <= last else ""
