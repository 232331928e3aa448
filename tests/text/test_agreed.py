from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.agreed import Piece, Place, Precedents, Run, pieces, share, sources


def place(document: str, adopted: str = "2003-05-01") -> Place:
    return Place(document, document.upper(), "On lights", "en", adopted, "2", "2")


def found(text: str, *runs: tuple[int, int, str], coverage: float = 0.5) -> Precedents:
    return Precedents(text, coverage, tuple(Run(s, e, place(d), 1, None) for s, e, d in runs), ())


TEXT = "Lights shall be kept, and towers painted."


def test_a_text_is_cut_at_its_runs() -> None:
    assert pieces(found(TEXT, (7, 20, "a"), (26, 40, "b"))) == (
        Piece("Lights ", 0),
        Piece("shall be kept", 1),
        Piece(", and ", 0),
        Piece("towers painted", 2),
        Piece(".", 0),
    )


def test_what_is_in_two_runs_goes_to_the_first() -> None:
    cut = pieces(found(TEXT, (0, 20, "a"), (13, 32, "b")))
    assert cut == (
        Piece("Lights shall be kept", 1),
        Piece(", ", 0),
        Piece("and towers", 2),
        Piece(" painted.", 0),
    )


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=5))
def test_joined_the_pieces_are_the_text(places: list[tuple[int, int]]) -> None:
    runs = [(start, min(start + length, len(TEXT)), "a") for start, length in sorted(places)]
    cut = pieces(found(TEXT, *runs))
    assert "".join(piece.text for piece in cut) == TEXT
    assert all(piece.text for piece in cut)


def test_the_share_of_a_text_counts_words_and_paragraphs() -> None:
    figures = share(
        [found("a b c d", coverage=1.0), found("a b c d", coverage=0.5), found("a b", coverage=0.0)]
    )
    assert (figures.whole, figures.partly, figures.none) == (1, 1, 1)
    assert (figures.words, figures.agreed, figures.coverage) == (10, 6, 0.6)
    assert share([]).coverage == 0


def test_documents_are_named_by_how_much_is_drawn_from_them() -> None:
    one = found(TEXT, (0, 6, "late"), (7, 12, "early"), (13, 20, "often"), (26, 32, "often"))
    assert [(where.document, count) for where, count in sources([one])] == [
        ("often", 2),
        ("early", 1),
        ("late", 1),
    ]
