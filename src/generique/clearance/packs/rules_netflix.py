"""What the commissioner asks before something is made: declared uses, tools, inputs, weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generique.clearance.packs.findings import Finding, absent, failed, missing, sweep, undecided
from generique.clearance.packs.reading import Group, Reading, Sort
from generique.clearance.packs.training_data import uncleared, unknown_model, unpassported
from generique.clearance.triage import UseFacts, computed_triage, stops, stricter
from generique.model.answer import Answer
from generique.model.declaration import InputClass, Triage, UseDeclaration
from generique.model.judgement import Question
from generique.model.kept_passports import ModelPassport, ToolPassport
from generique.model.people import Role

CONFIDENTIAL = frozenset({InputClass.PROPRIETARY, InputClass.PERSONAL})
"""Inputs that are nobody else's business."""

KEY = "key"
"""Judged to be a main character, a key picture or a central setting."""

_UNDECLARED = "No declared use covers it."
_DECLARE = "declare the use in rights/uses.toml"


def replied(use: UseDeclaration) -> bool:
    """True when the commissioner agreed in writing."""
    asked = use.escalation
    return (
        asked is not None
        and asked.allowed is Answer.YES
        and asked.reply is not None
        and asked.replied_on is not None
    )


def secured(sort: Sort, tool: ToolPassport | None) -> bool:
    """True when what the generator of a sort is given stays with the production."""
    if sort.local:
        return True
    return (
        tool is not None
        and tool.environment in {"local", "enterprise"}
        and tool.trains_on_inputs is Answer.NO
    )


def derived(model: ModelPassport | None) -> bool:
    """True for weights that were made for a title or from a performer."""
    return model is not None and (model.derived_for is not None or bool(model.talent))


def _declared(reading: Reading) -> Iterable[Finding]:
    """NFX-01."""

    def test(sort: Sort) -> Finding | None:
        use = reading.use(sort)
        if use is None:
            return failed(_UNDECLARED, lift=_DECLARE)
        unanswered = use.principles.unanswered()
        if unanswered:
            return missing(f"The declared use {use.id} leaves open: {words(unanswered)}.")
        doubts = use.principles.doubts()
        if doubts and not replied(use):
            return failed(
                f"The declared use {use.id} does not answer yes to {words(doubts)}, and no written "
                "reply of the commissioner allows it."
            )
        return None

    return sweep(
        reading.groups(lambda sort: sort.generated),
        test,
        kept="Every generated element lies within a declared use, and no doubt is left.",
        none="Nothing is generated.",
    )


def _tools(reading: Reading) -> Iterable[Finding]:
    """NFX-03."""

    def test(sort: Sort) -> Finding | None:
        tool, use = reading.tool(sort), reading.use(sort)
        if tool is None:
            return missing(f"No passport of the tool {sort.backend} is kept.")
        proven = tool.trains_on_inputs is Answer.NO and tool.usage.terms is not None
        if not proven and (use is None or CONFIDENTIAL.intersection(use.inputs)):
            return failed(
                f"{tool.title} is given unreleased material or personal data, and nothing that "
                "was read proves that it trains on none of it."
            )
        if tool.trains_on_inputs is Answer.YES:
            return failed(f"{tool.title} trains on what it is given.")
        if not proven:
            return missing(
                f"Of {tool.title} nobody has shown that it does not train on what it is given "
                f"(its passport says {tool.trains_on_inputs.value}).",
                warns=True,
            )
        if tool.environment in {"consumer", "unknown"} or tool.retention == "unknown":
            return missing(
                f"{tool.title} is a {tool.environment} offer that keeps inputs for a time that is "
                f"{tool.retention}.",
                warns=True,
            )
        return None

    return sweep(
        reading.groups(lambda sort: sort.generated and not sort.local),
        test,
        kept="The terms of every tool were read, and none trains on what it is given.",
        none="No element is made outside the production's own machine.",
    )


def _replacement(reading: Reading) -> Iterable[Finding]:
    """NFX-05."""

    def test(sort: Sort) -> Finding | None:
        use = reading.use(sort)
        if use is None:
            return failed(_UNDECLARED, lift=_DECLARE)
        if use.principles.no_replacement is Answer.NO and not replied(use):
            return failed(f"The declared use {use.id} says that it replaces a performance or work.")
        return undecided(
            reading.use_said(sort, Role.PRODUCER),
            f"No producer has approved the declared use {use.id}.",
        )

    return sweep(
        reading.groups(lambda sort: sort.voice or (sort.generated and sort.person is not None)),
        test,
        kept="The producer approved the use behind every voice and likeness.",
        none="No voice and no likeness is generated.",
    )


def _inputs(reading: Reading) -> Iterable[Finding]:
    """NFX-06."""

    def wanted(sort: Sort) -> bool:
        use = reading.use(sort)
        return sort.generated and use is not None and bool(CONFIDENTIAL.intersection(use.inputs))

    def test(sort: Sort) -> Finding | None:
        use = reading.uses[sort.use or ""]
        if InputClass.PERSONAL in use.inputs and not replied(use):
            return failed(
                f"The declared use {use.id} gives personal data to {sort.backend}, and the "
                "commissioner has not agreed in writing."
            )
        return undecided(
            reading.use_said(sort, Role.PRODUCER, Role.COUNSEL, Role.COMMISSIONER),
            f"Nobody has approved that the declared use {use.id} gives unreleased material or "
            f"personal data to {sort.backend}.",
        )

    return sweep(
        reading.groups(wanted),
        test,
        kept="Somebody approved whatever is confidential among the inputs.",
        none="No declared use gives unreleased material or personal data to a generator.",
    )


def _training(reading: Reading) -> Iterable[Finding]:
    """NFX-07."""

    def test(sort: Sort) -> Finding | None:
        model = reading.model(sort)
        return unknown_model(sort) if model is None else uncleared(reading, model)

    return sweep(
        _derived(reading),
        test,
        kept="Whatever the models were made from was released for it.",
        none="No model was derived for a title or made from a performer.",
    )


def _derived(reading: Reading) -> list[Group]:
    """Elements of derived weights, and of those that may be: no passport of them is kept."""
    return reading.groups(
        lambda sort: (
            sort.generated and (derived(reading.model(sort)) or unpassported(reading, sort))
        )
    )


def _weights(reading: Reading) -> Iterable[Finding]:
    """NFX-14."""
    title = reading.case.production.id

    def test(sort: Sort) -> Finding | None:
        model = reading.model(sort)
        if model is None:
            return unknown_model(sort)
        if model.derived_for == title:
            return None
        if model.derived_for is None:
            return missing(f"{model.title} is made from performers and is bound to no title.")
        return failed(f"{model.title} was made for {model.derived_for}, and this is {title}.")

    return sweep(
        _derived(reading),
        test,
        kept="The models were made for this title.",
        none="No model was derived for a title or made from a performer.",
    )


def _triage(reading: Reading) -> Iterable[Finding]:
    """NFX-16: the stricter of the class that follows from the facts and the confirmed one."""
    if not reading.generated:
        yield absent("Nothing is generated.")
        return
    by_use: dict[str | None, list[Group]] = {}
    for group in reading.groups(lambda sort: sort.generated):
        by_use.setdefault(group[0].use, []).append(group)
    yield from sweep(
        [(name, [at for _, places in groups for at in places]) for name, groups in by_use.items()],
        lambda name: _sorted(reading, name, by_use[name]),
        kept="Every declared use is of a class that needs no further agreement, or was agreed to.",
        none="Nothing is generated.",
    )


def _sorted(reading: Reading, name: str | None, groups: list[Group]) -> Finding | None:
    """The finding of one declared use."""
    if name is None:
        return failed(f"{_UNDECLARED} So it cannot be sorted.", lift=_DECLARE)
    use = reading.uses[name]
    computed = use_triage(reading, use, groups)
    counts = stricter(computed, use.triage)
    safe = all(secured(sort, reading.tool(sort)) for sort, _ in groups)
    if not stops(counts, secured=safe) or replied(use):
        return None
    return undecided(
        reading.use_said(groups[0][0], Role.COMMISSIONER),
        f"The declared use {name} is of the class {counts.value} (from the facts: "
        f"{computed.value}; confirmed: {use.triage.value}), and the commissioner has not agreed.",
    )


def use_triage(reading: Reading, use: UseDeclaration, groups: Iterable[Group]) -> Triage:
    """The class of a declared use that follows from the facts.

    Args:
        reading: The case.
        use: The declared use.
        groups: The elements that it covers.
    """
    listed = list(groups)
    models = [model for sort, _ in listed if (model := reading.model(sort)) is not None]
    return computed_triage(
        UseFacts(
            inputs=use.inputs,
            temporary=use.temporary,
            talent=any(sort.person for sort, _ in listed) or any(model.talent for model in models),
            unowned=any(
                model.derived_for is not None and uncleared(reading, model) is not None
                for model in models
            ),
            key=any(
                reading.answer(at, Question.IMPORTANCE) == KEY
                for _, places in listed
                for at in places
            ),
        )
    )


def words(names: Iterable[str]) -> str:
    """Names of fields as a reader says them."""
    return ", ".join(_PRINCIPLES.get(name, name) for name in names)


_PRINCIPLES = {
    "owned_traits": "no traits of others’ works",
    "not_kept": "nothing is kept or trained on",
    "secured": "the tool is secured",
    "temporary": "temporary, or cleared for the final cut",
    "no_replacement": "replaces no performance without consent",
}

RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "NFX-01": _declared,
    "NFX-03": _tools,
    "NFX-05": _replacement,
    "NFX-06": _inputs,
    "NFX-07": _training,
    "NFX-14": _weights,
    "NFX-16": _triage,
}
