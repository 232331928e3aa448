"""Who does something."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The person, or the program on a person's behalf, that does something; name is kept with what it did."""

    name: str
