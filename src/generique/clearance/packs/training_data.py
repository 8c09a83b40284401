"""What models were made from: what is known of it, what was released, what its holders reserved.

What is worst counts: a reserved dataset is looked for among all that are named, before anything
is said of those about which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable

from generique.clearance.licences import licence_known
from generique.clearance.packs.findings import Finding, failed, missing
from generique.clearance.packs.reading import Reading, Sort
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.kept_passports import DatasetPassport, ModelPassport


def untrained(model: ModelPassport | None) -> bool:
    """True for a model whose kept passport says that nothing was trained."""
    return model is not None and model.training == "none"


def disclosed(model: ModelPassport) -> bool:
    """True when everything that a model was made from is named, or there is nothing."""
    return model.training in {"none", "disclosed"}


def unpassported(reading: Reading, sort: Sort) -> bool:
    """True where a trained model was at work of which no passport is kept.

    Such a model may be derived for another title, made from a performer or from what is reserved:
    a rule about those passes over it at the price of being lifted by a paper that is left out.
    """
    return sort.trained and reading.model(sort) is None


def made_from_data(reading: Reading, sort: Sort) -> bool:
    """True where the model of a sort was made from data, or nobody knows that it was not.

    What the production keeps counts before the generator's own word.
    """
    model = reading.model(sort)
    if model is None:
        return sort.trained
    return sort.generated and (not untrained(model) or bool(model.datasets))


def unknown_model(sort: Sort) -> Finding:
    """The finding on such a model."""
    return missing(
        f"No passport of the model {sort.model or 'that was used'} is kept, so that nobody can "
        "tell what it was made from, and for which title.",
        lift="keep a passport of the model: generique passport add model",
    )


def reserved_dataset(reading: Reading, model: ModelPassport) -> DatasetPassport | None:
    """The first reserved dataset among all that the passport of a model names."""
    return next((kept for kept in _kept(reading, model) if _reserving(kept)), None)


def reservations(reading: Reading, model: ModelPassport) -> Finding | None:
    """What reservations against mining say of the datasets of a model.

    What others trained is told; what was trained for this title is refused.
    """
    theirs = model.derived_for != reading.case.production.id
    reserved = reserved_dataset(reading, model)
    if reserved is not None:
        return failed(
            f"The dataset {reserved.title} of {model.title} is reserved against mining "
            f"({', '.join(_reserving(reserved))}).",
            warns=theirs,
        )
    for name in model.datasets:
        dataset = reading.datasets.get(name)
        if dataset is None or dataset.scanned_on is None:
            kept = "" if dataset else " No passport of it is kept."
            return missing(
                f"The dataset {name} of {model.title} was never scanned for reservations.{kept}",
                warns=theirs,
            )
    if not disclosed(model):
        return missing(
            f"What {model.title} was made from is {model.training}, so that nothing of it could "
            "be scanned for reservations.",
            warns=theirs,
        )
    return None


def uncleared(reading: Reading, model: ModelPassport) -> Finding | None:
    """What is not known or not allowed of the material that a model was made from."""
    found = reservations(reading, model)
    if found is not None:
        return found._replace(warns=False)
    for dataset in _kept(reading, model):
        if not licence_known(dataset.usage.licence):
            return missing(
                f"The licence of the dataset {dataset.title} is {dataset.usage.licence}."
            )
        if dataset.personal_data is not Answer.NO and not dataset.consents:
            return missing(
                f"Whether people can be recognised in the dataset {dataset.title} is "
                f"{_told(dataset.personal_data)}, and no consent is named for it."
            )
    people = (*model.talent, *(name for kept in _kept(reading, model) for name in kept.consents))
    return _unreleased_people(reading, model, people)


def _unreleased_people(
    reading: Reading, model: ModelPassport, names: Iterable[str]
) -> Finding | None:
    for name in names:
        consent = reading.consents.get(name)
        if consent is None:
            return missing(f"The consent {name} that {model.title} rests on is not recorded.")
        found = reading.covered(consent.person, Action.FINE_TUNE)
        if not found.covered:
            return failed(f"{model.title} is made from {consent.person}, and {found.reason}.")
    return None


def _kept(reading: Reading, model: ModelPassport) -> list[DatasetPassport]:
    """The passports that are kept of the datasets of a model."""
    return [reading.datasets[name] for name in model.datasets if name in reading.datasets]


def _reserving(dataset: DatasetPassport) -> list[str]:
    """The protocols by which a dataset is reserved."""
    return [one.protocol for one in dataset.reservations if one.reserved is Answer.YES]


def _told(answer: Answer) -> str:
    return "not in doubt: they can" if answer is Answer.YES else answer.value
