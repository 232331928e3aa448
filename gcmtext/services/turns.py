"""Taking turns where what is allowed depends on what others have just done."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Negotiation


def take_turn(session: Session, negotiation_id: int) -> None:
    """Wait until nobody else changes who takes part in a negotiation, or in which role.

    What was read before is to be read again. On SQLite writers take turns from the beginning (begin_write).
    """
    session.execute(select(Negotiation.id).where(Negotiation.id == negotiation_id).with_for_update())
