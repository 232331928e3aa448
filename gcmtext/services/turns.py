"""Taking turns where what is allowed depends on what others have just done."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Negotiation


def take_turn(session: Session, negotiation_id: int) -> None:
    """Wait until nobody else changes who takes part in a negotiation, or what is said in it.

    What was read before is to be read again. Must come before anything is recorded in the audit trail:
    whoever waits for a turn while others wait for the end of the trail would wait for ever. On SQLite writers
    take turns from the beginning (begin_write).
    """
    # FOR NO KEY UPDATE: rows that refer to the negotiation can be added meanwhile.
    turn = select(Negotiation.id).where(Negotiation.id == negotiation_id)
    session.execute(turn.with_for_update(key_share=True))
