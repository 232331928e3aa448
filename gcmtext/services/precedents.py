"""Precedents: what of a text stands word for word in adopted documents, and what stands there nearly so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gcmtext.db import CorpusDocument, CorpusParagraph, HeldWording, StoredFingerprint
from gcmtext.services.actor import Actor
from gcmtext.services.permissions import SITE, Action, require
from gcmtext.text.agreed import Near, Place, Precedents, Run
from gcmtext.text.deviations import deviations
from gcmtext.text.diff import diff, word_counts
from gcmtext.text.fingerprint import VERSION as FINGERPRINT_VERSION
from gcmtext.text.fingerprint import Fingerprint, Words, fingerprints, read_words
from gcmtext.text.model import Changes
from gcmtext.text.precedents import (
    Posting,
    Stretch,
    cover,
    coverage,
    exactly,
    is_long_enough,
    likeness,
    similarity,
    stretches,
)

VERSION = f"precedents 1, {FINGERPRINT_VERSION}"

_AT_ONCE = 1_000
_CANDIDATES, _NEAR = 6, 3
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class _Holder:
    """A paragraph that has a held wording. age: its place in the order in which documents were adopted."""

    paragraph_id: int
    document_id: int
    age: tuple[date, str, int]


@dataclass(slots=True)
class _Query:
    """A text on its way: its words, its fingerprints, the runs that may be in it, and those that are."""

    text: str
    words: Words
    prints: list[Fingerprint]
    found: list[Stretch]
    like: list[int]
    groups: list[tuple[Stretch, ...]]


def precedents(
    session: Session, actor: Actor, texts: Sequence[str], besides: frozenset[str] = frozenset()
) -> tuple[Precedents, ...]:
    """Return the precedents of each of some paragraphs.

    Runs have eight words or more (sixteen characters of Chinese) and are as long as they can be; none that
    stands in a document of the corpus is overlooked. They cover what can be covered, and are as few as that
    takes. `besides` are symbols of documents that are left out, such as that of the text itself.
    The number of queries does not depend on that of the paragraphs, but for very long texts.
    """
    require(actor, Action.SITE_READ, SITE)
    search = _Search(session, besides)
    by_text = {query.text: query for query in search.queries(dict.fromkeys(texts))}
    found = search.results(list(by_text.values()))
    return tuple(found[text] for text in texts)


def is_empty(session: Session) -> bool:
    """Return whether there is nothing that a precedent could be found in."""
    return session.scalar(select(HeldWording.id).limit(1)) is None


class _Search:
    """One search for the precedents of many texts at once; what it has read of the corpus it keeps."""

    def __init__(self, session: Session, besides: frozenset[str]) -> None:
        self._session = session
        self._besides = besides
        self._total = session.scalar(select(func.max(HeldWording.id))) or 0
        self._holders: dict[int, list[_Holder]] = {}
        self._texts: dict[int, str] = {}
        self._words: dict[int, Words] = {}

    def queries(self, texts: Iterable[str]) -> list[_Query]:
        """Return the texts with the runs and the likenesses that fingerprints tell of."""
        read = [(text, read_words(text)) for text in texts]
        prints = [fingerprints(words.numbers) for _, words in read]
        postings = self._postings({print_.hash for print_ in chain.from_iterable(prints)})
        found = []
        for (text, words), own in zip(read, prints, strict=True):
            like = likeness(own, postings, self._total)
            best = sorted(like, key=lambda held: (-like[held], held))[:_CANDIDATES]
            found.append(_Query(text, words, own, stretches(words, own, postings), best, []))
        return found

    def results(self, queries: list[_Query]) -> dict[str, Precedents]:
        """Return what was found of each text."""
        self._settle(queries)
        partial = [query for query in queries if len(query.groups) != 1 or _coverage(query) < 1]
        self._read_holders(held for query in partial for held in query.like)
        self._read_texts(held for query in partial for held in query.like)
        near = {query.text: self._near(query) for query in partial}
        runs = {query.text: [self._holders_of(group) for group in query.groups] for query in queries}
        ends = [holders[0] for holders in chain.from_iterable(runs.values())]
        ends += [holders[-1] for holders in chain.from_iterable(runs.values())]
        ends += [holder for _, holder in chain.from_iterable(near.values())]
        places = self._places({holder.paragraph_id for holder in ends})
        return {
            query.text: Precedents(
                text=query.text,
                coverage=_coverage(query),
                runs=tuple(
                    _run(query.words, group[0], holders, places)
                    for group, holders in zip(query.groups, runs[query.text], strict=True)
                ),
                near=tuple(
                    _nearby(changes, places[holder.paragraph_id])
                    for changes, holder in near.get(query.text, ())
                ),
            )
            for query in queries
        }

    def _settle(self, queries: list[_Query]) -> None:
        """Cover each text with runs that are checked word by word and stand in documents that count."""
        open_ = queries
        checked: set[tuple[str, Stretch]] = set()
        while open_:
            for query in open_:
                query.groups = cover(query.found)
            self._read_holders(s.held for query in open_ for group in query.groups for s in group)
            first = {
                (query.text, n): self._first(group) for query in open_ for n, group in enumerate(query.groups)
            }
            self._read_texts(s.held for s in first.values() if s is not None)
            still_open = []
            for query in open_:
                wrong: set[Stretch] = set()
                right: list[Stretch] = []
                for n, group in enumerate(query.groups):
                    wrong.update(s for s in group if not self._holders[s.held])
                    stretch = first[query.text, n]
                    if stretch is None or (query.text, stretch) in checked:
                        continue
                    exact = exactly(stretch, query.words, self._words[stretch.held])
                    if exact != stretch:
                        wrong.add(stretch)
                        if exact is not None and is_long_enough(exact, query.words):
                            right.append(exact)
                            checked.add((query.text, exact))
                    else:
                        checked.add((query.text, stretch))
                if wrong:
                    query.found = [s for s in query.found if s not in wrong] + right
                    still_open.append(query)
            open_ = still_open

    def _first(self, group: Sequence[Stretch]) -> Stretch | None:
        """Return the one of some runs in the same place that was adopted first; None if none counts."""
        holding = [stretch for stretch in group if self._holders[stretch.held]]
        return min(holding, key=lambda s: (self._holders[s.held][0].age, s.shift), default=None)

    def _holders_of(self, group: Sequence[Stretch]) -> list[_Holder]:
        """Return where a run stands: first where it was adopted first, and then the documents' order."""
        by_document: dict[int, _Holder] = {}
        holders = {holder for stretch in group for holder in self._holders[stretch.held]}
        for holder in sorted(holders, key=lambda h: h.age):
            by_document.setdefault(holder.document_id, holder)
        return list(by_document.values())

    def _near(self, query: _Query) -> list[tuple[Changes, _Holder]]:
        """Return how the texts that are most like a text, but not the same, differ, and where they are."""
        alike = [
            (similarity(query.words, self._words[held]), held)
            for held in query.like
            if self._holders[held] and self._words[held].numbers != query.words.numbers
        ]
        alike.sort(key=lambda pair: (-pair[0], self._holders[pair[1]][0].age))
        compared = (
            (diff(self._texts[held], query.text), self._holders[held][0])
            for share, held in alike[:_NEAR]
            if share >= _ALIKE
        )
        return [(changes, holder) for changes, holder in compared if _kept(changes) >= _ALIKE]

    def _postings(self, hashes: set[int]) -> Mapping[int, Sequence[Posting]]:
        """Return all postings of some hashes, those of a hash in the order of wordings."""
        found: defaultdict[int, list[Posting]] = defaultdict(list)
        for some in _lots(hashes):
            rows = self._session.execute(
                select(
                    StoredFingerprint.hash,
                    StoredFingerprint.wording_id,
                    StoredFingerprint.at,
                    StoredFingerprint.beside,
                ).where(StoredFingerprint.hash.in_(some))
            )
            for hash_, held, at, beside in rows:
                found[hash_].append(Posting(held, at, beside))
        return found

    def _read_holders(self, held: Iterable[int]) -> None:
        """Read which paragraphs of which documents have some wordings, those adopted first in front."""
        unknown = set(held) - self._holders.keys()
        self._holders.update((one, []) for one in unknown)
        for some in _lots(unknown):
            rows = self._session.execute(
                select(
                    HeldWording.id,
                    CorpusParagraph.id,
                    CorpusParagraph.index,
                    CorpusDocument.id,
                    CorpusDocument.adopted,
                    CorpusDocument.address,
                )
                .join(CorpusParagraph, CorpusParagraph.wording == HeldWording.wording)
                .join(CorpusDocument, CorpusDocument.id == CorpusParagraph.document_id)
                .where(
                    HeldWording.id.in_(some),
                    CorpusDocument.withdrawn_at.is_(None),
                    CorpusDocument.symbol.not_in(self._besides),
                )
            )
            for identity, paragraph_id, index, document_id, adopted, address in rows:
                age = (adopted or date.max, address, index)
                self._holders[identity].append(_Holder(paragraph_id, document_id, age))
        for one in unknown:
            self._holders[one].sort(key=lambda holder: holder.age)

    def _read_texts(self, held: Iterable[int]) -> None:
        """Read the words of some wordings, as they stand where they were adopted first."""
        unknown = {one for one in held if one not in self._texts and self._holders[one]}
        of_paragraph = {self._holders[one][0].paragraph_id: one for one in unknown}
        for some in _lots(of_paragraph):
            rows = self._session.execute(
                select(CorpusParagraph.id, CorpusParagraph.text).where(CorpusParagraph.id.in_(some))
            )
            for paragraph_id, text in rows:
                one = of_paragraph[paragraph_id]
                self._texts[one] = text
                self._words[one] = read_words(text)

    def _places(self, paragraph_ids: set[int]) -> dict[int, Place]:
        found: dict[int, Place] = {}
        for some in _lots(paragraph_ids):
            rows = self._session.execute(
                select(CorpusParagraph.id, CorpusParagraph.address, CorpusParagraph.label, CorpusDocument)
                .join(CorpusDocument, CorpusDocument.id == CorpusParagraph.document_id)
                .where(CorpusParagraph.id.in_(some))
            )
            for identity, address, label, document in rows:
                found[identity] = Place(
                    document=document.address,
                    symbol=document.symbol,
                    title=document.title,
                    language=document.language,
                    adopted=document.adopted.isoformat() if document.adopted else "",
                    paragraph=address,
                    label=label,
                )
        return found


def _run(words: Words, stretch: Stretch, holders: list[_Holder], places: Mapping[int, Place]) -> Run:
    return Run(
        start=words.spans[stretch.start][0],
        end=words.spans[stretch.end - 1][1],
        place=places[holders[0].paragraph_id],
        documents=len(holders),
        latest=places[holders[-1].paragraph_id] if len(holders) > 1 else None,
    )


def _nearby(changes: Changes, place: Place) -> Near:
    return Near(place, changes, deviations(changes, place.language))


def _kept(changes: Changes) -> float:
    """Return the share of words that stay in place, of those of both texts."""
    deleted, inserted, kept = word_counts(changes)
    return 2 * kept / max(deleted + inserted + 2 * kept, 1)


def _coverage(query: _Query) -> float:
    return coverage(query.words, (group[0] for group in query.groups))


def _lots(numbers: Iterable[int]) -> Iterable[list[int]]:
    listed = sorted(numbers)
    return (listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE))
