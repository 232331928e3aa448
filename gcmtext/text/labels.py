"""Labels of paragraphs: "12", "12 bis", "(a)", "iv)", "PP3", "OBJECTIVE 7", "第五条", "(ب)", "二、".

What a label counts is often open: "(i)" is the ninth letter or the first Roman numeral. So a label carries
all its readings, and the enumeration it stands in decides (text.segment).
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Numbering(StrEnum):
    """What an enumeration counts with."""

    ARABIC = "arabic"
    LOWER_LETTER = "lower letter"
    UPPER_LETTER = "upper letter"
    LOWER_ROMAN = "lower Roman"
    UPPER_ROMAN = "upper Roman"
    CYRILLIC = "Cyrillic letter"
    ABJAD = "Arabic letter"
    ARABIC_ORDINAL = "Arabic ordinal"
    CHINESE = "Chinese numeral"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: the value-th item, from 1, of an enumeration that counts so."""

    numbering: Numbering
    value: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a paragraph.

    printed: as it stands, without a closing stop, colon or dash.
    form: how it is dressed, "#" standing for the count: "#.", "(#)", "PP#", "objective #".
    readings: most likely first; never empty.
    suffix: "bis", "ter", "alt", ... or "".
    """

    printed: str
    form: str
    readings: tuple[Reading, ...]
    suffix: str = ""


# The words that head a division of a text, as they are numbered in the six languages. The first form of each
# row names the division whatever the language, so that "Objectif 3" and "OBJECTIVE 3" have one form.
_DIVISIONS = {
    "objective": ("objective", "objectif", "objetivo", "цель", "الهدف", "目标", "goal"),
    "article": ("article", "artículo", "статья", "المادة"),
    "chapter": ("chapter", "chapitre", "capítulo", "глава", "الفصل"),
    "section": ("section", "sección", "раздел", "القسم", "الفرع"),
    "part": ("part", "partie", "parte", "часть", "الجزء", "الباب"),
    "annex": (
        "annex",
        "annexe",
        "anexo",
        "приложение",
        "المرفق",
        "مرفق",
        "附件",
        "appendix",
        "appendice",
        "apéndice",
    ),
    "phase": ("phase", "fase", "этап", "المرحلة"),
    "item": ("item", "point", "tema", "пункт", "البند", "项目"),
    "principle": ("principle", "principe", "principio", "принцип", "المبدأ", "原则"),
    "pillar": ("pillar", "pilier", "pilar"),
    "action": ("action", "acción", "действие", "الإجراء", "行动"),
    "theme": ("theme", "thème", "тема"),
    "schedule": ("schedule",),
}
_DIVISION_OF = {word: division for division, words in _DIVISIONS.items() for word in words}
_CHINESE_DIVISIONS = {"条": "article", "章": "chapter", "节": "section", "部分": "part", "编": "part"}

_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ABJAD_NAMES = "ألف باء جيم دال هاء واو زاي حاء طاء ياء كاف لام ميم نون".split()
_ORDINALS = (  # firstly …; the first …, feminine and masculine
    "أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا".split(),
    "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة".split(),
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split(),
)
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")

_LONGEST = 30
HIGHEST_UNDOUBTED = 999
"""A higher number at the head of a text may be a year instead of a label."""

_SUFFIX = (
    r"(?i:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|alt(?:ernative)?|бис|тер|кватер)"
    r"|مكررا?(?:\s(?:ثانيا|ثالثا|رابعا|خامسا))?|之[二三四五六七八九]"
)
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*|[1-9]\d{3,4})"
_COUNT = (
    rf"(?:{_NUMBER}|[ivxlcdm]{{1,7}}|[IVXLCDM]{{1,7}}|[a-z]{{1,3}}|[A-Z]{{1,3}}|[а-яА-Я]"
    rf"|[{_ABJAD}هـ]{{1,2}}|[一二三四五六七八九十]{{1,4}})"
)
_TAIL = rf"(?P<suffix>(?:[\s.-]?(?:{_SUFFIX})(?:[\s.]?\d{{1,2}})?)*)"
_OPENING = r"(?P<opening>(?:\[\s?)*)"

_PATTERNS = (
    # OP1 (a), OP 12 bis (iv)
    re.compile(
        rf"{_OPENING}(?P<head>(?:PP|OP)\s?\d{{1,3}}(?:[\s.-]?(?:{_SUFFIX}))?\s?\()(?P<count>[a-z]{{1,7}}){_TAIL}"
        r"(?P<tail>\))(?=\s|$)",
        re.I,
    ),
    # PP3, OP5 ter, PP 12.
    re.compile(
        rf"{_OPENING}(?P<head>(?:PP|OP)\s?)(?P<count>\d{{1,3}}){_TAIL}(?P<tail>\s?[.:)–—-]|(?=\s|$))", re.I
    ),
    # (a) bis, a) bis, 12. bis; "alternative" is a word there: "(a) alternative sources of energy"
    re.compile(
        rf"{_OPENING}(?P<head>\(?)(?P<count>{_COUNT})(?P<tail>[).])\s?"
        r"(?P<suffix>(?:bis|ter|quater|alt)(?:\s?\d{1,2})?)\b\.?(?=\s|$)"
    ),
    # (a), (12), (iv bis); （一）
    re.compile(rf"{_OPENING}(?P<head>[(（])(?P<count>{_COUNT}){_TAIL}(?P<tail>[)）])"),
    # '1' and ‘1’, as Arabic texts number below the letter
    re.compile(rf"{_OPENING}(?P<head>['‘’\"“”])(?P<count>\d{{1,2}}){_TAIL}(?P<tail>['‘’\"“”])(?=\s)"),
    # 12.  12 bis.  1.2.  a.  IV.  a)  12)  1．  1.-
    re.compile(
        rf"{_OPENING}(?P<head>)(?P<count>{_COUNT}){_TAIL}(?P<tail>\.[-–—]|[.．)）])(?=\s|$|[^\d\s.,)\x00-\x7f])"
    ),
    # 1.2 Title
    re.compile(
        rf"{_OPENING}(?P<head>)(?P<count>\d{{1,2}}(?:\.\d{{1,2}})+){_TAIL}(?P<tail>)(?=\s+[^\W\d_a-z])"
    ),
    # 12 -   أ -   ألف -   أولا -   as Arabic texts number
    re.compile(
        rf"{_OPENING}(?P<head>)(?P<count>\d{{1,3}}|[{_ABJAD}]|هـ|{'|'.join(_ABJAD_NAMES + _ORDINALS[0])})"
        rf"{_TAIL}(?P<tail>\s?[-–—])(?=\s|$)"
    ),
    # 一、
    re.compile(rf"{_OPENING}(?P<head>)(?P<count>[一二三四五六七八九十]{{1,4}}|\d{{1,3}}){_TAIL}(?P<tail>、)"),
    # 12 bis We commit …, 5 alt …: a suffix says that it is a label even without a stop
    re.compile(
        rf"{_OPENING}(?P<head>)(?P<count>\d{{1,3}})(?P<suffix>\s?(?:bis|ter|quater|alt)\b)(?P<tail>)(?=\s)"
    ),
)
_BARE = re.compile(rf"(?P<opening>)(?P<head>)(?P<count>[IVXL]{{1,6}}|[A-Z]){_TAIL}(?P<tail>)$")
_DIVISION = re.compile(
    rf"{_OPENING}(?P<word>[^\W\d_]+)\s?"
    r"(?P<number>\d{1,3}|[IVXLC]{1,6}|[A-Z]|premier|première|[一二三四五六七八九十]{1,4}"
    rf"|{'|'.join(_ORDINALS[1] + _ORDINALS[2])})"
    rf"{_TAIL}(?P<tail>\s?[.:：–—-](?=\s|$|[^\x00-\x7f])|(?=\s?$))",
    re.I,
)
_CHINESE_DIVISION = re.compile(
    rf"{_OPENING}第(?P<number>\d{{1,3}}|[一二三四五六七八九十百]{{1,5}})(?P<word>{'|'.join(_CHINESE_DIVISIONS)}){_TAIL}(?P<tail>)(?=\s|$|：)"
)


def split_label(text: str) -> tuple[Label, str] | None:
    """Return the label at the head of a text and the text without it, or None if it has none.

    An opening bracket in front of a label ("[12. We commit …]") stays with the text. The text given must be
    clean (text.normalise).
    """
    if division := _division(text):
        return division
    for pattern in _PATTERNS:
        if (match := pattern.match(text)) and (label := _label(match)):
            return label, (match["opening"] + text[match.end() :].lstrip()).strip()
    if (match := _BARE.match(text)) and (label := _label(match)):
        return label, ""
    return None


def read_mark(mark: str) -> Label:
    """Return the label that a format holds apart from its text, such as Word's computed "1." or "Article 2".

    A mark of no known form is a label of one reading, the first of its kind.
    """
    return _whole_label(mark) or Label(mark.strip(" .:"), mark, (Reading(Numbering.ARABIC, 1),))


def split_mark(mark: str, text: str) -> tuple[Label, str]:
    """Return the label that a format holds apart from a text, and the text without what belongs to it.

    That is the suffix of a paragraph put in later: Word counts "12." and somebody typed "bis" behind it.
    """
    label = read_mark(mark)
    behind = None if label.suffix else split_label(f"{mark} {text}")
    if behind and behind[0].suffix and behind[0].readings == label.readings:
        return behind
    return label, text


def split_at_tab(text: str) -> tuple[Label, str] | None:
    """Return the label in front of the first tab of a text and the text behind it, None if that is no label.

    A tab sets apart what a blank would not: "12<tab>We commit" opens with a label, "12 months" does not.
    """
    head, tab, rest = text.partition("\t")
    head = head.strip()
    if not tab or not 0 < len(head) <= _LONGEST:
        return None
    opening = head[: len(head) - len(head.lstrip("[ "))]
    label = _whole_label(head.removeprefix(opening))
    return (label, opening + rest.strip()) if label else None


def _whole_label(text: str) -> Label | None:
    """Return the label that a text is, and nothing else; None if it is none."""
    found = split_label(text) or split_label(text + " x")
    if found and found[1] in ("", "x"):
        return found[0]
    for dressed in (text + ".", f"({text})"):
        if (found := split_label(dressed)) and not found[1]:
            return Label(text, "#", found[0].readings, found[0].suffix)
    return None


def is_division(label: Label) -> bool:
    """Whether the label names a division of the text ("Article 5"), and so heads a heading."""
    return " #" in label.form


def _label(match: re.Match[str]) -> Label | None:
    count, head, tail = match["count"], match["head"], match["tail"].strip()
    readings = _readings(count)
    if not readings:
        return None
    suffix = " ".join(match["suffix"].strip(" .-").split())
    printed = match[0].removeprefix(match["opening"]).strip()
    if suffix:
        printed = printed.removesuffix(".")
    if not head.strip("PpOo "):
        printed = printed.removesuffix(tail).strip() if tail not in (")", "）") else printed
    return Label(printed, _form(head.strip().upper(), count, tail, bool(suffix)), readings, suffix.lower())


def _form(head: str, count: str, tail: str, suffixed: bool) -> str:
    """Return how a label is dressed; marks that differ only in typing give the same form."""
    if head in ("PP", "OP"):
        return head + "#"
    if head.startswith(("PP", "OP")):
        return head[:2] + "#(#)"
    tail = {"）": ")", "．": "."}.get(tail, tail)
    if tail[-1:] in ("-", "–", "—"):
        tail = tail[:-1] or "-"
    if not tail and suffixed:
        tail = "."
    return head.replace("（", "(") + ".".join("#" * (count.count(".") + 1)) + tail


def _division(text: str) -> tuple[Label, str] | None:
    if match := _CHINESE_DIVISION.match(text):
        division = _CHINESE_DIVISIONS[match["word"]]
    elif match := _DIVISION.match(text):
        division = _DIVISION_OF.get(match["word"].casefold(), "")
        if not division:
            return None
    else:
        return None
    printed = match[0].removeprefix(match["opening"]).removesuffix(match["tail"]).strip()
    readings = _readings(match["number"])
    if not readings:
        return None
    rest = match["opening"] + text[match.end() :].lstrip(" ：")
    return Label(printed, f"{division} #", readings, " ".join(match["suffix"].split()).lower()), rest.strip()


def _readings(count: str) -> tuple[Reading, ...]:
    """Return what a count may mean, most likely first."""
    if count[0].isdigit():
        return (Reading(Numbering.ARABIC, int(count.split(".")[-1])),)
    if count[0] in "一二三四五六七八九十百零〇":
        return (Reading(Numbering.CHINESE, _chinese(count)),)
    for words in _ORDINALS:
        if count in words:
            return (Reading(Numbering.ARABIC_ORDINAL, words.index(count) + 1),)
    if count in _ABJAD_NAMES:
        return (Reading(Numbering.ABJAD, _ABJAD_NAMES.index(count) + 1),)
    if count.casefold() in ("premier", "première"):
        return (Reading(Numbering.ARABIC, 1),)
    if (letter := count.rstrip("ـ")) and letter in _ABJAD and len(letter) == 1:
        return (Reading(Numbering.ABJAD, _ABJAD.index(letter) + 1),)
    if len(count) == 1 and count.lower() in _CYRILLIC:
        return (Reading(Numbering.CYRILLIC, _CYRILLIC.index(count.lower()) + 1),)
    return _latin_readings(count)


def _latin_readings(count: str) -> tuple[Reading, ...]:
    lower = count.lower()
    if not (lower.isascii() and lower.isalpha()) or count not in (lower, count.upper()):
        return ()
    upper = count != lower
    letters = len(set(lower)) == 1 and len(lower) <= 3
    found = []
    if letters:
        value = ord(lower[0]) - ord("a") + 1 + 26 * (len(lower) - 1)
        found.append(Reading(Numbering.UPPER_LETTER if upper else Numbering.LOWER_LETTER, value))
    if lower and _ROMAN_FORM.fullmatch(lower):
        roman = Reading(Numbering.UPPER_ROMAN if upper else Numbering.LOWER_ROMAN, _roman(lower))
        # A first numeral, or one of several letters, is more likely Roman; "(c)" and "(d)" are letters.
        found.insert(0 if len(lower) > 1 or lower in "iv" else len(found), roman)
    return tuple(found)


def _roman(numeral: str) -> int:
    values = [_ROMAN[c] for c in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _chinese(numeral: str) -> int:
    """Return the value of a Chinese numeral below 1,000."""
    total, digit = 0, 0
    for c in numeral:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _CHINESE_DIGITS[c]
    return total + digit
