"""The words of the generated texts, read from vocabulary.yaml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Vocabulary:
    """What vocabulary.yaml holds; its comments say what each list is for."""

    themes: tuple[tuple[str, tuple[str, ...]], ...]
    verbs: tuple[str, ...]
    verb_weights: tuple[int, ...]
    openings_preambular: tuple[str, ...]
    openings_numbered: tuple[str, ...]
    shared: tuple[str, ...]
    qualities: tuple[str, ...]
    actors: tuple[str, ...]
    doing: tuple[str, ...]
    instruments: tuple[str, ...]
    insertions: tuple[str, ...]
    heads: tuple[str, ...]
    short_heads: tuple[str, ...]
    headings: tuple[str, ...]
    tails: tuple[str, ...]
    chapeau: str
    synonyms: tuple[tuple[str, ...], ...]
    unrelated: tuple[str, ...]


def _load() -> Vocabulary:
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    themes = tuple((name, tuple(nouns)) for name, nouns in data.pop("themes").items())
    verbs = data.pop("verbs")
    chapeau = data.pop("chapeau")
    synonyms = tuple(tuple(group) for group in data.pop("synonyms"))
    lists = {key: tuple(value) for key, value in data.items()}
    return Vocabulary(
        themes=themes,
        verbs=tuple(verbs),
        verb_weights=tuple(verbs.values()),
        chapeau=chapeau,
        synonyms=synonyms,
        **lists,
    )


WORDS = _load()
