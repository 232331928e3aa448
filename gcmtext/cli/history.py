"""`gcmtext history`: each paragraph back to where it began."""

from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from gcmtext.cli.files import issue_of, name_of, read_documents
from gcmtext.cli.progress import step
from gcmtext.errors import InvalidText, NotFound
from gcmtext.text.align import align
from gcmtext.text.history import History, histories
from gcmtext.text.mistakes import out_of_order
from gcmtext.text.model import Document, Notice
from gcmtext.text.places import places
from gcmtext.views import as_json


@click.command("history")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--paragraph",
    "label",
    metavar="LABEL",
    help="Show all states of one paragraph of the last file, in full.",
)
@click.option("--json", "json_", is_flag=True, help="Print JSON for programs.")
def command(files: tuple[Path, ...], label: str | None, json_: bool) -> None:
    """Trace each paragraph of the last of FILES, oldest first, back to where it began."""
    if len(files) < 2:
        raise InvalidText("A history needs two files or more, the oldest first.")
    with step("Reading"):
        documents = read_documents(list(files))
    with step("Comparing"):
        alignments = [align(a.paragraphs, b.paragraphs) for a, b in pairwise(documents)]
    traced = histories(alignments, len(documents[-1].paragraphs))
    if label is not None:
        found = _named(documents[-1], label)
        traced = tuple(history for history in traced if history.index in found)
        if not traced:
            raise NotFound(f"{files[-1].name} has no paragraph {label}: see gcmtext segment {files[-1]}.")
    notices = out_of_order([issue_of(d, path) for d, path in zip(documents, files, strict=True)])
    names = [name_of(d, path) for d, path in zip(documents, files, strict=True)]
    if json_:
        click.echo(as_json.dump(_as_json(documents, names, traced, notices)))
        return
    from gcmtext.cli.show_history import show_histories, show_states
    from gcmtext.cli.terminal import new_console, show_notices

    show_notices(new_console(), notices)
    if label is None:
        show_histories(documents, names, traced)
    else:
        show_states(documents, names, traced)


def _named(document: Document, label: str) -> frozenset[int]:
    """Return the paragraphs that people mean by a label: "(a)" is each of them, "12 (a)" and "12(a)" one."""

    def folded(text: str) -> str:
        return "".join(text.casefold().split()).removesuffix(".")

    return frozenset(
        paragraph.index
        for paragraph, place in zip(document.paragraphs, places(document), strict=True)
        if folded(label) in map(folded, (paragraph.label, place.name, place.full_name))
    )


def _as_json(
    documents: list[Document], names: list[str], traced: tuple[History, ...], notices: tuple[Notice, ...]
) -> dict[str, Any]:
    return {
        "notices": [asdict(notice) for notice in notices],
        "revisions": [
            {"name": name, "title": d.title, "date": d.date} for name, d in zip(names, documents, strict=True)
        ],
        "paragraphs": [
            as_json.paragraph(documents[-1].paragraphs[h.index])
            | {
                "confidence": round(h.confidence, 3),
                "states": [
                    {
                        "revision": state.revision,
                        "kinds": [kind.value for kind in state.kinds],
                        "paragraphs": [
                            as_json.paragraph(documents[state.revision].paragraphs[i])
                            for i in state.paragraphs
                        ],
                    }
                    for state in h.states
                ],
            }
            for h in traced
        ],
    }
