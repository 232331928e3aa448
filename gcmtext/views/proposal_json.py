"""Proposals as JSON, as they are stored and handed to programs, and back."""

from dataclasses import fields
from typing import Any

from gcmtext.text.model import Kind
from gcmtext.text.proposals import Proposal, ProposalKind

_LEFT_OPEN = {field.name: field.default for field in fields(Proposal)}


def proposal_to_json(proposal: Proposal) -> dict[str, Any]:
    """Return what a proposal says; what it leaves open is left out."""
    said = {field.name: getattr(proposal, field.name) for field in fields(Proposal)}
    return {name: value for name, value in said.items() if value != _LEFT_OPEN[name]}


def proposal_from_json(said: dict[str, Any]) -> Proposal:
    """Return the proposal that `proposal_to_json` has written."""
    named = dict(said)
    for name in ("parts", "bases", "span"):
        if named.get(name) is not None:
            named[name] = tuple(named[name])
    if named.get("paragraph_kind") is not None:
        named["paragraph_kind"] = Kind(named["paragraph_kind"])
    return Proposal(**named | {"kind": ProposalKind(named["kind"])})
