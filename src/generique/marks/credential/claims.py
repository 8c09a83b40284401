"""Content credentials as plain JSON: what a take, a medium and a master say about themselves.

The manifests follow C2PA 2.4: actions of version 2 among the created assertions, creation first
with its source type, all actions included. The proof of what is said lies in the ledger; the
essence digest in our own assertions ties the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from generique.marks.credential.disclosure import (
    Oversight,
    disclosure,
    is_trained,
    oversight,
)
from generique.marks.credential.inputs import (
    Input,
    Prompts,
    input_ingredients,
    inputs_of,
    stated,
    withheld,
)
from generique.marks.credential.originals import edited, opened, unsigned_original
from generique.marks.credential.soft_binding import (
    SoftBinding,
    soft_binding_assertions,
    watermark_actions,
)
from generique.marks.credential.source_types import composite_source_type
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, SourceType
from generique.model.people import Decision
from generique.model.production import MediaItem
from generique.model.take import Take
from generique.model.values import Digest, Identifier, Json, Value

SPECIFICATION = "2.4.0"
TAKE_ASSERTION = "org.generique.take"
MEDIA_ASSERTION = "org.generique.media"
LINEAGE_ASSERTION = "org.generique.lineage"
ACTIONS_ASSERTION = "c2pa.actions.v2"
MINING_ASSERTION = "cawg.training-mining"

_MINING_USES = (
    "cawg.ai_generative_training",
    "cawg.ai_inference",
    "cawg.ai_training",
    "cawg.data_mining",
)

Mining = Literal["allowed", "notAllowed"]


class Generator(Value):
    """The program that makes the claim."""

    name: str = "Generique"
    version: str


class Terms(Value):
    """What a production lets its credentials say, and lets others do.

    Attributes:
        mining: Whether others may train on a file or mine it.
        prompts: Whether prompts stand in credentials in clear words.
    """

    mining: Mining = "notAllowed"
    prompts: Prompts = "stated"


USUAL = Terms()
"""Nothing allowed to others; prompts in clear words."""


class IngredientUse(Value):
    """A signed file that a master is made of, and where it stands.

    Attributes:
        label: Take identifier, or ``media-`` and the start of the file's digest.
        uses: Its elements, in the order of the lineage; at least one.
    """

    label: Identifier
    uses: tuple[ElementUse, ...]

    @property
    def essence(self) -> Digest:
        """Essence digest, the same for all uses."""
        return self.uses[0].essence


def take_claim(
    take: Take,
    generator: Generator,
    *,
    decisions: Sequence[Decision] = (),
    bindings: Sequence[SoftBinding] = (),
    terms: Terms = USUAL,
) -> dict[str, Json]:
    """Manifest definition of a take, with what went into it as ingredients.

    A take that was conformed from a provider's file opens that file; any other is created.

    Args:
        take: The take; prompt, seed, passport and essence digest are all stated.
        generator: Our name and version.
        decisions: Decisions known when it is signed. Only a person's approval of exactly this
            essence is called human validation; a demonstration never is.
        bindings: Watermarks and fingerprints of this take.
        terms: What may be said, and done with it.
    """
    take = stated(take, terms.prompts)
    passport = take.passport
    inputs = inputs_of(take)
    labels: list[Json] = [item.label for item in inputs]
    created = _created(passport.source_type, passport.title, passport.version)
    acts: list[Json] = [{**created, "parameters": {"ingredientIds": labels}}]
    if take.original is not None:
        acts = [opened(take), edited(take, generator.name, generator.version, labels)]
    level = oversight(take.essence, decisions, prompted=bool(take.prompt))
    data: dict[str, Json] = {"schema": "generique/take-claim/1", "take": take.to_json()}
    if level is Oversight.VALIDATED:
        # What the word of human validation rests on, so that a reader can hold it to account.
        data["approvals"] = [item.to_json() for item in decisions if item.essence == take.essence]
    assertions: list[Json] = [
        _actions([*acts, *watermark_actions(bindings)]),
        _assertion(TAKE_ASSERTION, data),
        mining(terms.mining),
        *soft_binding_assertions(bindings),
    ]
    if is_trained(passport):
        assertions.append(disclosure(passport, level))
    claim = manifest_definition(take.id, take.media_type, generator, assertions, inputs)
    return {**claim, "ingredients": [*unsigned_original(take), *input_ingredients(inputs)]}


def media_claim(
    item: MediaItem,
    essence: Digest,
    source_type: SourceType,
    generator: Generator,
    *,
    media_type: str,
) -> dict[str, Json]:
    """Manifest definition of a medium that was not generated here.

    Args:
        item: What ``media.toml`` says of it.
        essence: Its essence digest.
        source_type: How it came about, on the word of its stated source.
        generator: Our name and version.
        media_type: For example ``video/mp4``.
    """
    data: dict[str, Json] = {
        "schema": "generique/media-claim/1",
        "statement": "as stated by the source of the file; not observed by the signer",
        "media": item.to_json(),
        "essence": essence,
    }
    assertions: list[Json] = [
        _actions([{"action": "c2pa.created", "digitalSourceType": source_type.uri}]),
        _assertion(MEDIA_ASSERTION, data),
        mining("notAllowed"),
    ]
    return manifest_definition(item.title, media_type, generator, assertions)


def master_ingredients(lineage: Lineage, language: str) -> tuple[IngredientUse, ...]:
    """The signed files that a language version is made of, in order of first use.

    Args:
        lineage: Of the film.
        language: The version; elements of other versions do not count.
    """
    found: dict[str, list[ElementUse]] = {}
    for use in lineage.elements:
        if use.language in (None, language):
            found.setdefault(ingredient_label(use), []).append(use)
    return tuple(IngredientUse(label=label, uses=tuple(uses)) for label, uses in found.items())


def models_of(lineage: Lineage, language: str) -> tuple[Passport, ...]:
    """The trained models behind a language version, each once."""
    return _trained(
        use for ingredient in master_ingredients(lineage, language) for use in ingredient.uses
    )


def ingredient_label(use: ElementUse) -> str:
    """Label of the signed file that an element comes from."""
    return use.take or f"media-{use.file.removeprefix('sha256:')[:12]}"


def master_claim(
    lineage: Lineage,
    language: str,
    essence: Digest,
    generator: Generator,
    *,
    bindings: Sequence[SoftBinding] = (),
    terms: Terms = USUAL,
) -> dict[str, Json]:
    """Manifest definition of a master. Its ingredients are :func:`master_ingredients`.

    Args:
        lineage: Of the film; carried whole.
        language: Version of this file.
        essence: Essence digest of the unsigned master.
        generator: Our name and version.
        bindings: Watermarks and fingerprints, shot by shot, on the time of this file.
        terms: What may be said, and done with it.
    """
    ingredients = master_ingredients(lineage, language)
    uses = [use for ingredient in ingredients for use in ingredient.uses]
    source_type = composite_source_type(use.source_type for use in uses)
    actions: list[Json] = [_created(source_type, generator.name, generator.version)]
    actions += [_placed(ingredient, lineage) for ingredient in ingredients]
    actions += watermark_actions(bindings)
    data: dict[str, Json] = {
        "schema": "generique/lineage-claim/1",
        "essence": essence,
        "language": language,
        "lineage": withheld(lineage, terms.prompts).to_json(),
    }
    assertions: list[Json] = [
        _actions(actions),
        _assertion(LINEAGE_ASSERTION, data),
        mining(terms.mining),
        *soft_binding_assertions(bindings),
    ]
    # Nobody has approved the finished master when it is signed: its models were prompted, no more.
    assertions += [
        disclosure(passport, Oversight.PROMPTED) for passport in models_of(lineage, language)
    ]
    title = lineage.titles.get(language, lineage.title)
    return manifest_definition(title, "video/mp4", generator, assertions)


def manifest_definition(
    title: str,
    media_type: str,
    generator: Generator,
    assertions: list[Json],
    inputs: Sequence[Input] = (),
) -> dict[str, Json]:
    """What every manifest has: who makes the claim, and about what.

    Args:
        title: Of the file.
        media_type: Of the file.
        generator: Our name and version.
        assertions: In the order in which they are to stand.
        inputs: What went into the file.
    """
    return {
        "claim_generator_info": [
            {
                "name": generator.name,
                "version": generator.version,
                "specVersion": SPECIFICATION,
            }
        ],
        "title": title,
        "format": media_type,
        "assertions": assertions,
        "ingredients": input_ingredients(inputs),
        "resources": {item.label: item.text for item in inputs},
    }


def _assertion(label: str, data: dict[str, Json]) -> dict[str, Json]:
    return {"label": label, "created": True, "data": data}


def _actions(actions: list[Json]) -> dict[str, Json]:
    return _assertion(ACTIONS_ASSERTION, {"actions": actions, "allActionsIncluded": True})


def _created(source_type: SourceType, agent: str, version: str) -> dict[str, Json]:
    return {
        "action": "c2pa.created",
        "digitalSourceType": source_type.uri,
        "softwareAgent": {"name": agent, "version": version},
    }


def _placed(ingredient: IngredientUse, lineage: Lineage) -> dict[str, Json]:
    changes: list[Json] = []
    for use in ingredient.uses:
        time: dict[str, Json] = {
            "type": "npt",
            "start": f"{float(lineage.rate.seconds(use.start)):.6f}",
            "end": f"{float(lineage.rate.seconds(use.end)):.6f}",
        }
        changes.append(
            {
                "description": f"{use.title} on {use.track}",
                "region": [{"type": "temporal", "time": time}],
            }
        )
    return {
        "action": "c2pa.placed",
        "parameters": {"ingredientIds": [ingredient.label]},
        "changes": changes,
    }


def mining(use: Mining) -> dict[str, Json]:
    """Whether others may train on the file or mine it (CAWG training and data mining 1.1)."""
    entries: dict[str, Json] = {name: {"use": use} for name in _MINING_USES}
    return {"label": MINING_ASSERTION, "data": {"entries": entries}}


def _trained(uses: Iterable[ElementUse]) -> tuple[Passport, ...]:
    """Passports of the trained models used, each once."""
    found: dict[tuple[str, str], Passport] = {}
    for use in uses:
        passport = use.passport
        if passport is not None and is_trained(passport):
            found.setdefault((passport.name, passport.version), passport)
    return tuple(found.values())
