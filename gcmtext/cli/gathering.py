"""Which files are compiled, and which delegation each is from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.formats import FORMATS, read_bytes
from gcmtext.formats.submissions import authors_of
from gcmtext.text.senders import said_by

_READ = frozenset(suffix for format_ in FORMATS for suffix in format_.suffixes)
_OF_OTHER_PROGRAMS = frozenset(".doc .docm .dot .dotm .dotx .odt .ott .pages .rtf .wpd .wps".split())
"""Of files that hold texts, too, and of which reading says what to do with them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file and the delegation that sent it. author: whose changes in it count, "" for all of them."""

    path: Path
    delegation: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is compiled, and what a person should know of what is not.

    passed_over: what lies in folders that cannot be a text. missing: the files that the mapping names and
    that are not there.
    """

    sent: tuple[Sent, ...]
    passed_over: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What a mapping file says: delegations by file name, and what they are called in attributions."""

    files: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None


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
    return Names({str(k): str(v) for k, v in files.items()}, {str(k): str(v) for k, v in short.items()}, path)


def gather(given: Sequence[str], names: Names, base: Path) -> Gathered:
    """Return the files that are given as "Delegation=file", as files, or as folders of files.

    A file without a delegation is from the one that the mapping names, else the one that its own name says:
    `costa_rica.docx` is from Costa Rica. In folders the base, the mapping, and what programs hide are left
    out. Raises NotFound where there is nothing to compile.
    """
    sent: list[Sent] = []
    passed_over: list[str] = []
    for words in given:
        if not Path(words).is_dir():
            sent.append(_named(words, names))
            continue
        for inside in _inside(Path(words), (base, names.path)):
            if inside.is_file() and inside.suffix.lower() in _READ | _OF_OTHER_PROGRAMS:
                sent.append(Sent(inside, _delegation_of(inside, names)))
            else:
                passed_over.append(f"{inside.name}/" if inside.is_dir() else inside.name)
    if not sent:
        raise NotFound(
            f"There is no file that could hold a text in {', '.join(given)}: name the right folder."
        )
    there = {one.path.name for one in sent}
    missing = tuple(name for name in names.files if name not in there)
    return Gathered(tuple(sent), tuple(passed_over), missing)


def by_author(sent: Sent) -> tuple[Sent, ...]:
    """Return a file once for each author of its tracked changes; as it is if there are none to be found."""
    try:
        authors = authors_of(read_bytes(sent.path), sent.path.name)
    except GcmtextError:
        return (sent,)
    return tuple(Sent(sent.path, author, author) for author in authors) or (sent,)


def _inside(folder: Path, known: Iterable[Path | None]) -> Iterator[Path]:
    """Yield what people put into a folder, but for the files that are known to be no submissions."""
    passed = {path.resolve() for path in known if path is not None}
    for inside in sorted(folder.iterdir()):
        if not inside.name.startswith((".", "~")) and inside.resolve() not in passed:
            yield inside


def _named(words: str, names: Names) -> Sent:
    """Return a file that is given with its delegation or without."""
    if not Path(words).exists() and "=" in words:
        delegation, _, place = words.partition("=")
        if delegation.strip() and place:
            return Sent(Path(place), " ".join(delegation.split()))
    return Sent(Path(words), _delegation_of(Path(words), names))


def _delegation_of(path: Path, names: Names) -> str:
    if path.name in names.files:
        return names.files[path.name]
    return said_by(path.name)
