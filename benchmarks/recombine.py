"""A second family of texts with a known lineage, made of real resolutions instead of by a grammar.

The old text is a row of adopted resolutions; the new one is made from it by edits that take their words from
other resolutions and care for no grammar: runs of words are cut out, put in and spliced, paragraphs are
broken near their middle or run together, whole resolutions change places. So an aligner that was tuned to the
sentences and edits of generate.py has no advantage here.
"""

import gzip
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.case import Case, case_of
from benchmarks.generate import AMOUNTS, Profile
from gcmtext.text.model import Kind, Paragraph

Step = tuple[tuple[int, ...], tuple[str, ...]]
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def recombine(seed: int, profile: Profile, corpus: Path, language: str = "en", size: int = 300) -> Case:
    """Return a case of about `size` paragraphs from the resolutions of the corpus, the same each time."""
    rng = random.Random(f"{seed} {profile} {language} {size}")
    resolutions = _resolutions(corpus, language)
    chosen = rng.sample(range(len(resolutions)), len(resolutions))
    sections: list[list[Paragraph]] = []
    while sum(map(len, sections)) < size and len(chosen) > 4:
        sections.append(list(resolutions[chosen.pop()][: size // 3]))
    spare = [p for at in chosen for p in resolutions[at] if len(p.text) > 60]
    return _Recombiner(rng, sections, spare, profile, blanks=language != "zh").case()


class _Recombiner:
    def __init__(
        self,
        rng: random.Random,
        sections: list[list[Paragraph]],
        spare: list[Paragraph],
        profile: Profile,
        blanks: bool,
    ) -> None:
        self.rng, self.spare, self.blanks = rng, spare, blanks
        self.amounts = AMOUNTS[profile]
        self.old: list[Paragraph] = []
        self.sections: list[list[tuple[Paragraph, Step]]] = []
        for section in sections:
            self.sections.append([])
            for p in section:
                at = len(self.old)
                self.old.append(Paragraph(at, p.kind, p.label, p.level, p.text))
                self.sections[-1].append((self.old[at], ((at,), ())))
        self.known = {shingle for p in self.old for shingle in self._shingles(p.text)}

    def case(self) -> Case:
        """Apply all edits and return the case."""
        a, rng = self.amounts, self.rng
        fates = {
            "edited": a.edited, "rewritten": a.rewritten, "split": a.split, "merged": a.merged,
            "deleted": a.deleted, "replaced": a.replaced, "moved within": a.moved_within + a.promoted,
            "moved across": a.moved_across,
        }  # fmt: skip
        names, weights = [*fates, "kept"], [*fates.values(), max(0.0, 1 - sum(fates.values()))]
        moving: list[tuple[Paragraph, Step]] = []
        result: list[list[tuple[Paragraph, Step]]] = []
        for section in self.sections:
            made: list[tuple[Paragraph, Step]] = []
            within: list[tuple[Paragraph, Step]] = []
            queue = list(section)
            while queue:
                paragraph, step = queue.pop(0)
                fate = rng.choices(names, weights)[0] if len(paragraph.text) > 60 else "kept"
                if fate == "merged" and not (queue and queue[0][0].kind is paragraph.kind):
                    fate = "edited"
                if fate == "merged":
                    other, after = queue.pop(0)
                    made.append(self._merged(paragraph, step, other, after))
                elif fate == "split":
                    made.extend(self._split(paragraph, step))
                elif fate == "moved within":
                    within.append((self._edited(paragraph, a.strength / 2), (step[0], (fate,))))
                elif fate == "moved across":
                    moving.append((self._edited(paragraph, a.strength / 2), (step[0], (fate,))))
                elif fate == "rewritten":
                    made.append((self._rewritten(paragraph), (step[0], (fate,))))
                elif fate == "edited":
                    made.append((self._edited(paragraph, a.strength), (step[0], (fate,))))
                elif fate == "replaced":
                    made.append((self._other(paragraph.kind), ((), (fate,))))
                elif fate == "kept":
                    made.append((paragraph, step))
            for item in within:
                made.insert(rng.randint(0, len(made)), item)
            for _ in range(round(a.inserted * len(section) + rng.random() / 2)):
                kind = rng.choice((Kind.NUMBERED, Kind.NUMBERED, Kind.PREAMBULAR))
                made.insert(rng.randint(0, len(made)), (self._other(kind), ((), ("inserted",))))
            result.append(made)
        for item in moving:
            target = rng.choice(result)
            target.insert(rng.randint(0, len(target)), item)
        for _ in range(int(a.blocks_moved + rng.random())):
            start, end = rng.randrange(len(result)), rng.randrange(len(result))
            block = result.pop(start)
            result.insert(
                end,
                [(p, (s, (*done, "moved in a block") if start != end else done)) for p, (s, done) in block],
            )
        flat = [item for section in result for item in section]
        new = tuple(Paragraph(j, p.kind, p.label, p.level, p.text) for j, (p, _) in enumerate(flat))
        return case_of(tuple(self.old), new, [step for _, step in flat])

    # ---- edits

    def _edited(self, paragraph: Paragraph, strength: float) -> Paragraph:
        words = self._words(paragraph.text)
        budget = max(1, round(strength * self.rng.uniform(0.3, 1.7) * len(words)))
        while budget > 0:
            run = self.rng.randint(1, min(budget, 8))
            at = self.rng.randint(0, max(0, len(words) - run))
            act = self.rng.random()
            if act < 0.35:
                words[at:at] = self._run(run)
            elif act < 0.6 and len(words) > 3 * run:
                del words[at : at + run]
            else:
                words[at : at + run] = self._run(run)
            budget -= run
        return self._with(paragraph, words)

    def _rewritten(self, paragraph: Paragraph) -> Paragraph:
        """Keep between three and five words in ten, in runs, in an order of their own; the rest is new."""
        words = self._words(paragraph.text)
        runs = [words[at : at + 4] for at in range(0, len(words), 4)]
        keep = sorted(
            self.rng.sample(range(len(runs)), max(1, round(len(runs) * self.rng.uniform(0.35, 0.5))))
        )
        if self.rng.random() < 0.3:
            cut = self.rng.randrange(len(keep))
            keep = keep[cut:] + keep[:cut]
        made: list[str] = []
        for at in keep:
            made += runs[at] + self._run(self.rng.randint(2, 8))
        return self._with(paragraph, made)

    def _split(self, paragraph: Paragraph, step: Step) -> list[tuple[Paragraph, Step]]:
        words = self._words(paragraph.text)
        middle = round(len(words) * self.rng.uniform(0.35, 0.65))
        halves = words[:middle], self._run(self.rng.randint(1, 3)) + words[middle:]
        return [
            (self._edited(self._with(paragraph, half), self.amounts.strength / 2), (step[0], ("split",)))
            for half in halves
        ]

    def _merged(self, one: Paragraph, step: Step, two: Paragraph, after: Step) -> tuple[Paragraph, Step]:
        words = self._words(one.text) + self._run(self.rng.randint(0, 2)) + self._words(two.text)
        joined = self._edited(self._with(one, words), self.amounts.strength / 2)
        return joined, (step[0] + after[0], ("merged",))

    def _other(self, kind: Kind) -> Paragraph:
        """Return a paragraph that is new: not from a resolution that follows one of the old text."""
        while True:
            found = self.spare.pop(self.rng.randrange(len(self.spare)))
            shingles = self._shingles(found.text)
            if len(shingles & self.known) <= 0.2 * len(shingles):
                return Paragraph(0, kind, found.label, found.level, found.text)

    # ---- words

    def _words(self, text: str) -> list[str]:
        return text.split(" ") if self.blanks else list(text)

    def _shingles(self, text: str) -> set[tuple[str, ...]]:
        words = self._words(text)
        return {tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))}

    def _with(self, paragraph: Paragraph, words: list[str]) -> Paragraph:
        text = (" " if self.blanks else "").join(words).strip()
        return Paragraph(paragraph.index, paragraph.kind, paragraph.label, paragraph.level, text)

    def _run(self, length: int) -> list[str]:
        words = self._words(self.rng.choice(self.spare).text)
        at = self.rng.randint(0, max(0, len(words) - length))
        return words[at : at + length]


@cache
def _resolutions(corpus: Path, language: str) -> tuple[tuple[Paragraph, ...], ...]:
    return tuple(paragraphs_of(document["paras"]) for document in read_lines(corpus, language))


def read_lines(corpus: Path, language: str) -> list[dict[str, Any]]:
    """Return the resolutions of the corpus in that language; there are many more in English."""
    path = corpus / ("search/ga_en.jsonl.gz" if language == "en" else f"parallel6/ga_{language}.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def paragraphs_of(rows: list[dict[str, str]]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of one resolution of the corpus, indices as there."""
    return tuple(
        Paragraph(at, _kind(row), row["n"].rstrip("."), int(row["n"].startswith("(")), row["t"])
        for at, row in enumerate(rows)
    )


def _kind(row: dict[str, str]) -> Kind:
    if row["k"] == "h":
        return Kind.HEADING
    if row["n"].startswith("("):
        return Kind.SUBPARAGRAPH
    if row["s"] == "preamble":
        return Kind.PREAMBULAR
    return Kind.NUMBERED if row["n"][:1].isdigit() else Kind.TEXT
