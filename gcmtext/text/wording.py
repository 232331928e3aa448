"""The wording of a paragraph, so that it is known again in another document and another year."""

from hashlib import blake2b

from gcmtext.text.tokens import fold, words

_BYTES = 16


def wording(text: str) -> str:
    """Return what two texts share if and only if they have the same words in the same order.

    Signs, case, blanks and the form of letters do not count (see gcmtext.text.tokens.fold). A text without
    words has a wording, too: its signs.
    """
    folded = " ".join(map(fold, words(text))) or text
    return blake2b(folded.encode(), digest_size=_BYTES).hexdigest()
