"""What a person or a document answers. Not knowing is a value of its own, never a permission."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """An answer to a question of fact.

    Only :attr:`YES` and :attr:`NO` say something; the other three say why nothing is known.
    """

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    """The person who was asked is not sure."""
    UNKNOWN = "unknown"
    """Nobody has looked, or nobody has said."""
    UNDISCLOSED = "undisclosed"
    """Whoever knows does not say."""

    @property
    def known(self) -> bool:
        """True when the question is answered."""
        return self in {Answer.YES, Answer.NO}
