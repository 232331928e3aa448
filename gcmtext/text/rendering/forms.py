"""The forms of a profile, filled in the language of a text and with the names of its delegations."""

from collections.abc import Mapping

from gcmtext.text.collate import Names
from gcmtext.text.profiles import Profile
from gcmtext.text.proposals import ProposalKind
from gcmtext.text.rendering.runs import Runs, fill, join, text_of

_SAID_BY = {
    ProposalKind.DELETE: "delete",
    ProposalKind.MOVE: "move",
    ProposalKind.MERGE: "merged",
    ProposalKind.RESERVE: "reserve",
}


class Forms:
    """A profile, ready to write a text in a language. short: what delegations are called in attributions."""

    def __init__(self, profile: Profile, language: str, short: Mapping[str, str]) -> None:
        self.profile = profile
        self.words = profile.words_in(language)
        self._short = short

    def fill(self, form: str, **values: str | Runs) -> Runs:
        """Return a form with its fields and words filled in."""
        return fill(form, {**self.words, **values})

    def plain(self, form: str, **values: str) -> str:
        """Return the same as words alone."""
        return text_of(self.fill(form, **values))

    def names(self, names: Names) -> str:
        """Return delegations as attributions have them."""
        return ", ".join(self._short.get(name, name) for name in names)

    def said(self, kind: ProposalKind, names: Names, place: str = "") -> Runs:
        """Return what some would do with a whole paragraph, or with words that they reserve."""
        form = getattr(self.profile.paragraph, _SAID_BY[kind])
        return self.fill(form, names=self.names(names), place=place)

    def open(self, words: Runs, said: Runs, is_bracketed: bool = False) -> Runs:
        """Return words of which something is said, in brackets unless they stand in their own."""
        form = self.profile.paragraph.open
        return self.fill(_bare(form) if is_bracketed else form, words=words, said=said)

    def retained(self, words: Runs, names: Names) -> Runs:
        """Return words that nobody would change and that some want to stay."""
        return self.fill(self.profile.paragraph.retain, words=words, names=self.names(names))

    def on_base(self, deleting: Names, retaining: Names) -> Runs:
        """Return what is said behind words of the base: who would delete and who retain them."""
        unit = self.profile.unit
        said = ((unit.delete, deleting), (unit.retain, retaining))
        found = join(
            unit.between, [self.fill(form, names=self.names(names)) for form, names in said if names]
        )
        return self.fill(unit.said, said=found) if found else ()

    def base(self, words: Runs, said: Runs, is_bracketed: bool) -> Runs:
        """Return the words of the base where there are other readings, and what is said of them."""
        form = self.profile.unit.base
        return self.fill(_bare(form) if is_bracketed else form, deleted=words, said=said)


def _bare(form: str) -> str:
    return form.replace("[", "").replace("]", "")
