"""Numbers as Word prints them, by the names of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59)."""

import re
from collections.abc import Callable

_PADDED = re.compile(r"0+1(?=,)")

_ARABIC_ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HEBREW_VALUES = (
    (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"),
    (40, "מ"), (30, "ל"), (20, "כ"), (10, "י"), (9, "ט"), (8, "ח"), (7, "ז"),
    (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"), (2, "ב"), (1, "א"),
)  # fmt: skip


def printed(number: int, form: str) -> str | None:
    """Return `number` in the format `form`; in decimal digits where the format has no such number.

    `form` may be a custom pattern such as "001, 002, 003, ...". None if the format is not known.
    """
    if padded := _PADDED.match(form):
        return str(number).zfill(len(padded[0]))
    write = _FORMATS.get(form)
    if write is None:
        return None
    return write(number) if number > 0 else str(number)


def _letters(alphabet: str) -> Callable[[int], str]:
    """A letter for each number, doubled after the last one, then tripled: z, aa, bb."""

    def write(number: int) -> str:
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1) if times < 30 else str(number)

    return write


def _digits(digits: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", digits)
    return lambda number: str(number).translate(table)


def _additive(values: tuple[tuple[int, str], ...], limit: int) -> Callable[[int], str]:
    def write(number: int) -> str:
        if number > limit:
            return str(number)
        signs = []
        for value, sign in values:
            times, number = divmod(number, value)
            signs.append(sign * times)
        return "".join(signs)

    return write


def _counted(digits: str, units: str, *, one: str = "hundred", zero: str = "") -> Callable[[int], str]:
    """Chinese counting up to 9999: each digit with its unit (units: ten, hundred, thousand).

    one: from where a one is written before its unit: "ten", "hundred" (so 10 to 19 have none), or "never".
    zero: what stands for skipped units in between.
    """

    def write(number: int) -> str:
        if number > 9999:
            return str(number)
        signs = ""
        skipped = False
        for power, unit in ((3, units[2]), (2, units[1]), (1, units[0]), (0, "")):
            digit, number = divmod(number, 10**power)
            if not digit:
                skipped = bool(signs)
                continue
            if skipped and zero:
                signs += zero
            skipped = False
            bare = digit == 1 and unit and (one == "never" or (one == "hundred" and power == 1 and not signs))
            signs += ("" if bare else digits[digit]) + unit
        return signs

    return write


def _once(signs: str) -> Callable[[int], str]:
    """A sign for each number as far as they go."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _ordinal(number: int) -> str:
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _hebrew(number: int) -> str:
    """Letters as numbers; 15 and 16 are written 9 + 6 and 9 + 7, to avoid a sacred name."""
    return _hebrew_sum(number).replace("יה", "טו").replace("יו", "טז")


def _upper(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: write(number).upper()


_roman = _additive(_ROMAN, 32_767)
_hebrew_sum = _additive(_HEBREW_VALUES, 999)
_chinese = _counted("〇一二三四五六七八九", "十百千", zero="零")
_ideographs = _digits("〇一二三四五六七八九")


def _chinese_counting(number: int) -> str:
    return _chinese(number) if number < 100 else _ideographs(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "ordinal": _ordinal,
    "upperLetter": _letters(_LATIN.upper()),
    "lowerLetter": _letters(_LATIN),
    "upperRoman": _upper(_roman),
    "lowerRoman": _roman,
    "chicago": _letters("*†‡§"),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "arabicAlpha": _letters(_ARABIC_ALPHABET),
    "arabicAbjad": _letters(_ARABIC_ABJAD),
    "hebrew1": _hebrew,
    "hebrew2": _letters(_HEBREW),
    "hindiNumbers": _digits("०१२३४५६७८९"),
    "thaiLetters": _letters(_THAI),
    "thaiNumbers": _digits("๐๑๒๓๔๕๖๗๘๙"),
    "ideographDigital": _ideographs,
    "japaneseDigitalTenThousand": _ideographs,
    "taiwaneseDigital": _digits("○一二三四五六七八九"),
    "koreanDigital": _digits("영일이삼사오육칠팔구"),
    "koreanDigital2": _digits("零一二三四五六七八九"),
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _counted("〇一二三四五六七八九", "十百千", one="never"),
    "koreanCounting": _counted("영일이삼사오육칠팔구", "십백천", one="never"),
    "chineseLegalSimplified": _counted("零壹贰叁肆伍陆柒捌玖", "拾佰仟", zero="零", one="ten"),
    "ideographLegalTraditional": _counted("零壹貳參肆伍陸柒捌玖", "拾佰仟", zero="零", one="ten"),
    "japaneseLegal": _counted("〇壱弐参四伍六七八九", "拾百阡", one="ten"),
    "ideographTraditional": _once(_HEAVENLY_STEMS),
    "ideographZodiac": _once(_EARTHLY_BRANCHES),
    "aiueo": _letters(_AIUEO),
    "aiueoFullWidth": _letters(_AIUEO),
    "iroha": _letters(_IROHA),
    "irohaFullWidth": _letters(_IROHA),
    "ganada": _letters(_GANADA),
    "chosung": _letters(_CHOSUNG),
    "decimalEnclosedCircle": _once("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _once("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _once("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _once("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographEnclosedCircle": _once("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
}
