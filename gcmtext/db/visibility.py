"""Who something has been shown to so far."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column


class Visibility(StrEnum):
    """To whom something may be known; each step shows it to more people than the one before.

    own: those who act for the delegation that it is of. prepared: those who conduct the negotiation.
    delegations: all who take part in it. public: everybody.
    """

    OWN = "own"
    PREPARED = "prepared"
    DELEGATIONS = "delegations"
    PUBLIC = "public"


class Visible:
    """The columns of what is prepared first, then circulated to delegations, then public.

    public_from: the day (UTC) from which all see what is to be public, and delegations until then; None: at
        once.
    """

    visibility: Mapped[str] = mapped_column(String(20), default=Visibility.PREPARED.value)
    public_from: Mapped[date | None] = mapped_column(Date)

    def visibility_at(self, moment: datetime | None) -> Visibility:
        """Return to whom it may be known at a moment; a day to come has not come where no moment is given."""
        said = Visibility(self.visibility)
        if said is not Visibility.PUBLIC or self.public_from is None:
            return said
        return said if moment is not None and moment.date() >= self.public_from else Visibility.DELEGATIONS
