"""Decisions when a revision is put between two others."""

from lineages import paragraphs

from gcmtext.text.align import align
from gcmtext.text.carry import Between, Carried, Half, carry
from gcmtext.text.corrections import Decision, Verb

FIRST = paragraphs("Keep the lights burning.", "Ring the bells in fog.", "Paint all towers red.")
MIDDLE = paragraphs("Keep the lights burning.", "Sound horns in fog and mist.", "Paint all towers red.")
LAST = paragraphs("Let no lamp go out.", "Sound horns in fog and mist.", "Chart the sandbanks.")
BETWEEN = Between(FIRST, MIDDLE, LAST, align(FIRST, MIDDLE), align(MIDDLE, LAST))


def test_what_the_middle_revision_has_from_the_first_goes_to_the_second_step() -> None:
    decision = Decision(Verb.LINK, (0,), (0,))
    assert carry(decision, BETWEEN) == Carried(Half.SECOND, decision)


def test_what_the_last_revision_has_from_the_middle_goes_to_the_first_step() -> None:
    decision = Decision(Verb.UNLINK, (1,), (1,))
    assert carry(decision, BETWEEN) == Carried(Half.FIRST, decision)


def test_deleted_after_the_middle_and_inserted_before_it() -> None:
    gone, come = Decision(Verb.DELETED, (2,), ()), Decision(Verb.INSERTED, (), (1,))
    assert carry(gone, BETWEEN) == Carried(Half.SECOND, gone)
    assert carry(come, BETWEEN) == Carried(Half.FIRST, come)


def test_what_changed_on_both_steps_cannot_be_said_of_one() -> None:
    assert carry(Decision(Verb.LINK, (1,), (2,)), BETWEEN) is None
    assert carry(Decision(Verb.DELETED, (1,), ()), BETWEEN) is None
    assert carry(Decision(Verb.INSERTED, (), (0,)), BETWEEN) is None


def test_a_text_that_stands_twice_is_told_by_its_link() -> None:
    repeated = paragraphs("Keep watch.", "Ring the bells.", "Keep watch.", "Paint the towers.")
    last = paragraphs("Stand by.", "Ring the bells.", "Look out.", "Paint the towers.")
    between = Between(repeated, repeated, last, align(repeated, repeated), align(repeated, last))
    decision = Decision(Verb.LINK, (2,), (2,))
    assert carry(decision, between) == Carried(Half.SECOND, decision)
