"""Where the files are that come with the program: page templates, demonstration drafts, style sheet, script.

In a checkout templates/ and drafts/ stand beside the package, where people look for them; in an installed
wheel they are inside it, in _shipped/.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def templates_dir() -> Path:
    """Return the folder of the page templates."""
    return _shipped("templates")


def drafts_dir() -> Path:
    """Return the folder of the demonstration negotiation."""
    return _shipped("drafts")


def static_dir() -> Path:
    """Return the folder of the style sheet and the script of the pages."""
    return _PACKAGE / "static"


def profiles_dir() -> Path:
    """Return the folder of the profiles of compilations."""
    return _PACKAGE / "profiles"


def _shipped(name: str) -> Path:
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
