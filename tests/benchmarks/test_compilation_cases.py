"""The submissions that the benchmark of compilations makes."""

from benchmarks.compilation import submissions_on
from benchmarks.generate import generate
from gcmtext.text.collate import collate, read_back
from gcmtext.text.model import Document
from gcmtext.text.proposals import own_text


def test_each_can_be_read_as_one_text_and_read_back() -> None:
    base = Document("", "en", generate(7, "light").old)
    submissions = submissions_on(base, 7, delegations=4)
    assert submissions == submissions_on(base, 7, delegations=4)
    compilation = collate(base, submissions)
    for submission in submissions:
        assert len(submission.proposals) > 20
        assert read_back(compilation, submission.delegation) == own_text(base, submission)
