"""One form for text that looks the same."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]"
)


def clean(text: str) -> str:
    """Return the text in NFC, on one line, white space folded to single blanks and trimmed.

    Soft hyphens, zero-width spaces, control characters and what is no character go; no word and no mark of
    direction or joining that changes how a word is read is touched.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    if folded.isprintable():
        return folded
    return " ".join(_INVISIBLE.sub("", folded).split())
