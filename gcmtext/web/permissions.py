"""The table of permissions, as it is."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from gcmtext.services.actor import Role
from gcmtext.services.permissions import RULES, SEES, Action, Rule
from gcmtext.web.access import needs

blueprint = Blueprint("permissions", __name__)

# From those who may most to those who may least.
ROLES = tuple(Role)


@blueprint.get("/permissions")
@needs(Action.PERMISSIONS_READ)
def show() -> ResponseReturnValue:
    """Show who may do what, and to whom what is known."""
    groups: dict[str, list[tuple[Action, Rule]]] = {}
    for action, rule in RULES.items():
        groups.setdefault(action.value.partition(".")[0], []).append((action, rule))
    return render_template(
        "permissions/show.html", groups=groups, sees=SEES, roles=ROLES, cell=_cell, seen=_seen
    )


@blueprint.get("/permissions.json")
@needs(Action.PERMISSIONS_READ)
def show_json() -> ResponseReturnValue:
    """Return the table."""
    return jsonify(
        actions=[
            {
                "action": action,
                "says": rule.says,
                "roles": [role for role in ROLES if role in rule.any],
                "for_own_delegation": [role for role in ROLES if role in rule.own],
                "only": sorted(rule.when),
            }
            for action, rule in RULES.items()
        ],
        sees={visibility: [role for role in ROLES if role in roles] for visibility, roles in SEES.items()},
    )


def _cell(rule: Rule, role: Role) -> str:
    """Return "any", "own" or "": whether a role may, for its own delegation, or not at all."""
    if rule.any & _with_wider(role):
        return "any"
    return "own" if rule.own & _with_wider(role) else ""


def _seen(roles: frozenset[Role], role: Role) -> bool:
    """Return whether what these roles see is seen by one."""
    return bool(roles & _with_wider(role))


def _with_wider(role: Role) -> frozenset[Role]:
    """Return a role with what whoever has it is as well: a person, unless the public, and everybody."""
    return frozenset({role, Role.PUBLIC} | ({Role.PERSON} if role is not Role.PUBLIC else set()))
