"""The exceptions of gcmtext.

GcmtextError
    NotFound      what was asked for is not there, or may not be seen
    NotAllowed    the actor may not do this
    Conflict      something else changed meanwhile, or stands in the way
    Closed        the round or deadline for this is over
    TooMany       the same was done too often lately
    Unavailable   another machine that is needed for this does not answer as it should
    InvalidText   a file or text cannot be read; the message says why and what to do

A message is one sentence or two for a person: what is wrong, then what to do.
"""


class GcmtextError(Exception):
    """Base of all errors that are reported to people as a sentence."""


class NotFound(GcmtextError):
    """What was asked for does not exist, as far as the asker may know."""


class NotAllowed(GcmtextError):
    """The actor may not do this."""


class Conflict(GcmtextError):
    """Something else changed meanwhile, or stands in the way."""


class Closed(GcmtextError):
    """The round or the deadline for this is over."""


class TooMany(GcmtextError):
    """The same was done too often lately; seconds: after how many it can be done again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        minutes = -(-self.seconds // 60)
        wait = f"{minutes} minutes" if minutes > 1 else f"{self.seconds} seconds"
        super().__init__(f"This was tried too often: try again in {wait}.")


class Unavailable(GcmtextError):
    """Another machine that is needed for this does not answer as it should."""


class InvalidText(GcmtextError):
    """A file or a text cannot be read."""
