"""A passport in words: what is known of a thing, and what is not."""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.reservations.scan import is_reserved
from generique.model.answer import Answer
from generique.model.kept_passports import (
    WORLD,
    DatasetPassport,
    Document,
    KeptPassport,
    ModelPassport,
    ToolPassport,
    Usage,
)

_Fact = tuple[str, str | None]
"""What is asked, and the answer; None where nobody knows."""

_SAID = {
    Answer.YES: "yes",
    Answer.NO: "no",
    Answer.UNSURE: "whoever was asked is not sure",
    Answer.UNKNOWN: None,
    Answer.UNDISCLOSED: "undisclosed",
}


def passport_lines(passport: KeptPassport, *, shipped: bool = False) -> tuple[str, ...]:
    """A passport for people: a heading, a line for each fact, and one for all that is unknown.

    Args:
        passport: Of any kind.
        shipped: True for one that comes with the program.
    """
    version = "every version" if passport.version == WORLD else f"version {passport.version}"
    origin = "comes with the program" if shipped else "kept by the production"
    facts = tuple(_facts(passport))
    unknown = [question for question, answer in facts if answer is None]
    lines = [f"{passport.kind} {passport.id}, {version}: {passport.title} ({origin})"]
    lines += [f"  {question}: {answer}" for question, answer in facts if answer is not None]
    if passport.notes:
        lines.append(f"  notes: {' '.join(passport.notes.split())}")
    lines.append(f"  looked at by {passport.checked_by} on {passport.checked_on}")
    lines.append(f"  not known: {', '.join(unknown) or 'nothing that is asked'}")
    return tuple(lines)


def unknown_facts(passport: KeptPassport) -> tuple[str, ...]:
    """What nobody knows of a thing."""
    return tuple(question for question, answer in _facts(passport) if answer is None)


def _facts(passport: KeptPassport) -> Iterator[_Fact]:
    yield "maker", _known(passport.maker)
    yield from _usage(passport.usage)
    if isinstance(passport, ToolPassport):
        yield from _tool(passport)
    elif isinstance(passport, ModelPassport):
        yield from _model(passport)
    else:
        yield from _dataset(passport)


def _usage(usage: Usage) -> Iterator[_Fact]:
    yield "licence", _known(usage.licence)
    yield "licence text", _document(usage.licence_text)
    yield "terms of use", _document(usage.terms)
    yield "commercial use", _SAID[usage.commercial]
    yield "territories", _places(usage.territories)
    yield "limit of revenue", _limit(usage)
    for question, duty in (
        ("the credits must say", usage.credit_duty),
        ("the picture must show", usage.display_duty),
    ):
        if duty:
            yield question, "; ".join(f"{language}: {text}" for language, text in duty.items())


def _tool(tool: ToolPassport) -> Iterator[_Fact]:
    places = {
        "local": "stay on this machine",
        "enterprise": "go to a secured tenancy",
        "consumer": "go to a public offer",
    }
    yield "inputs", places.get(tool.environment)
    yield "tier of the licence", _known(tool.tier)
    yield "trains on inputs", _SAID[tool.trains_on_inputs]
    days = f"for {tool.retention_days} days" if tool.retention_days else "for a limited time"
    kept = {"none": "not at all", "limited": days, "unlimited": "without limit"}
    yield "inputs are kept", kept.get(tool.retention)
    yield "models", ", ".join(tool.models) or None


def _model(model: ModelPassport) -> Iterator[_Fact]:
    yield "weights", model.weights
    listed = ", ".join(model.datasets)
    training = {
        "none": "nothing was trained",
        "disclosed": f"trained on {listed or 'nothing that is listed'}",
        "undisclosed": "undisclosed" + (f"; known of it: {listed}" if listed else ""),
    }
    yield "training", training.get(model.training)
    published = model.summary_published
    yield "summary of the training content", _document(model.summary) or _SAID[published]
    if model.talent:
        yield "rests on the consents", ", ".join(model.talent)
    if model.derived_for is not None:
        yield "serves only the title", model.derived_for


def _dataset(dataset: DatasetPassport) -> Iterator[_Fact]:
    yield "digest", dataset.digest
    yield "items", None if dataset.items is None else f"{dataset.items:,}"
    yield "people can be recognised", _SAID[dataset.personal_data]
    if dataset.consents:
        yield "rests on the consents", ", ".join(dataset.consents)
    if dataset.scanned_on is None:
        yield "reservations of text and data mining", None
        return
    reserved = _SAID[is_reserved(dataset.reservations)] or "none found, and no permission either"
    yield "text and data mining reserved", f"{reserved} (looked for on {dataset.scanned_on})"
    for one in dataset.reservations:
        yield f"  {one.protocol}", f"{one.reserved.value}: {one.found} ({one.where})"


def _known(text: str) -> str | None:
    return None if text == Answer.UNKNOWN.value else text


def _document(document: Document | None) -> str | None:
    if document is None:
        return None
    place = document.file or "not kept"
    return f"{place}, read on {document.read_on}, {document.digest}"


def _limit(usage: Usage) -> str | None:
    limit = usage.revenue_limit
    if limit is not None:
        return f"{limit.amount} {limit.currency} a year"
    if usage.revenue_limited is Answer.YES:
        return "there is one; which is not known"
    return "none" if usage.revenue_limited is Answer.NO else _SAID[usage.revenue_limited]


def _places(territories: tuple[str, ...] | None) -> str | None:
    if territories is None:
        return None
    return "the world" if WORLD in territories else ", ".join(territories) or "none"
