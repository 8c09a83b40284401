"""The file that a provider delivered, in the credential of the take that was conformed from it.

The take opens it and edits it: it is the one parent ingredient of the take's claim. Where its own
credential holds, that goes with it. Where it has none, or one that does not hold, it is a parent
without a credential, and the take's statement of its digest is what ties it to any bytes.
"""

from __future__ import annotations

from generique.marks.credential.report import Ingredient
from generique.model.take import Take
from generique.model.values import Digest, Json

ORIGINAL = "original"
"""Label of the provider's file in a claim."""
PARENT = "parentOf"


def signed_original(take: Take) -> Digest | None:
    """The provider's file, where its credential goes with it into the take's; None otherwise."""
    seen = take.observed
    return take.original if seen is not None and seen.credential.holds else None


def opened(take: Take) -> dict[str, Json]:
    """The act that begins a conformed take."""
    return {
        "action": "c2pa.opened",
        "description": f"the file as delivered, {take.original}",
        "parameters": {"ingredientIds": [ORIGINAL]},
    }


def edited(take: Take, program: str, version: str, inputs: list[Json]) -> dict[str, Json]:
    """The act that makes a take of the provider's file.

    The kind of source is that of what the file shows: of the generator, whose work it stays.

    Args:
        take: With the generator's passport.
        program: That conformed it.
        version: Of the program.
        inputs: Labels of what went into the order.
    """
    made_by = f"{take.passport.title} {take.passport.version}"
    return {
        "action": "c2pa.edited",
        "description": f"made to order by {made_by}; conformed to what was ordered",
        "digitalSourceType": take.passport.source_type.uri,
        "softwareAgent": {"name": program, "version": version},
        "parameters": {"ingredientIds": inputs},
    }


def unsigned_original(take: Take) -> list[Json]:
    """The parent ingredient of a provider's file that goes without a credential."""
    if take.original is None or signed_original(take) is not None:
        return []
    title = f"original of {take.id}"
    return [{"title": title, "label": ORIGINAL, "relationship": PARENT}]


def is_honest_parent(take: Take | None, ingredient: Ingredient) -> bool:
    """True for a parent without a credential, of which its take says just that.

    Args:
        take: That the manifest states; None where it states none that can be read.
        ingredient: Of the manifest.
    """
    if take is None or take.original is None or ingredient.relationship != PARENT:
        return False
    return ingredient.manifest is None and signed_original(take) is None
