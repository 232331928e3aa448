"""How the paragraphs of a Word file look.

Labels hang before the text and a tab follows them; what stands under a paragraph is indented by one step
more. Texts without a label begin where the labelled ones of their level do. Measures are in twentieths of a
point.
"""

from dataclasses import dataclass

from gcmtext.text.language import is_right_to_left
from gcmtext.text.model import Kind, Paragraph

_DEEPEST = 4
_HANG, _STEP = 680, 567
_FONTS = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="{complex}"/>'
    '<w:sz w:val="{size}"/><w:szCs w:val="{complex_size}"/>'
    '<w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
)


@dataclass(frozen=True, slots=True)
class _Style:
    """id, name as Word shows it, and the properties of paragraph and letters beside those of Normal."""

    id: str
    name: str
    paragraph: str = ""
    letters: str = ""


def style_of(paragraph: Paragraph) -> str:
    """Return the id of the style of a paragraph."""
    match paragraph.kind:
        case Kind.TITLE:
            return "Title"
        case Kind.HEADING | Kind.ANNEX:
            return f"Heading{min(max(paragraph.level, 1), _DEEPEST)}"
        case Kind.FOOTNOTE:
            return "FootnoteText"
    kind = "Labelled" if paragraph.label else "Text"
    return f"{kind}{min(paragraph.level, _DEEPEST)}"


def write_styles(language: str) -> str:
    """Return word/styles.xml for a text in a language."""
    complex_font, complex_size = (
        ("Traditional Arabic", 30) if is_right_to_left(language) else ("Times New Roman", 22)
    )
    latin = language if language not in ("", "ar", "zh") else "en-GB"
    fonts = _FONTS.format(complex=complex_font, size=22, complex_size=complex_size, latin=latin)
    direction = "<w:bidi/>" if is_right_to_left(language) else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{direction}<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:style>'
        + "".join(map(_written, _STYLES))
        + "</w:styles>"
    )


def _heading(level: int) -> _Style:
    size = 26 - 2 * level
    return _Style(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/>',
        f'<w:b/><w:bCs/><w:sz w:val="{size}"/>',
    )


def _labelled(level: int) -> _Style:
    name = f"Sub-paragraph {level}" if level else "Numbered paragraph"
    return _Style(f"Labelled{level}", name, _hanging(_HANG + level * _STEP, _STEP if level else _HANG))


def _text(level: int) -> _Style:
    name = f"Text {level}" if level else "Unnumbered paragraph"
    return _Style(f"Text{level}", name, f'<w:ind w:left="{_HANG + level * _STEP}"/>')


def _hanging(start: int, hang: int) -> str:
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{start}"/></w:tabs>'
    return f'{tab}<w:ind w:left="{start}" w:hanging="{hang}"/>'


def _written(style: _Style) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{style.paragraph}</w:pPr>'
        f"<w:rPr>{style.letters}</w:rPr></w:style>"
    )


_STYLES = (
    _Style("Title", "Title", '<w:spacing w:after="240"/>', '<w:b/><w:bCs/><w:sz w:val="32"/>'),
    *(_heading(level) for level in range(1, _DEEPEST + 1)),
    *(_labelled(level) for level in range(_DEEPEST + 1)),
    *(_text(level) for level in range(_DEEPEST + 1)),
    _Style(
        "FootnoteText",
        "footnote text",
        _hanging(_HANG, _HANG),
        '<w:sz w:val="18"/>',
    ),
)
