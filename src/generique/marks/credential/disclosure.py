"""The disclosure that a trained model made something, and how far people oversaw it.

``c2pa.ai-disclosure`` of C2PA 2.4 (sections 18.28 and 18.29): ``modelType`` is required, and
``contentProfile.humanOversightLevel`` is one of three words. The library checks neither, so the
words are ours to keep true.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from generique.model.passport import Passport, SourceType
from generique.model.people import Decision
from generique.model.values import Digest, Json

DISCLOSURE_ASSERTION = "c2pa.ai-disclosure"


class Oversight(StrEnum):
    """How far people oversaw what a model made, in the words of C2PA 2.4."""

    AUTONOMOUS = "fully_autonomous"
    PROMPTED = "prompt_guided"
    VALIDATED = "human_validated"


def oversight(
    essence: Digest, decisions: Sequence[Decision], *, prompted: bool
) -> Oversight | None:
    """Level of oversight over one exact essence; None where nothing is known.

    Args:
        essence: Essence digest of what is signed.
        decisions: What was decided. Only people's approval of exactly this essence, with no
            rejection beside it, is validation; a demonstration never is.
        prompted: Whether a person's words guided the model.
    """
    verdicts = {decision.verdict for decision in decisions if decision.essence == essence}
    if verdicts == {"approved"}:
        return Oversight.VALIDATED
    return Oversight.PROMPTED if prompted else None


def is_trained(passport: Passport | None) -> bool:
    """True for a generator that was trained, and is therefore disclosed."""
    return passport is not None and passport.source_type is SourceType.TRAINED_ALGORITHMIC


def disclosure(passport: Passport, level: Oversight | None) -> dict[str, Json]:
    """The assertion for one model."""
    data: dict[str, Json] = {
        "modelType": "c2pa.types.model",
        "modelName": passport.title,
        "modelIdentifier": f"{passport.name}@{passport.version}",
    }
    if level is not None:
        data["contentProfile"] = {"humanOversightLevel": level.value}
    return {"label": DISCLOSURE_ASSERTION, "created": True, "data": data}
