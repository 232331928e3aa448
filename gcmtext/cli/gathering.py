"""Which files are compiled, and which delegation each is from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.formats import FORMATS, read_bytes
from gcmtext.formats.submissions import authors_of

_APART = re.compile(r"[_\s]+")
_SUFFIXES = frozenset(suffix for format_ in FORMATS for suffix in format_.suffixes)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file and the delegation that sent it. author: whose changes in it count, "" for all of them."""

    path: Path
    delegation: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What a mapping file says: delegations by file name, and what they are called in attributions."""

    files: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)


def read_names(path: Path | None) -> Names:
    """Return what a mapping file says.

    It is YAML: `files:` with delegations by file name, `short:` with short names by delegation, or only lines
    such as `eu.docx: European Union`. Raises NotFound or InvalidText where it cannot be read.
    """
    if path is None:
        return Names()
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}: check the name and the folder.") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        given = None
    if not isinstance(given, dict):
        raise InvalidText(f"{path.name} is no mapping: write lines such as “eu.docx: European Union”.")
    parts = given if given.keys() <= {"files", "short"} else {"files": given}
    files, short = (parts.get(key) or {} for key in ("files", "short"))
    if not all(isinstance(part, dict) for part in (files, short)):
        raise InvalidText(f"{path.name} is no mapping: write lines such as “eu.docx: European Union”.")
    return Names({str(k): str(v) for k, v in files.items()}, {str(k): str(v) for k, v in short.items()})


def gather(given: Sequence[str], names: Names, base: Path) -> tuple[Sent, ...]:
    """Return the files that are given as "Delegation=file", as files, or as folders of files.

    A file without a delegation is from the one that the mapping names, else the one that its own name says:
    `costa_rica.docx` is from Costa Rica. The base, and files in folders that cannot hold texts, are left out.
    Raises NotFound for what is not there.
    """
    return tuple(sent for words in given for sent in _gathered(words, names, base))


def by_author(sent: Sent) -> tuple[Sent, ...]:
    """Return a file once for each author of its tracked changes; as it is if there are none to be found."""
    try:
        authors = authors_of(read_bytes(sent.path), sent.path.name)
    except GcmtextError:
        return (sent,)
    return tuple(Sent(sent.path, author, author) for author in authors) or (sent,)


def _gathered(words: str, names: Names, base: Path) -> Iterator[Sent]:
    path = Path(words)
    if path.is_dir():
        for inside in sorted(path.iterdir()):
            holds_text = inside.suffix.lower() in _SUFFIXES and not inside.name.startswith((".", "~"))
            if inside.is_file() and holds_text and inside.resolve() != base.resolve():
                yield Sent(inside, _delegation_of(inside, names))
        return
    if not path.exists() and "=" in words:
        delegation, _, place = words.partition("=")
        if delegation.strip() and place:
            yield Sent(Path(place), " ".join(delegation.split()))
            return
    yield Sent(path, _delegation_of(path, names))


def _delegation_of(path: Path, names: Names) -> str:
    if path.name in names.files:
        return names.files[path.name]
    said = _APART.sub(" ", path.stem).strip()
    if said != said.lower():
        return said
    return " ".join(word if word in _SMALL else word.capitalize() for word in said.replace("-", " ").split())


_SMALL = frozenset("and of the de des du et la le y del los las".split())
