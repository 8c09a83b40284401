"""France: prior authorisation, human performers, likeness, news, reserved repertoire."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generique.clearance.approvals import ApprovalRule
from generique.clearance.packs.findings import (
    Finding,
    Said,
    absent,
    failed,
    missing,
    sweep,
    undecided,
    waiting,
)
from generique.clearance.packs.labels_read import label_fault
from generique.clearance.packs.reading import Group, Reading, Sort
from generique.clearance.packs.rules_netflix_output import unconsented
from generique.clearance.packs.training_data import (
    disclosed,
    made_from_data,
    reserved_dataset,
    untrained,
)
from generique.clearance.verdict import Gate
from generique.model.action import Action
from generique.model.people import Matter, Role

FRENCH = "fr"

_BOTH_SIDES = ApprovalRule(matter=Matter.USE, roles=(Role.DIRECTOR, Role.PRODUCER), persons=2)

_UNDECLARED = "No declared use covers it, so that nobody could authorise it."


def _generated(reading: Reading) -> list[Group]:
    return reading.groups(lambda sort: sort.generated)


def _fiction(reading: Reading) -> Iterator[Finding]:
    """FRA-01."""
    if reading.informative:
        yield absent(f"The film is {reading.genre}: another rule asks for two approvals.")
        return

    def test(sort: Sort) -> Finding | None:
        if sort.use is None:
            return failed(_UNDECLARED)
        return undecided(
            reading.use_said(sort, Role.PRODUCER),
            f"No producer has approved the declared use {sort.use}.",
        )

    yield from sweep(
        _generated(reading),
        test,
        kept="The producer approved every declared use.",
        none="Nothing is generated.",
    )
    if reading.case.gate is Gate.DELIVER and reading.generated:
        yield missing(
            "Whether partners were told is not recorded here: a person has to look.",
            lift="tell co-producers, distributors and broadcasters of the clause, and keep the "
            "notice",
            warns=True,
        )


def _mutual(reading: Reading) -> Iterator[Finding]:
    """FRA-02."""
    if not reading.informative:
        yield absent(f"The film is {reading.genre}, and no documentary.")
        return
    yield from sweep(
        _generated(reading),
        lambda sort: _one_sided(reading, sort),
        kept="Director and producer both approved every declared use.",
        none="Nothing is generated.",
    )
    owed = reading.groups(lambda sort: sort.factual)
    if reading.case.gate is Gate.DELIVER and owed:
        fault = label_fault(reading)
        if fault is not None:
            yield fault._replace(reason=f"The public has to be told. {fault.reason}")


def _one_sided(reading: Reading, sort: Sort) -> Finding | None:
    """What is missing of the agreement of two people, one on each side."""
    if sort.use is None:
        return failed(_UNDECLARED)
    stands = reading.stands(_BOTH_SIDES, sort.use)
    if stands.approved:
        return None
    if stands.rejected:
        return failed(f"A person rejected the declared use {sort.use}.")
    said = [one.decision for one in stands.counted]
    authors = {one.person for one in said if one.role is Role.DIRECTOR}
    producers = {one.person for one in said if one.role is Role.PRODUCER}
    if not authors or not producers:
        sides = [
            role.value
            for role, there in ((Role.DIRECTOR, authors), (Role.PRODUCER, producers))
            if not there
        ]
        return waiting(f"The declared use {sort.use} waits for {' and '.join(sides)}.")
    return waiting(
        f"{', '.join(authors)} approved the declared use {sort.use} on both sides; it takes two "
        "people."
    )


def _human_dubbing(reading: Reading) -> Iterable[Finding]:
    """FRA-03."""
    original = reading.case.production.languages[0]
    return sweep(
        reading.groups(lambda sort: sort.voice and sort.language not in {None, original}),
        lambda sort: failed(
            f"A generator speaks the {sort.language} version; aid for dubbing is announced for "
            "human performers."
        ),
        kept="",
        none="No version other than the original is spoken by a generator.",
    )


def _french_voices(reading: Reading) -> Iterable[Finding]:
    """FRA-04."""

    def test(sort: Sort) -> Finding | None:
        if sort.person is not None:
            found = reading.covered(sort.person, Action.DUB)
            return (
                None
                if found.covered
                else failed(f"It speaks as {sort.person}, and {found.reason}.")
            )
        model = reading.model(sort)
        if sort.training == "none" or untrained(model):
            return None
        if model is None or not model.talent:
            return missing(f"Nobody has said whose voices {sort.backend} was made from.")
        for name in model.talent:
            consent = reading.consents.get(name)
            if consent is None:
                return missing(f"The consent {name} that {model.title} rests on is not recorded.")
            found = reading.covered(consent.person, Action.DUB)
            if not found.covered:
                return failed(f"{model.title} is made from {consent.person}, and {found.reason}.")
        return None

    return sweep(
        reading.groups(lambda sort: sort.voice and sort.language == FRENCH),
        test,
        kept="The performers behind every French voice agreed, or there are none.",
        none="No generated voice speaks French.",
    )


def _authorised(reading: Reading) -> Iterator[Finding]:
    """FRA-05."""
    people = reading.groups(lambda sort: sort.generated and sort.person is not None)
    yield from sweep(
        people,
        lambda sort: unconsented(reading, sort),
        kept="Everybody after whom an element is made authorised it in writing.",
        none="No element is made after a real person.",
    )
    if reading.case.gate is Gate.DELIVER and people:
        fault = label_fault(reading)
        if fault is not None:
            yield fault._replace(reason=f"People are shown or heard. {fault.reason}")


def _newsroom(reading: Reading) -> Iterator[Finding]:
    """FRA-06."""
    if reading.genre != "news":
        yield absent(f"The film is {reading.genre}, and no news.")
        return
    asked: dict[Said, list[int]] = {}
    for at in reading.generated:
        asked.setdefault(reading.take_said(at, Role.EDITOR), []).append(at)
    yield from sweep(
        asked.items(),
        lambda said: undecided(said, "No editor has approved it."),
        kept="An editor approved every generated element.",
        none="Nothing is generated.",
    )
    if reading.case.gate is Gate.DELIVER and reading.generated:
        fault = label_fault(reading)
        if fault is not None:
            yield fault._replace(warns=True)


def _repertoire(reading: Reading) -> Iterable[Finding]:
    """FRA-07."""

    def test(sort: Sort) -> Finding | None:
        model = reading.model(sort)
        if model is not None:
            reserved = reserved_dataset(reading, model)
            if reserved is not None:
                return failed(f"The dataset {reserved.title} holds works that are reserved.")
        if model is None or not disclosed(model):
            return missing(
                f"What {sort.model or sort.backend} was trained on is not disclosed, so that a "
                "claim of the authors could not be rebutted.",
                warns=True,
            )
        lost = [name for name in model.datasets if name not in reading.datasets]
        if lost:
            return missing(f"No passport of the dataset {lost[0]} is kept.", warns=True)
        return None

    return sweep(
        reading.groups(lambda sort: made_from_data(reading, sort)),
        test,
        kept="Every dataset is disclosed and not reserved.",
        none="No trained model was at work.",
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "FRA-01": _fiction,
    "FRA-02": _mutual,
    "FRA-03": _human_dubbing,
    "FRA-04": _french_voices,
    "FRA-05": _authorised,
    "FRA-06": _newsroom,
    "FRA-07": _repertoire,
}
