"""Characters of the symbol fonts that Word files name by code (w:sym), as Unicode."""

_SYMBOL = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= {0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼"}
_SYMBOL |= dict(
    zip(
        range(0xA1, 0xF0),
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
        strict=False,
    )
)
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x76: "❖", 0x9F: "•", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}

UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def character(font: str, code: str) -> str:
    """Return the character with a hexadecimal code in a font; UNKNOWN where it has no known equal."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    in_font = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    if (table := _FONTS.get(font.lower())) is not None and in_font in table:
        return table[in_font]
    if number != in_font:
        return chr(in_font) if 0x20 <= in_font < 0x7F and font.lower() == "symbol" else UNKNOWN
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0x110000 else UNKNOWN
