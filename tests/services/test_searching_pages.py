"""Pages of results: through all of them, each paragraph comes once, whatever is put in another order."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from gcmtext.db import CorpusDocument
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.search.question import Hit, Order
from gcmtext.services import corpus
from gcmtext.services.actor import anonymous, operator
from gcmtext.services.corpus import About
from gcmtext.services.found import found_of
from gcmtext.services.importing import read_text
from gcmtext.services.indexing import follow
from gcmtext.services.search_address import Search
from gcmtext.services.searching import MOST_HITS, search

NOW = datetime(2027, 2, 1, tzinfo=UTC)
PASSAGE = "States shall keep every light on their coasts and report each light that is out to the keepers"
DOCUMENTS, OF_EACH, ON_A_PAGE = 12, 12, 20


@pytest.fixture
def library(engine: Engine) -> Iterator[Session]:
    """Give a corpus in which a hundred and forty-four paragraphs are more or less the same."""
    words = PASSAGE.split()
    with open_sessions(engine)() as session:
        begin_write(session)
        for number in range(DOCUMENTS):
            # From each to the next a word is gone; many stand in several documents, and weigh the same.
            texts = [" ".join(words[: len(words) - (number + at) % 9]) for at in range(OF_EACH)]
            lines = [f"{at}. {text}." for at, text in enumerate(texts, 1)]
            document = read_text("\n\n".join(["# On lights", *lines, ""]).encode(), "lights.md")
            about = About(symbol=f"A/RES/{60 + number}/7", date=f"{2006 + number // 3}-11-02", language="en")
            corpus.add(session, operator("Clerk"), document, about, NOW)
        session.commit()
        follow(session)
        yield session


def pages(session: Session, asked: str, order: Order, once: bool) -> tuple[int, list[list[tuple[str, int]]]]:
    """Return how many there are, and what is on each page, up to one that is empty."""
    found: list[list[tuple[str, int]]] = []
    while True:
        wanted = Search(asked, order=order, once=once, offset=len(found) * ON_A_PAGE, limit=ON_A_PAGE)
        results = search(session, anonymous(NOW), wanted)
        here = [(result.found.document, result.found.index) for result in results.results]
        if not here and wanted.offset >= results.different:
            return results.different, found
        found.append(here)


def test_no_hit_is_lost_or_comes_twice(library: Session) -> None:
    for asked, order, once in product((PASSAGE, "light coasts", '"every light"'), Order, (False, True)):
        total, found = pages(library, asked, order, once)
        assert total == 9 if once else total == DOCUMENTS * OF_EACH
        hits = [hit for page in found for hit in page]
        assert len(hits) == len(set(hits)) == total, (asked, order, once)
        assert [len(page) for page in found[:-1]] == [ON_A_PAGE] * (len(found) - 1)
        # All at once they come in the same order as page by page.
        whole = search(library, anonymous(NOW), Search(asked, order=order, once=once, limit=1_000))
        assert [(result.found.document, result.found.index) for result in whole.results] == hits


def test_what_is_gone_meanwhile_moves_nothing_from_page_to_page(library: Session) -> None:
    """Between a change and the index that follows it, pages are shorter for it, and that is all."""
    _, before = pages(library, PASSAGE, Order.RELEVANCE, False)
    gone = library.scalars(
        update(CorpusDocument)
        .where(CorpusDocument.symbol.in_(("A/RES/60/7", "A/RES/65/7")))
        .values(withdrawn_at=NOW)
        .returning(CorpusDocument.address)
    ).all()
    library.commit()
    _, after = pages(library, PASSAGE, Order.RELEVANCE, False)
    hits = Counter(hit for page in after for hit in page)
    assert set(hits.values()) == {1}
    assert set(hits) == {hit for page in before for hit in page if hit[0] not in gone}


def test_as_many_hits_as_are_given_are_read_though_each_is_in_a_document_of_its_own(library: Session) -> None:
    hits = [Hit(f"{kind}:{number}", 1, 1.0) for kind in ("corpus", "revision") for number in range(MOST_HITS)]
    assert set(found_of(library, hits)) == {(f"corpus:{number + 1}", 1) for number in range(DOCUMENTS)}
