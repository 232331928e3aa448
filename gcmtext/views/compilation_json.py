"""A compilation as JSON, in the shape that docs/commands.md names, and a delegation's text back from it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from gcmtext.errors import InvalidText, NotFound
from gcmtext.text.collate import Addition, Collated, Compilation, Piece
from gcmtext.text.collate.reading import texts_of
from gcmtext.text.collate.units import readings_in_order
from gcmtext.text.proposals import ProposalKind

Json: TypeAlias = dict[str, Any]

_LEAVES_NOTHING = frozenset({"delete", "move", "merged"})


def compilation(c: Compilation) -> Json:
    """Return a compilation: for each paragraph its units with their readings, and what is put around it.

    In "units" those who would delete, move, split, merge or replace a whole paragraph have their readings
    beside those of all others, so that each text can be read from the units alone; where there are such,
    "words" has the units of the others word by word.
    """
    return {
        "title": c.base.title,
        "language": c.base.language,
        "revision": c.base.revision,
        "delegations": list(c.delegations),
        "paragraphs": [
            {
                "index": p.base.index,
                "kind": p.base.kind.value,
                "label": p.base.label,
                "level": p.base.level,
                "base": p.base.text,
                **_units(p),
                "inserted": [
                    *_parts(p),
                    *(_inserted(c.additions[0], "before") if p.base.index == 0 else ()),
                    *_inserted(c.additions[p.base.index + 1], "after"),
                ],
                "marks": [
                    {
                        "kind": m.kind.value,
                        "span": m.span and list(m.span),
                        "delegations": list(m.delegations),
                    }
                    for m in p.marks
                ],
                "said": [asdict(said) for said in p.said],
                "conflict": p.is_conflict,
            }
            for p in c.paragraphs
        ],
        "notices": [asdict(notice) for notice in c.notices],
    }


def read_back_json(given: object, delegation: str) -> list[Json]:
    """Return the paragraphs (label, kind, level, text) of a delegation's text from a compilation in JSON.

    Raises NotFound if the delegation is not in it, InvalidText if it is no compilation.
    """
    if not isinstance(given, dict) or not isinstance(given.get("paragraphs"), list):
        raise InvalidText("This is no compilation: give the file that `gcmtext compile --json` printed.")
    names = [str(name) for name in given.get("delegations", [])]
    if delegation not in names:
        raise NotFound(
            f"There is no “{delegation}” in the compilation; "
            f"its delegations are: {', '.join(names) or 'none'}."
        )
    try:
        return list(_own(given["paragraphs"], delegation))
    except (KeyError, TypeError, AttributeError):
        raise InvalidText(
            "This compilation is damaged: print it again with `gcmtext compile --json`."
        ) from None


def _own(paragraphs: list[Json], delegation: str) -> Iterator[Json]:
    for p in paragraphs:
        put = [i for i in p["inserted"] if delegation in i["delegations"]]
        yield from (_paragraph(i) for i in put if i["place"] == "before")
        reading = _reading(p["units"], delegation)
        if reading is not None:
            yield {**_paragraph(p), "text": reading}
        yield from (_paragraph(i) for i in put if i["place"] == "after")


def _paragraph(given: Mapping[str, Any]) -> Json:
    return {
        "label": str(given.get("label", "")),
        "kind": str(given.get("kind", "text")),
        "level": int(given.get("level", 0)),
        "text": str(given.get("text", "")),
    }


def _reading(units: list[str | Json], delegation: str) -> str | None:
    """Return the words of a paragraph as a delegation wants them, None where it wants none in its place."""
    words = []
    for unit in units:
        if isinstance(unit, str):
            words.append(unit)
            continue
        own = next((r for r in unit["readings"] if delegation in r["delegations"]), None)
        if own is not None and own.get("kind") in _LEAVES_NOTHING:
            return None
        words.append(unit["base"] if own is None else own["text"])
    return "".join(words)


def _units(p: Collated) -> Json:
    if not p.wholes:
        return {"units": [_piece(piece) for piece in p.pieces]}
    readings: list[Json] = []
    for whole in p.wholes:
        first = whole.parts[0] if whole.parts else ""
        kind = "merged" if whole.kind is ProposalKind.MERGE and not whole.parts else whole.kind.value
        reading: Json = {"text": first, "delegations": list(whole.delegations), "kind": kind}
        if whole.to is not None:
            reading["to"] = whole.to
        if whole.bases:
            reading |= {"bases": list(whole.bases), "at": whole.at}
        readings.append(reading)
    readings += [
        {"text": r.text, "delegations": list(r.delegations), "kind": "change"}
        for r in readings_in_order(texts_of(p))
    ]
    units: Json = {"units": [{"base": p.base.text, "readings": readings}]}
    if p.units:
        units["words"] = [_piece(piece) for piece in p.pieces]
    return units


def _piece(piece: Piece) -> str | Json:
    if isinstance(piece, str):
        return piece
    return {
        "base": piece.base,
        "readings": [{"text": r.text, "delegations": list(r.delegations)} for r in piece.readings],
    }


def _parts(p: Collated) -> Iterator[Json]:
    """Yield the further parts of splits: they stand right after the first."""
    for whole in p.wholes:
        for part in whole.parts[1:]:
            yield {
                "text": part,
                "delegations": list(whole.delegations),
                "place": "after",
                "label": "",
                "kind": p.base.kind.value,
                "level": p.base.level,
                "part_of": p.base.index,
            }


def _inserted(additions: tuple[Addition, ...], place: str) -> Iterator[Json]:
    for group, addition in enumerate(additions):
        for version in addition.versions:
            own = version.paragraph
            found: Json = {
                "text": version.text,
                "delegations": list(version.delegations),
                "place": place,
                "label": own.label,
                "kind": own.kind.value,
                "level": own.level,
                "group": group,
            }
            if version.moved_from is not None:
                found["moved_from"] = version.moved_from
            yield found
