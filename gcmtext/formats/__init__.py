"""Formats: bytes to text.model and back.

FORMATS is the registry. A format to read is one row here and one module with

    def read(data: bytes) -> Source

which raises InvalidText with a sentence for a person. The module is imported when it is first needed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from gcmtext.errors import InvalidText, NotFound
from gcmtext.formats import sniff
from gcmtext.text.model import Source

MAX_BYTES = 64 * 2**20

_WITH_MACROS = (".docm", ".dotm")


@dataclass(frozen=True, slots=True)
class Format:
    """One format that can be read.

    name: as said to people. suffixes: in lower case, with the dot. module: where its read() is.
    looks_like: whether bytes begin as files of this format do.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    looks_like: Callable[[bytes], bool]

    def read(self, data: bytes) -> Source:
        """Return what the bytes hold; raise InvalidText where they cannot be read."""
        reader = cast(Callable[[bytes], Source], import_module(self.module).read)
        return reader(data)


FORMATS = (
    Format("Word", (".docx",), "gcmtext.formats.docx", sniff.is_docx),
    Format("PDF", (".pdf",), "gcmtext.formats.pdf", sniff.is_pdf),
    Format("Akoma Ntoso", (".xml", ".akn"), "gcmtext.formats.akn", sniff.is_xml),
    Format("HTML", (".html", ".htm", ".xhtml"), "gcmtext.formats.html", sniff.is_html),
    Format("plain text", (".txt", ".text"), "gcmtext.formats.plain", sniff.is_text),
    Format("Markdown", (".md", ".markdown"), "gcmtext.formats.markdown", sniff.is_text),
)


def read_source(data: bytes, name: str) -> Source:
    """Return what a file holds; `name` is its file name, whose suffix must fit its content.

    Raises InvalidText if the file is empty, over MAX_BYTES, of a kind that is not read, or not what its
    suffix says; the message begins with the name.
    """
    with naming(name):
        return format_of(data, name).read(data)


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Let what is said of a file that cannot be read begin with its name."""
    try:
        yield
    except InvalidText as error:
        message = str(error).removeprefix("it ")
        if message.startswith(name):
            raise
        seam = " " if message[:1].islower() else ": "
        raise InvalidText(f"{name}{seam}{message}") from error


def read_file(path: Path) -> Source:
    """Return what the file at `path` holds.

    Raises NotFound if there is no such file, InvalidText if it cannot be read.
    """
    return read_source(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """Return the content of the file at `path`.

    Raises NotFound if there is no such file, InvalidText if it cannot be opened or is over MAX_BYTES.
    """
    try:
        _refuse_over_limit(path.stat().st_size, path.name)
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}: check the name and the folder.") from None
    except IsADirectoryError:
        raise InvalidText(f"{path} is a folder and cannot be opened as a file: name a file in it.") from None
    except OSError as error:
        raise InvalidText(
            f"{path} cannot be opened ({error.strerror}): choose a file you may read."
        ) from None


def _refuse_over_limit(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise InvalidText(
            f"{name} has {size // 2**20} MB, and {MAX_BYTES // 2**20} MB is the most that is read: "
            "leave out pictures and attachments, or split it."
        )


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file; raise InvalidText where `read_source` would, whatever its content."""
    if not data.strip(b"\0 \t\r\n"):
        raise InvalidText(f"{name} is empty: choose the file that holds the text.")
    _refuse_over_limit(len(data), name)
    suffix = Path(name).suffix.lower()
    named = next((f for f in FORMATS if suffix in f.suffixes), None)
    if named is not None and named.looks_like(data):
        return named
    if suffix in _WITH_MACROS and sniff.is_docx(data):
        raise InvalidText(f"{name} may hold macros and is not opened: save it as a Word document (.docx).")
    if problem := sniff.known_problem(data):
        raise InvalidText(f"{name} {problem}")
    found = next((f for f in FORMATS if f.looks_like(data)), None)
    if named is not None:
        instead = (
            f"but {_a(found)} file: name it …{found.suffixes[0]}."
            if found
            else "or is damaged: ask for it again."
        )
        raise InvalidText(f"{name} is not {_a(named)} file {instead}")
    kinds = ", ".join(f"{f.name} ({f.suffixes[0]})" for f in FORMATS)
    raise InvalidText(f"{name} is of a kind that is not read: save it as one of {kinds}.")


def _a(format_: Format) -> str:
    """Return the name of a format with its article."""
    return f"{'an' if format_.name[0] in 'AEIOUH' else 'a'} {format_.name}"
