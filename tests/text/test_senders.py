"""From whom a file is."""

import pytest

from gcmtext.text.senders import Known, said_by, sender_of

KNOWN = (
    Known(1, ("Mexico", "Mexique", "México"), "MX"),
    Known(2, ("Guinea",), "GN"),
    Known(3, ("Guinea-Bissau",), "GW"),
    Known(4, ("Group of 77 and China",)),
    Known(5, ("Türkiye", "Turkey"), "TR"),
    Known(6, ("Marshall Islands",), "MH"),
    Known(7, ("European Union", "EU")),
    Known(8, ("Andorra",), "AD"),
)


@pytest.mark.parametrize(
    ("file", "authors", "who"),
    [
        ("mexico.docx", (), 1),
        ("Amendments_MEXIQUE_rev1 (final).docx", (), 1),
        ("guinea-bissau.docx", (), 3),
        ("Comments of Guinea.docx", (), 2),
        ("group-of-77-and-china.docx", (), 4),
        ("turkiye.docx", (), 5),
        ("MarshallIslands.docx", (), 6),
        ("eu track changes.docx", (), 7),
        ("Rev1_MX.docx", (), 1),
        ("ad hoc group.docx", (), None),  # a code counts in capitals alone
        ("Mexico and Guinea.docx", (), None),
        ("rev1-final.docx", ("Delegation of Mexico", "Mexico"), 1),
        ("rev1-final.docx", ("Mexico", "European Union"), None),
        ("rev1-final.docx", ("J. Smith",), None),
        ("guinea.docx", ("Mexico",), 2),
        ("", (), None),
    ],
)
def test_the_name_of_a_file_or_its_authors_say_from_whom_it_is(
    file: str, authors: tuple[str, ...], who: int | None
) -> None:
    assert sender_of(file, authors, KNOWN) == who


@pytest.mark.parametrize(
    ("file", "said"),
    [("costa_rica.docx", "Costa Rica"), ("union-of-the-seas.md", "Union of the Seas"), ("EU.docx", "EU")],
)
def test_the_name_of_a_file_is_read_as_a_name(file: str, said: str) -> None:
    assert said_by(file) == said
