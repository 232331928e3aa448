"""From whom a file is, as far as its name and the authors of its changes say."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_APART = re.compile(r"[_\s]+")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("and of the de des du et la le y del los las".split())


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody from whom a file may be. names: all that they go by; code: in capitals, "" for none."""

    identity: int
    names: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    identity: int
    start: int
    stop: int
    length: int


def said_by(file: str) -> str:
    """Return what the name of a file says of whom it is from: "Costa Rica" of "costa_rica.docx"."""
    said = _APART.sub(" ", _stem(file)).strip()
    if said != said.lower():
        return said
    return " ".join(word if word in _SMALL else word.capitalize() for word in said.replace("-", " ").split())


def sender_of(file: str, authors: Iterable[str], known: Sequence[Known]) -> int | None:
    """Return which of those who are known sent a file; None where it does not say so, or names several.

    The name of the file decides, and only where it names nobody, the authors of its changes.
    """
    by_name = _named(_stem(file), known)
    if by_name:
        return _only(by_name)
    return _only({identity for author in authors for identity in _named(author, known)})


def _stem(file: str) -> str:
    """Return the name of a file without its suffix."""
    return file.rpartition(".")[0] or file


def _only(found: set[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None


def _named(said: str, known: Sequence[Known]) -> set[int]:
    """Return those whom some words name; a name within a longer name is not meant."""
    words = _words(said)
    found = [one for who in known for one in _in(words, who)]
    kept = {one.identity for one in found if not any(_is_within(one, other) for other in found)}
    joined = "".join(words)
    whole = {
        who.identity for who in known for name in who.names if joined and "".join(_words(name)) == joined
    }
    capitals = set(_WORD.findall(said))
    return whole or kept or {who.identity for who in known if who.code and who.code in capitals}


def _in(words: Sequence[str], who: Known) -> Iterator[_Found]:
    for name in who.names:
        wanted = _words(name)
        for start in range(len(words) - len(wanted) + 1):
            stop = start + len(wanted)
            if wanted and list(words[start:stop]) == wanted:
                yield _Found(who.identity, start, stop, len(wanted))


def _is_within(one: _Found, other: _Found) -> bool:
    return other.start <= one.start and one.stop <= other.stop and one.length < other.length


def _words(said: str) -> list[str]:
    """Return words in small letters without accents."""
    apart = unicodedata.normalize("NFKD", said.casefold())
    return _WORD.findall("".join(c for c in apart if not unicodedata.combining(c)))
