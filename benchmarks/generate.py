"""Texts in UN style with a known lineage: the old one, the new one, and what became of every paragraph.

The old text comes from a grammar (vocabulary.yaml); the new one is made from it by edits that note, for every
new paragraph, the old paragraphs it came from. So the links are true by construction. By definition here: a
copy of a paragraph that still stands elsewhere is new (inserted), however much it shares with its model; of a
paragraph replaced in place by an unrelated one, the first is deleted and the other inserted.
"""

import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

from benchmarks.case import Case, case_of
from benchmarks.vocabulary import WORDS
from gcmtext.text.model import Kind, Paragraph

Profile = Literal["light", "heavy", "brutal"]
PROFILES: tuple[Profile, ...] = ("light", "heavy", "brutal")
LANGUAGES = ("en", "ar", "ru", "zh")


@dataclass(frozen=True)
class Amounts:
    """How much of a text each kind of edit touches: shares of its body paragraphs, or counts (blocks)."""

    edited: float
    rewritten: float
    moved_within: float
    moved_across: float
    swapped: float
    split: float
    merged: float
    inserted: float
    copied: float
    deleted: float
    replaced: float
    promoted: float
    blocks_moved: float
    blocks_deleted: float
    blocks_inserted: float
    strength: float  # share of the words that an ordinary edit touches


AMOUNTS: dict[Profile, Amounts] = {
    "light": Amounts(
        edited=0.25, rewritten=0.01, moved_within=0.015, moved_across=0.008, swapped=0.006, split=0.012,
        merged=0.012, inserted=0.02, copied=0.004, deleted=0.015, replaced=0.004, promoted=0.004,
        blocks_moved=0.2, blocks_deleted=0.0, blocks_inserted=0.0, strength=0.08,
    ),
    "heavy": Amounts(
        edited=0.5, rewritten=0.08, moved_within=0.04, moved_across=0.03, swapped=0.015, split=0.04,
        merged=0.04, inserted=0.05, copied=0.012, deleted=0.05, replaced=0.015, promoted=0.01,
        blocks_moved=1.0, blocks_deleted=0.5, blocks_inserted=0.3, strength=0.16,
    ),
    "brutal": Amounts(
        edited=0.6, rewritten=0.14, moved_within=0.08, moved_across=0.06, swapped=0.02, split=0.08,
        merged=0.08, inserted=0.1, copied=0.02, deleted=0.09, replaced=0.03, promoted=0.02,
        blocks_moved=3.0, blocks_deleted=1.0, blocks_inserted=1.0, strength=0.2,
    ),
}  # fmt: skip


@dataclass
class Unit:
    """A paragraph while it is being edited: its clauses, and where it came from."""

    kind: Kind
    level: int
    clauses: list[str]
    theme: int = -1
    sources: tuple[int, ...] = ()
    edits: list[str] = field(default_factory=list)
    label: str = ""

    @property
    def text(self) -> str:
        joined = ", ".join(self.clauses)
        return joined[:1].upper() + joined[1:] + self._end()

    def _end(self) -> str:
        if self.kind in (Kind.TITLE, Kind.HEADING, Kind.CHAPEAU):
            return ""
        return {Kind.SUBPARAGRAPH: ";", Kind.PREAMBULAR: ","}.get(self.kind, ".")


Section = list[Unit]


def generate(seed: int, profile: Profile, scale: int = 1, language: str = "en") -> Case:
    """Return a case of about 296 paragraphs and 13,900 words times `scale`, the same for the same arguments.

    Where the language is not English, every word is replaced by a made-up word in the script of that language
    ("zh" without blanks between words), the same one everywhere: the lineage stays what it was.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no generated texts in {language!r}: choose one of {', '.join(LANGUAGES)}")
    rng = random.Random(f"{seed} {profile} {scale}")
    sections = _old_text(rng, scale)
    old = _numbered([unit for section in sections for unit in section])
    for index, unit in enumerate(old):
        unit.sources = (index,)
    old_paragraphs = _paragraphs(old)
    new = Editor(rng, sections, AMOUNTS[profile]).edit()
    new_paragraphs = _paragraphs(_numbered(new, keep_labels=seed % 2 == 0))
    if language != "en":
        old_paragraphs = tuple(_in_script(p, language) for p in old_paragraphs)
        new_paragraphs = tuple(_in_script(p, language) for p in new_paragraphs)
    return case_of(old_paragraphs, new_paragraphs, [(u.sources, tuple(u.edits)) for u in new])


def _paragraphs(units: Iterable[Unit]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(index, u.kind, u.label, u.level, u.text) for index, u in enumerate(units))


# ---------------------------------------------------------------------------------------------- the old text


class Grammar:
    """Writes clauses from the vocabulary."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def fill(self, template: str, theme: int) -> str:
        rng = self.rng
        name, nouns = WORDS.themes[theme % len(WORDS.themes)]

        def slot(match: re.Match[str]) -> str:
            key = match.group(1)
            if key == "theme":
                if rng.random() < 0.15:
                    nouns_elsewhere = rng.choice(WORDS.themes)[1]
                    return rng.choice(nouns_elsewhere)
                return rng.choice(nouns)
            if key == "name":
                return name
            if key == "verb":
                return rng.choices(WORDS.verbs, WORDS.verb_weights)[0]
            if key == "lower":
                return rng.choices(WORDS.verbs, WORDS.verb_weights)[0].lower()
            pool = {
                "shared": WORDS.shared,
                "quality": WORDS.qualities,
                "actor": WORDS.actors,
                "doing": WORDS.doing,
                "instrument": WORDS.instruments,
            }[key]
            return rng.choice(pool)

        return re.sub(r"\{(\w+)\}", slot, template)

    def clauses(self, head: str, theme: int, length: int) -> list[str]:
        """Return a head and as many further clauses as make about `length` words."""
        found = [self.fill(head, theme)]
        tails = self.rng.sample(WORDS.tails, len(WORDS.tails))
        while tails and _word_count(found) < length:
            found.append(self.fill(tails.pop(), theme))
        return found

    def sub_paragraph(self, theme: int) -> Unit:
        if self.rng.random() < 0.06:
            return Unit(Kind.SUBPARAGRAPH, 1, [self.fill(self.rng.choice(WORDS.short_heads), theme)], theme)
        length = self.rng.randint(33, 76)
        return Unit(Kind.SUBPARAGRAPH, 1, self.clauses(self.rng.choice(WORDS.heads), theme, length), theme)

    def numbered(self, theme: int) -> Unit:
        head = self.rng.choice(WORDS.openings_numbered) + " {theme}, {quality} {shared} and {theme}"
        return Unit(Kind.NUMBERED, 0, self.clauses(head, theme, self.rng.randint(30, 75)), theme)

    def preambular(self, theme: int) -> Unit:
        head = self.rng.choice(WORDS.openings_preambular)
        if self.rng.random() < 0.4:
            session, number = self.rng.randint(55, 80), self.rng.randint(1, 310)
            head += f" its resolution {session}/{number} on {{theme}} and {{instrument}}"
        else:
            head += " {theme}, {instrument} and {shared}"
        return Unit(Kind.PREAMBULAR, 0, self.clauses(head, theme, self.rng.randint(15, 60)), theme)

    def objective(self, theme: int, size: int) -> Section:
        """Return a heading, a commitment, the chapeau and `size` sub-paragraphs."""
        heading = Unit(Kind.HEADING, 1, [self.fill(self.rng.choice(WORDS.headings), theme)], theme)
        commitment = self.clauses(
            "We commit to {quality} {theme} and {shared}", theme, self.rng.randint(45, 80)
        )
        return [
            heading,
            Unit(Kind.NUMBERED, 0, commitment, theme),
            Unit(Kind.CHAPEAU, 0, [WORDS.chapeau], theme),
            *(self.sub_paragraph(theme) for _ in range(size)),
        ]

    def footnote(self) -> Unit:
        session, number = self.rng.randint(55, 80), self.rng.randint(1, 310)
        text = self.rng.choice(
            (
                f"See resolution {session}/{number}, annex",
                f"A/{session}/{number}",
                f"United Nations, Treaty Series, vol. {number + 900}, No. {number * 31}",
            )
        )
        return Unit(Kind.FOOTNOTE, 0, [text])


def _old_text(rng: random.Random, scale: int) -> list[Section]:
    grammar = Grammar(rng)
    themes = [t % len(WORDS.themes) for t in range(23 * scale)]
    rng.shuffle(themes)
    total = 190 * scale
    sizes = [5 + rng.randint(0, 6) for _ in themes]
    while sum(sizes) != total:
        k = rng.randrange(len(sizes))
        step = 1 if sum(sizes) < total else -1
        if 4 <= sizes[k] + step <= 14:
            sizes[k] += step
    opening: Section = [
        Unit(Kind.TITLE, 0, ["Framework for cooperation on shared challenges"]),
        Unit(Kind.HEADING, 1, ["Preamble"]),
        *(grammar.preambular(rng.randrange(len(WORDS.themes))) for _ in range(8 * scale)),
        Unit(Kind.HEADING, 1, ["Our vision and guiding principles"]),
        *(grammar.numbered(rng.randrange(len(WORDS.themes))) for _ in range(10 * scale)),
        Unit(Kind.HEADING, 1, ["Objectives and commitments"]),
    ]
    closing: Section = [
        Unit(Kind.HEADING, 1, ["Implementation"]),
        *(grammar.numbered(rng.randrange(len(WORDS.themes))) for _ in range(5 * scale)),
        Unit(Kind.HEADING, 1, ["Follow-up and review"]),
        *(grammar.numbered(rng.randrange(len(WORDS.themes))) for _ in range(4 * scale)),
        *(grammar.footnote() for _ in range(4 * scale)),
    ]
    objectives = [grammar.objective(theme, size) for theme, size in zip(themes, sizes, strict=True)]
    return [opening, *objectives, closing]


# ------------------------------------------------------------------------------------------------- the edits


class Editor:
    """Makes the new text from the old one; every unit meets one fate, and may be edited besides."""

    def __init__(self, rng: random.Random, sections: list[Section], amounts: Amounts) -> None:
        self.rng = rng
        self.grammar = Grammar(rng)
        self.amounts = amounts
        self.sections = [[replace(u, clauses=list(u.clauses), edits=[]) for u in s] for s in sections]
        self.objectives = [s for s in self.sections if any(u.kind is Kind.CHAPEAU for u in s)]
        self.home = {id(unit): section for section in self.sections for unit in section}
        body = [
            unit
            for section in self.sections
            for unit in section
            if unit.kind in (Kind.SUBPARAGRAPH, Kind.NUMBERED, Kind.PREAMBULAR)
        ]
        rng.shuffle(body)
        self.body = len(body)
        self.free = {id(unit): unit for unit in body}

    def edit(self) -> list[Unit]:
        """Return the units of the new text in order."""
        amounts = self.amounts
        self._blocks_deleted()
        self._for_some(amounts.split, self._split, lambda u: len(u.clauses) >= 4)
        self._for_some(amounts.merged, self._merge, lambda u: u.kind is Kind.SUBPARAGRAPH)
        self._for_some(amounts.deleted, self._delete)
        self._for_some(amounts.replaced, self._replace)
        self._for_some(amounts.promoted, self._promote, lambda u: u.kind is Kind.SUBPARAGRAPH)
        self._for_some(amounts.swapped, self._swap, lambda u: u.kind is Kind.SUBPARAGRAPH)
        self._for_some(amounts.moved_within, self._move_within, lambda u: u.kind is Kind.SUBPARAGRAPH)
        self._for_some(amounts.moved_across, self._move_across, lambda u: u.kind is Kind.SUBPARAGRAPH)
        self._for_some(amounts.copied, self._copy, lambda u: len(u.clauses) > 2)
        self._for_some(amounts.rewritten, self._rewrite, lambda u: len(u.clauses) > 2)
        self._for_some(amounts.edited, self._edit)
        for _ in range(round(amounts.inserted * self.body)):
            self._insert()
        self._edit_headings()
        self._blocks_inserted()
        self._blocks_moved()
        return [unit for section in self.sections for unit in section]

    # ---- choosing

    def _for_some(
        self, share: float, act: Callable[[Unit], None], fits: Callable[[Unit], bool] = lambda _: True
    ) -> None:
        """Apply `act` to a share of the units that nothing has happened to yet."""
        wanted = _whole(self.rng, share * self.body)
        for unit in [u for u in self.free.values() if fits(u)]:
            if not wanted:
                return
            if id(unit) in self.free:
                del self.free[id(unit)]
                wanted -= 1
                act(unit)

    def _place(self, unit: Unit) -> tuple[Section, int]:
        section = self.home[id(unit)]
        return section, next(at for at, other in enumerate(section) if other is unit)

    # ---- fates

    def _delete(self, unit: Unit) -> None:
        section, at = self._place(unit)
        del section[at]

    def _replace(self, unit: Unit) -> None:
        section, at = self._place(unit)
        text = self.rng.choice(WORDS.unrelated).split(", ")
        section[at] = Unit(unit.kind, unit.level, [*text, f"item {self.rng.randint(2, 9000)}"], unit.theme)

    def _insert(self) -> None:
        """Put in a new paragraph; one in three borrows clauses from a paragraph that stays."""
        section = self.rng.choice(self.objectives)
        theme = section[0].theme >= 0
        unit = self.grammar.sub_paragraph(theme)
        models = [u for u in section if u.kind is Kind.SUBPARAGRAPH and len(u.clauses) > 3]
        if models and self.rng.random() < 0.33 and len(unit.clauses) > 2:
            unit.clauses[-1] = self.rng.choice(self.rng.choice(models).clauses[1:])
        at = self.rng.randint(3, len(section))
        section.insert(at, unit)

    def _copy(self, unit: Unit) -> None:
        """Leave the paragraph as it is and put in one that was modelled on it."""
        section, at = self._place(unit)
        copy = Unit(unit.kind, unit.level, list(unit.clauses), unit.theme)
        half = max(1, len(copy.clauses) // 2)
        fresh = self.grammar.clauses(self.rng.choice(WORDS.heads), unit.theme, 60)
        copy.clauses = [*fresh[:half], *copy.clauses[half:]]
        self._touch(copy, 0.15)
        section.insert(self.rng.randint(at + 1, len(section)), copy)

    def _promote(self, unit: Unit) -> None:
        """Make a sub-paragraph a numbered paragraph after the commitment of its objective."""
        section, at = self._place(unit)
        del section[at]
        unit.kind, unit.level = Kind.NUMBERED, 0
        unit.edits += ["promoted", "moved within"]
        self._touch(unit, self.amounts.strength / 2)
        section.insert(2, unit)

    def _swap(self, unit: Unit) -> None:
        section, at = self._place(unit)
        if at + 1 < len(section) and section[at + 1].kind is unit.kind and section[at + 1].sources:
            section[at], section[at + 1] = section[at + 1], section[at]
            unit.edits.append("swapped")

    def _move_within(self, unit: Unit) -> None:
        section, at = self._place(unit)
        del section[at]
        places = [k for k in range(3, len(section) + 1) if abs(k - at) > 1]
        if places:
            section.insert(self.rng.choice(places), unit)
            unit.edits.append("moved within")
            if self.rng.random() < 0.5:
                self._touch(unit, self.amounts.strength)
        else:
            section.insert(at, unit)

    def _move_across(self, unit: Unit) -> None:
        section, at = self._place(unit)
        target = section
        while target is section:
            target = self.rng.choice(self.objectives)
        del section[at]
        self.home[id(unit)] = target
        target.insert(self.rng.randint(3, len(target)), unit)
        unit.edits.append("moved across")
        if self.rng.random() < 0.5:
            self._touch(unit, self.amounts.strength)

    def _split(self, unit: Unit) -> None:
        """Part a paragraph in two or three, each part with an opening of its own, and edit the parts."""
        section, at = self._place(unit)
        last = len(unit.clauses) - 2
        if last >= 4 and self.rng.random() < 0.3:
            first = self.rng.randint(2, last - 2)
            cuts = [first, self.rng.randint(first + 2, last)]
        else:
            cuts = [self.rng.randint(2, last)]
        bounds = [0, *cuts, len(unit.clauses)]
        parts: Section = []
        for n, (start, stop) in enumerate(pairwise(bounds)):
            clauses = unit.clauses[start:stop]
            if n:
                opening = self.rng.choices(WORDS.verbs, WORDS.verb_weights)[0]
                clauses = [f"{opening} {self.rng.choice(WORDS.shared)} {clauses[0]}", *clauses[1:]]
            part = Unit(unit.kind, unit.level, clauses, unit.theme, unit.sources, ["split"])
            part.label = unit.label if n == 0 else ""
            self._touch(part, self.amounts.strength / 2)
            parts.append(part)
        section[at : at + 1] = parts
        if self.amounts.strength > 0.2 and self.rng.random() < 0.15:
            away = section.pop(at + len(parts) - 1)
            section.insert(self.rng.randint(min(3, len(section)), len(section)), away)

    def _merge(self, unit: Unit) -> None:
        """Join a paragraph with a later one of its objective, mostly the next, and edit the whole."""
        section, at = self._place(unit)
        later = [k for k, u in enumerate(section) if k > at and id(u) in self.free and u.kind is unit.kind]
        if not later:
            return
        other = section[later[0] if self.rng.random() < 0.8 else self.rng.choice(later)]
        del self.free[id(other)]
        if self.rng.random() < self.amounts.rewritten:
            self._shake(other)
        else:
            self._touch(other, self.amounts.strength)
        self._touch(unit, self.amounts.strength)
        clauses = [
            *unit.clauses,
            "and " + other.clauses[0][:1].lower() + other.clauses[0][1:],
            *other.clauses[1:],
        ]
        if len(unit.clauses) > 3 and self.rng.random() < 0.4:
            del clauses[self.rng.randrange(2, len(unit.clauses))]
        merged = Unit(unit.kind, unit.level, clauses, unit.theme, unit.sources + other.sources, ["merged"])
        merged.label = unit.label
        section[at] = merged
        del section[next(k for k, u in enumerate(section) if u is other)]

    def _rewrite(self, unit: Unit) -> None:
        self._shake(unit)
        unit.edits.append("rewritten")
        if self.rng.random() < 0.15 and unit.kind is Kind.SUBPARAGRAPH:
            self._move_within(unit)

    def _edit(self, unit: Unit) -> None:
        self._touch(unit, self.amounts.strength * self.rng.uniform(0.3, 1.7))

    def _edit_headings(self) -> None:
        for section in self.sections:
            if (
                section
                and section[0].kind is Kind.HEADING
                and section[0].theme >= 0
                and self.rng.random() < (self.amounts.edited / 2)
            ):
                self._synonyms(section[0], 0.4)
                section[0].edits.append("edited")

    # ---- blocks

    def _blocks_deleted(self) -> None:
        for _ in range(_whole(self.rng, self.amounts.blocks_deleted)):
            gone = self.objectives.pop(self.rng.randrange(len(self.objectives)))
            del self.sections[self._at(gone)]
            for unit in gone:
                self.free.pop(id(unit), None)

    def _blocks_inserted(self) -> None:
        for _ in range(_whole(self.rng, self.amounts.blocks_inserted)):
            theme = self.rng.randrange(len(WORDS.themes))
            block = self.grammar.objective(theme, self.rng.randint(5, 9))
            self.sections.insert(self._at(self.rng.choice(self.objectives)), block)

    def _blocks_moved(self) -> None:
        for _ in range(_whole(self.rng, self.amounts.blocks_moved)):
            block, target = self.rng.sample(self.objectives, 2)
            places = self._at(block), self._at(target)
            self.sections.insert(places[1], self.sections.pop(places[0]))
            for unit in block:
                if unit.sources:
                    unit.edits.append("moved in a block")

    def _at(self, section: Section) -> int:
        return next(k for k, other in enumerate(self.sections) if other is section)

    # ---- words

    def _touch(self, unit: Unit, strength: float) -> None:
        """Edit about `strength` of the words by the ordinary means of a negotiation."""
        before = _bag(unit.text)
        wanted = max(1, round(strength * _word_count(unit.clauses)))
        tools = (
            *(self._synonym, self._synonym, self._synonym, self._other_noun),
            *(self._insert_words, self._insert_words, self._delete_words),
            *(self._insert_clause, self._delete_clause, self._reorder, self._brackets),
        )
        for _ in range(40):
            if _words_changed(before, unit.text) >= wanted:
                break
            self.rng.choice(tools)(unit)
        unit.edits.append("edited")

    def _shake(self, unit: Unit) -> None:
        """Rewrite so that half of the words or more change and at least three in ten stay."""
        tools = (self._other_noun, self._delete_words, self._synonym, self._insert_words, self._delete_clause)
        kept, before = list(unit.clauses), _bag(" ".join(unit.clauses))
        for attempt in range(20):
            unit.clauses = list(kept)
            self._synonyms(unit, 0.7)
            self._reorder(unit)
            if attempt % 2:
                self._insert_clause(unit)
            for _ in range(40):
                if _share_kept(before, " ".join(unit.clauses)) <= 0.5:
                    break
                self.rng.choice(tools)(unit)
            if 0.3 <= _share_kept(before, " ".join(unit.clauses)) <= 0.5:
                return

    def _synonyms(self, unit: Unit, share: float) -> None:
        unit.clauses = [_swap_synonyms(self.rng, clause, share) for clause in unit.clauses]

    def _synonym(self, unit: Unit) -> None:
        at = self.rng.randrange(len(unit.clauses))
        unit.clauses[at] = _swap_synonyms(self.rng, unit.clauses[at], 0.3)

    def _other_noun(self, unit: Unit) -> None:
        """Put another noun phrase of the same sort in the place of one."""
        at = self.rng.randrange(len(unit.clauses))
        found = list(_NOUNS.finditer(unit.clauses[at]))
        if found:
            noun = self.rng.choice(found)
            other = WORDS.shared if noun.group(0) in WORDS.shared else WORDS.themes[unit.theme][1]
            clause = unit.clauses[at]
            unit.clauses[at] = clause[: noun.start()] + self.rng.choice(other) + clause[noun.end() :]

    def _insert_words(self, unit: Unit) -> None:
        """Qualify a noun, or add an adverbial such as "as appropriate" to a clause."""
        at = self.rng.randrange(len(unit.clauses))
        nouns = list(_NOUNS.finditer(unit.clauses[at]))
        if nouns and self.rng.random() < 0.6:
            start = self.rng.choice(nouns).start()
            unit.clauses[at] = (
                f"{unit.clauses[at][:start]}{self.rng.choice(WORDS.qualities)} {unit.clauses[at][start:]}"
            )
        else:
            unit.clauses.insert(at + 1, self.rng.choice(WORDS.insertions))

    def _delete_words(self, unit: Unit) -> None:
        """Leave out an adjective, or the second of two joined nouns."""
        at = self.rng.randrange(len(unit.clauses))
        found = list(_QUALIFIERS.finditer(unit.clauses[at]))
        if found:
            gone = self.rng.choice(found)
            unit.clauses[at] = unit.clauses[at][: gone.start()] + unit.clauses[at][gone.end() :]

    def _insert_clause(self, unit: Unit) -> None:
        clause = self.grammar.fill(self.rng.choice(WORDS.tails), unit.theme)
        unit.clauses.insert(self.rng.randint(1, len(unit.clauses)), clause)

    def _delete_clause(self, unit: Unit) -> None:
        if len(unit.clauses) > 3:
            del unit.clauses[self.rng.randrange(1, len(unit.clauses))]

    def _reorder(self, unit: Unit) -> None:
        if len(unit.clauses) > 3:
            one, two = self.rng.sample(range(1, len(unit.clauses)), 2)
            unit.clauses[one], unit.clauses[two] = unit.clauses[two], unit.clauses[one]

    def _brackets(self, unit: Unit) -> None:
        at = self.rng.randrange(len(unit.clauses))
        if at and not unit.clauses[at].startswith("["):
            unit.clauses[at] = f"[{unit.clauses[at]}]"


def _whole(rng: random.Random, amount: float) -> int:
    """Return the amount as a whole number that is right on average."""
    return int(amount) + (rng.random() < amount - int(amount))


def _word_count(clauses: Iterable[str]) -> int:
    return sum(clause.count(" ") + 1 for clause in clauses)


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\w'-]+", text.lower()))


def _words_changed(before: Counter[str], after: str) -> int:
    """Return how many words were left out or put in, whichever is more."""
    new = _bag(after)
    return max(before.total(), new.total()) - _in_common(before, new)


def _share_kept(before: Counter[str], after: str) -> float:
    new = _bag(after)
    return _in_common(before, new) / max(before.total(), new.total())


def _in_common(one: Counter[str], other: Counter[str]) -> int:
    return sum(min(one[word], other[word]) for word in one.keys() & other.keys())


def _any_of(phrases: Iterable[str], before: str = "") -> re.Pattern[str]:
    longest_first = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"{before}(?<![\w-])(?:{longest_first})(?![\w-])", re.IGNORECASE)


_GROUP_OF = {phrase.lower(): group for group in WORDS.synonyms for phrase in group}
_SYNONYM = _any_of(_GROUP_OF)
_ALL_NOUNS = {*WORDS.shared, *(noun for _, nouns in WORDS.themes for noun in nouns)}
_NOUNS = _any_of(_ALL_NOUNS)
_QUALIFIERS = re.compile(
    f"{_any_of(WORDS.qualities).pattern} |{_any_of(_ALL_NOUNS, before=' and ').pattern}", re.IGNORECASE
)


def _swap_synonyms(rng: random.Random, clause: str, share: float) -> str:
    def swap(match: re.Match[str]) -> str:
        found = match.group(0)
        if rng.random() >= share:
            return found
        other = rng.choice([p for p in _GROUP_OF[found.lower()] if p.lower() != found.lower()])
        return other[:1].upper() + other[1:] if found[0].isupper() else other

    return _SYNONYM.sub(swap, clause)


# ---------------------------------------------------------------------------------------------------- labels


def _numbered(units: list[Unit], keep_labels: bool = False) -> list[Unit]:
    """Print labels on all units, from the first to the last.

    keep_labels: as on the floor, where what was there keeps its label, and what comes in gets the label
    before it with "bis", "ter" and so on; else everything is renumbered.
    """
    count = objective = note = letter = 0
    taken: set[str] = set()
    last = {Kind.NUMBERED: "", Kind.SUBPARAGRAPH: ""}
    for unit in units:
        if unit.kind is Kind.HEADING and unit.theme >= 0:
            objective += 1
            unit.label = f"OBJECTIVE {objective}"
            letter, taken = 0, {t for t in taken if not t.startswith("(")}
            last[Kind.SUBPARAGRAPH] = ""
        elif unit.kind is Kind.FOOTNOTE:
            note += 1
            unit.label = str(note)
        elif unit.kind in last:
            if unit.kind is Kind.NUMBERED:
                count += 1
                regular = str(count)
            else:
                letter += 1
                regular = f"({_letters(letter)})"
            unit.label = _floor_label(unit, last[unit.kind], taken, regular) if keep_labels else regular
            taken.add(unit.label)
            last[unit.kind] = unit.label
    return units


def _floor_label(unit: Unit, before: str, taken: set[str], regular: str) -> str:
    fits = unit.label.startswith("(") == (unit.kind is Kind.SUBPARAGRAPH)
    if unit.label and fits and unit.label not in taken:
        return unit.label
    stem = before.split(" ")[0]
    labels = [f"{stem} {ending}" for ending in _ENDINGS] if stem else [regular]
    return next((label for label in labels if label not in taken), regular)


_ENDINGS = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")


def _letters(number: int) -> str:
    rounds, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (rounds + 1)


# ---------------------------------------------------------------------------------------------- other scripts

_SCRIPTS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "ru": "абвгдежзиклмнопрстуфхцчшщэюя",
    "zh": "".join(chr(c) for c in range(0x4E00, 0x4E00 + 3000)),
}


def _in_script(paragraph: Paragraph, language: str) -> Paragraph:
    letters = _SCRIPTS[language]

    def word(match: re.Match[str]) -> str:
        original = match.group(0)
        number = zlib.crc32(original.lower().encode())
        length = 1 + (len(original) > 3) if language == "zh" else max(2, min(9, len(original)))
        made = ""
        for _ in range(length):
            number, place = divmod(number, len(letters))
            made += letters[place]
            number = number or zlib.crc32(made.encode())
        return made.capitalize() if original[0].isupper() else made

    text = re.sub(r"[^\W\d_]+", word, paragraph.text)
    if language == "zh":
        text = text.replace(", ", "，").replace(" ", "").replace(";", "；").rstrip(".") + (
            "。" if text.endswith(".") else ""
        )
    return replace(paragraph, text=text)


# -------------------------------------------------------------------------------------------------- as files


def as_text(paragraphs: Sequence[Paragraph]) -> str:
    """Return the paragraphs as a plain-text file, labels printed, separated by blank lines."""
    return "\n\n".join(_printed(p) for p in paragraphs) + "\n"


def as_markdown(paragraphs: Sequence[Paragraph]) -> str:
    """Return the paragraphs as Markdown: headings with #, everything else with its printed label."""
    lines = []
    for p in paragraphs:
        if p.kind is Kind.TITLE:
            lines.append(f"# {_printed(p)}")
        elif p.kind is Kind.HEADING:
            lines.append("#" * (p.level + 1) + f" {_printed(p)}")
        else:
            lines.append(_printed(p).replace("[", "\\[").replace("]", "\\]"))
    return "\n\n".join(lines) + "\n"


def write(case: Case, folder: Path) -> dict[str, tuple[Path, Path]]:
    """Write both states of the case as Markdown and as plain text; return the paths by suffix."""
    found = {}
    for suffix, form in ((".md", as_markdown), (".txt", as_text)):
        paths = (folder / f"old{suffix}", folder / f"new{suffix}")
        for path, paragraphs in zip(paths, (case.old, case.new), strict=True):
            path.write_text(form(paragraphs), encoding="utf-8")
        found[suffix] = paths
    return found


def _printed(paragraph: Paragraph) -> str:
    if not paragraph.label:
        return paragraph.text
    if paragraph.kind is Kind.HEADING:
        return f"{paragraph.label}: {paragraph.text}"
    if paragraph.kind is Kind.NUMBERED:
        return f"{paragraph.label}. {paragraph.text}"
    return f"{paragraph.label} {paragraph.text}"
