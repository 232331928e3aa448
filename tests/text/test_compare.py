"""What a comparison counts."""

from gcmtext.text.compare import Comparison, compare, summary
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.model import Alignment, Document, Evidence, Kind, Link, LinkKind, Paragraph

SURE = Evidence(1, 1, 1, True, 0)


def document(*paragraphs: tuple[str, str]) -> Document:
    return Document(
        "Framework on safe crossings",
        "en",
        tuple(Paragraph(i, Kind.NUMBERED, label, 0, text) for i, (label, text) in enumerate(paragraphs)),
    )


OLD = document(
    ("1", "States shall keep their ports open to ships that carry persons rescued at sea."),
    ("2", "Each State shall name an office to which families of the missing may turn."),
    ("3", "Data on departures shall be exchanged."),
    ("4", "States shall train their coast guards. They shall publish the results each year."),
    ("5", "A fund shall be set up."),
    ("6", "Fees shall be low."),
    ("7", "Procedures shall be short."),
    ("8", "Ships shall be told."),
)
NEW = document(
    ("1", "States shall keep their ports open to ships that carry persons rescued at sea."),
    ("2", "Data on departures and arrivals shall be exchanged."),
    ("3", "Each State shall name an office to which families of the missing may turn."),
    ("4", "States shall train their coast guards."),
    ("5", "They shall publish the results each year."),
    ("6", "Fees shall be low. Procedures shall be short."),
    ("6 bis", "No one shall be left behind."),
    ("7", "Ships shall be told."),
)
LINKS = (
    Link((0,), (0,), LinkKind.SAME, 1, SURE),
    Link((2,), (1,), LinkKind.EDITED, 0.97, SURE),
    Link((1,), (2,), LinkKind.MOVED, 0.99, SURE),
    Link((3,), (3, 4), LinkKind.SPLIT, 0.9, SURE),
    Link((5, 6), (5,), LinkKind.MERGED, 0.9, SURE),
    Link((7,), (7,), LinkKind.SAME, 1, SURE),
)


def comparison() -> Comparison:
    changes = tuple(
        diff_paragraphs(
            [OLD.paragraphs[i].text for i in link.old], [NEW.paragraphs[i].text for i in link.new]
        )
        for link in LINKS
    )
    return Comparison(OLD, NEW, Alignment(LINKS, inserted=(6,), deleted=(4,)), changes)


def test_each_difference_is_counted_once() -> None:
    figures = summary(comparison())
    assert (figures.same, figures.edited, figures.moved, figures.moved_and_edited) == (2, 1, 1, 0)
    assert (figures.split, figures.merged, figures.inserted, figures.deleted) == (1, 1, 1, 1)
    assert figures.changed == 6


def test_another_label_alone_is_a_renumbering_and_no_change() -> None:
    figures = summary(comparison())
    assert figures.renumbered == 2  # 2 -> 3, which has moved as well, and 8 -> 7
    assert figures.same == 2


def test_a_move_with_other_words_is_counted_apart() -> None:
    old = document(("1", "Ports stay open."), ("2", "Ships are told at once."))
    new = document(("1", "Ships are told without delay."), ("2", "Ports stay open."))
    links = (Link((1,), (0,), LinkKind.MOVED, 0.9, SURE), Link((0,), (1,), LinkKind.SAME, 1, SURE))
    changes = (
        diff_paragraphs([old.paragraphs[1].text], [new.paragraphs[0].text]),
        (("equal", "Ports stay open."),),
    )
    figures = summary(Comparison(old, new, Alignment(links, (), ()), changes))
    assert (figures.moved, figures.moved_and_edited) == (0, 1)


def test_the_words_of_both_texts_are_accounted_for() -> None:
    figures = summary(comparison())
    assert figures.words_old == sum(len(p.text.split()) for p in OLD.paragraphs)
    assert figures.words_new == sum(len(p.text.split()) for p in NEW.paragraphs)
    assert figures.words_inserted == 2 + 6
    assert figures.words_deleted == 6


def test_compare_links_and_diffs() -> None:
    result = compare(OLD, NEW)
    assert len(result.changes) == len(result.alignment.links)
    for link, changes in zip(result.alignment.links, result.changes, strict=True):
        old = "".join(text for operation, text in changes if operation != "insert")
        new = "".join(text for operation, text in changes if operation != "delete")
        assert old.split() == " ".join(OLD.paragraphs[i].text for i in link.old).split()
        assert new.split() == " ".join(NEW.paragraphs[i].text for i in link.new).split()


def test_a_text_compared_with_itself_has_no_changes() -> None:
    figures = summary(compare(OLD, OLD))
    assert figures.changed == 0
    assert figures.same == len(OLD.paragraphs)
    assert figures.words_deleted == figures.words_inserted == 0
