"""One line of a list, by the grammar of a language: commands, or the place for those of later lines."""

import re
from dataclasses import replace

from gcmtext.text.instructions.commands import Command, Pointed
from gcmtext.text.instructions.grammar import Grammar
from gcmtext.text.instructions.place import Said, said
from gcmtext.text.instructions.quotations import Quoted, unquoted

_END = re.compile(r"[\s.;,]*$")


def parse(
    quoted: Quoted, grammar: Grammar, context: Said | None
) -> tuple[Said | None, tuple[Command, ...]] | None:
    """Return the commands of a line, or the place that it announces for those after it; None for neither."""
    start = 0
    if polite := grammar.opening.match(quoted.said):
        start = polite.end()
    if found := _sentence(quoted, start, grammar, context, ""):
        return None, tuple(found)
    if (lead := grammar.lead.match(quoted.said, start)) and _END.match(quoted.said, lead.end()):
        place = said(quoted.place(lead["place"]), grammar).within(context)
        return (place, ()) if place.is_whole and not quoted.quotations else None
    return None


def _sentence(
    quoted: Quoted, at: int, grammar: Grammar, context: Said | None, before: str
) -> list[Command] | None:
    """Return the commands from a place on, behind any number of places that are said before the first."""
    if found := _clauses(quoted, at, grammar, context, before):
        return found
    place: Said | None = None
    while lead := grammar.lead.match(quoted.said, at):
        place = said(quoted.place(lead["place"]), grammar).within(place or context)
        at = lead.end()
        if polite := grammar.opening.match(quoted.said, at):
            at = polite.end()
        if found := _clauses(quoted, at, grammar, place, before):
            return [replace(found[0], place=found[0].place.agreeing(place)), *found[1:]]
    return None


def _clauses(
    quoted: Quoted, at: int, grammar: Grammar, context: Said | None, before: str
) -> list[Command] | None:
    """Return the commands from a place on, to the end of the line; None if they cannot be read to the end."""
    for action, pattern in grammar.patterns:
        if action.startswith("+") and action[1:] != before.partition("-")[0]:
            continue
        match = pattern.match(quoted.said, at)
        if not match:
            continue
        action = action.removeprefix("+")
        command = _command(quoted, match, action, grammar, context)
        end = len(quoted.said[: match.end()].rstrip(" ,"))
        if _END.match(quoted.said, end):
            return [command]
        joint = grammar.joint.match(quoted.said, end)
        if not joint or command.awaits:
            continue
        # What follows on a line is about the same paragraph unless it names another.
        inherited = command.place if command.place.is_whole else context
        if inherited:
            inherited = replace(inherited, sentence=0)
        rest = _sentence(quoted, joint.end(), grammar, inherited, action)
        if rest:
            return [command, *rest]
    return None


def _command(
    quoted: Quoted, match: re.Match[str], action: str, grammar: Grammar, context: Said | None
) -> Command:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    places = [
        said(quoted.place(value), grammar)
        for name, value in groups.items()
        if name.startswith(("IN", "PLACE"))
    ]
    place = Said()
    for one in reversed(places):
        place = one.within(place if place != Said() else None)
    to = Said()
    if "TO" in groups:
        to = said(quoted.place(groups["TO"]), grammar)
        place = place.within(context if context or not to.is_whole else to, beside=context is None)
        to = to.within(place, beside=True)
    else:
        place = place.within(context)
    if "WITH" in groups:
        phrase = quoted.place(groups["WITH"])
        to = said(phrase, grammar)
        if not to.is_whole and not to.subs:
            to = replace(place, phrase=phrase, operative=_number(phrase), subs=())
            if place.preambular:
                to = replace(to, preambular=to.operative, operative="")
        else:
            to = to.within(place, beside=True)
    if "LABEL" in groups:
        to = said(quoted.place(groups["LABEL"]), grammar)
    name = "AT" if "AT" in groups else "OLD"
    old = None
    if name in groups:
        ordinal = groups.get(f"{name}_which") or groups.get(f"{name}_after") or ""
        which = grammar.ordinals.get(ordinal.casefold(), 0)
        old = Pointed(quoted.words(groups[name]), which, f"{name}_every" in groups)
    texts: tuple[str, ...] = ()
    if "TEXT" in groups:
        texts = (quoted.words(groups["TEXT"]),)
    elif groups.get("REST", "").strip():
        texts = (unquoted(quoted.tail(match.start("REST"))),)
    return Command(
        line=quoted.line,
        action=action,
        place=place,
        to=to,
        old=old,
        new=quoted.words(groups["NEW"]) if "NEW" in groups else "",
        texts=texts,
        label=quoted.place(groups.get("LABEL", "")),
        awaits=not texts and ("BELOW" in groups or "REST" in groups),
        many="MANY" in groups,
    )


def _number(phrase: str) -> str:
    digits = re.search(r"\d{1,3}(?:\s?(?:bis|ter|quater|alt)\b)?", phrase, re.I)
    return digits[0].replace(" ", "-").casefold() if digits else ""
