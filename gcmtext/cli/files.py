"""From the file names on the command line to documents."""

import os
from pathlib import Path

import click

from gcmtext.errors import InvalidText
from gcmtext.formats import read_file
from gcmtext.text.language import LANGUAGES
from gcmtext.text.mistakes import Issue
from gcmtext.text.model import Document
from gcmtext.text.normalise import clean
from gcmtext.text.segment import segment


def read_documents(paths: list[Path]) -> list[Document]:
    """Return the segmented texts of files.

    Raises NotFound or InvalidText for a file that cannot be read, InvalidText if two of them are in
    different languages: those are not states of one text.
    """
    documents = []
    for path in paths:
        document = segment(read_file(path))
        if not document.paragraphs:
            raise InvalidText(f"{path.name} holds no words: choose the file that holds the text.")
        documents.append(document)
    first = next((i for i, d in enumerate(documents) if d.language), None)
    if first is not None:
        for path, document in zip(paths, documents, strict=True):
            if document.language and base(document.language) != base(documents[first].language):
                raise InvalidText(
                    f"{paths[first]} is in {language_name(documents[first].language)} and "
                    f"{path} in {language_name(document.language)}: "
                    "compare issues in the same language."
                )
    return documents


def base(language: str) -> str:
    """Return the primary subtag of a BCP 47 tag."""
    return language.split("-")[0].lower()


def language_name(language: str) -> str:
    """Return the English name of one of the six languages, or the tag itself."""
    return LANGUAGES.get(base(language), language)


def issue_of(document: Document, path: Path) -> Issue:
    """Return what an issue of the text states about itself, under the name of its file."""
    return Issue(path.name, document.revision, document.symbol, document.date)


def name_of(document: Document, path: Path) -> str:
    """Return what people call this issue of the text: its revision, else its symbol, else the file name."""
    return document.revision or document.symbol or clean(os.fsencode(path.name).decode(errors="replace"))


def refuse_to_overwrite(written: list[Path], read: list[Path]) -> None:
    """Raise InvalidText if a file would be written over one of the texts, or over another that is written."""
    taken = [path.resolve() for path in read]
    for path in written:
        if path.resolve() in taken:
            raise InvalidText(f"{path} would be written over: choose another place for what is written.")
        taken.append(path.resolve())


def write_file(path: Path, data: bytes) -> None:
    """Write a file and say so; raise InvalidText where it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InvalidText(
            f"{path} cannot be written ({error.strerror}): choose another place for it."
        ) from None
    click.echo(f"Wrote {path} ({len(data) / 1024:,.0f} KB).", err=True)
