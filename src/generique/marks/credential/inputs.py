"""What went into a take: its prompt, its generator and the data that it was trained on.

Each is an ingredient in the relation ``inputTo`` (C2PA 2.4, section 18.16). Without a manifest
of its own an ingredient is tied to no bytes, so that what is known of it is embedded in the claim
as a small document; the claim's hashes hold that, and the document holds the digests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Literal

from generique.marks.credential.disclosure import is_trained
from generique.model.delivered import Tried
from generique.model.lineage import Lineage
from generique.model.take import Take
from generique.model.values import Digest, Json, Value, digest_of

Prompts = Literal["stated", "hashed"]
"""Whether a credential says prompts in clear words, or their digests."""

PROMPT_TYPE = "c2pa.types.generator.prompt"
GENERATOR_TYPE = "c2pa.types.generator"
MODEL_TYPE = "c2pa.types.model"
DATASET_TYPE = "c2pa.types.dataset"


class Input(Value):
    """One thing that went into a take.

    Attributes:
        label: Its name in the claim.
        data_type: Of the C2PA list of asset types.
        text: What is embedded.
    """

    label: str
    title: str
    data_type: str
    media_type: str
    text: str


def inputs_of(take: Take) -> tuple[Input, ...]:
    """Prompt, generator and disclosed datasets of a take.

    A take that was read from a claim gives the texts of the release that wrote it: fields that
    passports have gained since are not in them.

    Args:
        take: As it is stated in the claim; with its prompt hashed where prompts are withheld.
    """
    passport = take.passport
    prompt = _document({"prompt": take.prompt, "notes": list(take.notes)})
    generator = passport.model_dump(mode="json", exclude={"training", "credit"}, exclude_unset=True)
    generator["training"] = passport.training.statement
    found = [
        Input(
            label="input-prompt",
            title=f"prompt of {take.id}",
            data_type=PROMPT_TYPE,
            media_type="application/json",
            text=prompt,
        ),
        Input(
            label="input-generator",
            title=f"{passport.title} {passport.version}",
            data_type=MODEL_TYPE if is_trained(passport) else GENERATOR_TYPE,
            media_type="application/json",
            text=_document(generator),
        ),
    ]
    found += [
        Input(
            label=f"input-dataset-{dataset.id}",
            title=dataset.title,
            data_type=DATASET_TYPE,
            media_type="application/json",
            text=_document(dataset.model_dump(mode="json", exclude_unset=True)),
        )
        for dataset in passport.training.datasets
    ]
    return tuple(found)


def input_ingredients(inputs: Sequence[Input]) -> list[Json]:
    """Inputs as ingredients of a manifest definition; their texts are its resources."""
    return [
        {
            "title": item.title,
            "label": item.label,
            "relationship": "inputTo",
            "format": item.media_type,
            "data_types": [{"type": item.data_type}],
            "data": {"format": item.media_type, "identifier": item.label},
        }
        for item in inputs
    ]


def stated(take: Take, prompts: Prompts) -> Take:
    """A take as its claim states it, every field said; what its job cost is left out.

    Args:
        take: The take.
        prompts: ``hashed`` puts the digest of the prompt, and of each direction, in its place; so
            too of warnings and of what was tried, which may quote the prompt.
    """
    take = take.model_copy(update={"job": take.job.without_money() if take.job else None})
    if prompts == "stated":
        return _said(take)
    hidden = take.model_copy(
        update={
            "prompt": digest_of(take.prompt.encode()),
            "notes": _digests(take.notes),
            "warnings": _digests(take.warnings),
            "tried": _untold(take.tried),
        }
    )
    return _said(hidden)


def _said(take: Take) -> Take:
    """A take as it is read back from what it states."""
    return Take.read(take.to_json(), where=take.id)


def withheld(lineage: Lineage, prompts: Prompts) -> Lineage:
    """A lineage as its claim states it; see :func:`stated`."""
    if prompts == "stated":
        return lineage
    elements = tuple(
        use.model_copy(
            update={
                "prompt": None if use.prompt is None else digest_of(use.prompt.encode()),
                "notes": _digests(use.notes),
                "tried": _untold(use.tried),
            }
        )
        for use in lineage.elements
    )
    return lineage.model_copy(update={"elements": elements})


def _digests(texts: Iterable[str]) -> tuple[Digest, ...]:
    return tuple(digest_of(text.encode()) for text in texts)


def _untold(tried: Iterable[Tried]) -> tuple[Tried, ...]:
    """Who was asked before, and the code of why not; a refusal quotes the words it is about."""
    return tuple(
        each.model_copy(update={"reason": digest_of(each.reason.encode())}) for each in tried
    )


def _document(data: Json) -> str:
    """One text for one value, so that its digest can be compared."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
