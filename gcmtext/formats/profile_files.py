"""The profiles that come with the program, and those of others, from their files."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gcmtext.errors import InvalidText, NotFound
from gcmtext.resources import profiles_dir
from gcmtext.text.profiles import Profile, read_profile

_WORDS = "words"
_SUFFIX = ".yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # that in C is not everywhere


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the program."""
    found = (path.stem for path in profiles_dir().glob(f"*{_SUFFIX}"))
    return tuple(sorted(name for name in found if name != _WORDS))


@cache
def load_profile(name: str) -> Profile:
    """Return a profile by its name, or by the path of its file.

    Raises NotFound if there is none, InvalidText if the file holds none.
    """
    path = profiles_dir() / f"{name}{_SUFFIX}" if name in profile_names() else Path(name)
    if not path.is_file():
        names = ", ".join(profile_names())
        raise NotFound(f"There is no profile “{name}”: name one of {names}, or the file of your own.")
    given = _parsed(path)
    if isinstance(given, dict):
        words = _parsed(profiles_dir() / f"{_WORDS}{_SUFFIX}")
        own = given.get("words") or {}
        given["words"] = {key: {**words.get(key, {}), **own.get(key, {})} for key in {**words, **own}}
    return read_profile(given, path.name)


def _parsed(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - a safe one
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise InvalidText(f"{path.name} cannot be read as YAML: {error}") from None
