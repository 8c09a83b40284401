"""What archival producers and broadcasters ask of films that claim to tell what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generique.clearance.case import TRAINED, ElementFacts
from generique.clearance.licences import licence_known
from generique.clearance.packs.findings import (
    Finding,
    Said,
    absent,
    failed,
    missing,
    passed,
    sweep,
    undecided,
    waiting,
)
from generique.clearance.packs.labels_read import credit_faults, label_fault, masters, unread
from generique.clearance.packs.reading import Reading, Sort
from generique.clearance.packs.rules_netflix import replied
from generique.clearance.packs.rules_netflix_output import unconsented
from generique.model.action import Action
from generique.model.element import ElementClass
from generique.model.judgement import Question
from generique.model.people import Role


def _true_class(reading: Reading) -> Iterable[Finding]:
    """APA-01."""
    if not reading.informative:
        return [absent(f"The film is {reading.genre} and does not claim to tell what happened.")]

    def test(sort: Sort) -> Finding | None:
        if sort.element_class is not ElementClass.AUTHENTIC:
            return None
        if sort.generated:
            return failed(f"It is called authentic, and {sort.backend} made it.")
        if sort.source_type in TRAINED:
            return failed("It is called authentic, and its source type tells of a trained model.")
        return None

    return sweep(
        reading.sorts.items(),
        test,
        kept="The class of every element agrees with what made it.",
        none="There is no element.",
    )


def _cue_sheet(reading: Reading) -> Iterable[Finding]:
    """APA-03."""
    asked: dict[tuple[str, ...], list[int]] = {}
    for at in reading.generated:
        asked.setdefault(_uncued(reading.case.elements[at]), []).append(at)
    return sweep(
        asked.items(),
        lambda lacks: failed(f"The cue sheet lacks {', '.join(lacks)} of it.") if lacks else None,
        kept="The cue sheet is complete for every generated element.",
        none="Nothing is generated.",
    )


def _uncued(element: ElementFacts) -> tuple[str, ...]:
    """What a cue sheet would lack of an element."""
    passport = element.passport
    held = {
        "the place in the film": element.start is not None and element.end is not None,
        "the take": element.take is not None and element.essence is not None,
        "the prompt": bool(element.prompt),
        "the generator and its version": passport is not None,
        "the licence": passport is not None and licence_known(passport.licence),
    }
    return tuple(name for name, there in held.items() if not there)


def _on_the_material(reading: Reading) -> Iterator[Finding]:
    """APA-04."""
    count = sum(len(at) for _, at in reading.groups(lambda sort: sort.factual))
    if not count:
        yield absent("Nothing is shown or said that was not simply recorded.")
        return
    fault = label_fault(reading)
    if fault is not None:
        yield fault._replace(
            reason=f"{fault.reason} Elements that were not simply recorded: {count}.",
            warns=not reading.informative,
        )
        return
    yield passed(
        f"The picture says what was not simply recorded. Elements: {count}.", *masters(reading)
    )


def _credited(reading: Reading) -> Iterable[Finding]:
    """APA-05."""
    fault = unread(reading) if reading.generated else None
    if fault is not None:
        return [fault]
    lacking = credit_faults(reading)
    asked: dict[tuple[str, ...], list[int]] = {}
    for at in reading.generated:
        where = tuple(lacking.get(reading.case.elements[at].id, ()))
        asked.setdefault(where, []).append(at)
    return sweep(
        asked.items(),
        lambda where: (
            failed(f"Its credit was not found in the {', '.join(where)} master.") if where else None
        ),
        kept="The credit of every generated element was read back from every master.",
        none="Nothing is generated.",
    )


def _simulations(reading: Reading) -> Iterable[Finding]:
    """APA-07: the person's consent, the archive's leave, the facts."""
    asked: dict[tuple[Sort, str | None], list[int]] = {}
    for sort, places in reading.groups(_simulated):
        for answer, at in reading.by_answer(places, Question.FACTS).items():
            asked[sort, answer] = at
    return sweep(
        asked.items(),
        lambda key: _unsettled(reading, *key),
        kept="Consent, leave and facts are settled for whatever is simulated or altered.",
        none="Nobody is simulated, no archive altered, no fact invented.",
    )


def _simulated(sort: Sort) -> bool:
    return sort.factual or (sort.generated and sort.person is not None)


def _unsettled(reading: Reading, sort: Sort, facts: str | None) -> Finding | None:
    if sort.generated and sort.person is not None:
        fault = unconsented(reading, sort)
        if fault is not None:
            return fault
    if not sort.generated and sort.element_class is ElementClass.ALTERED:
        found = reading.covered(sort.holder or "its holder", Action.GENERATE)
        if not found.covered:
            holder = sort.holder or "a holder whom nobody has named"
            return missing(
                f"It is altered material of {holder}, and leave to alter it is not recorded."
            )
    if facts == "no":
        return failed("A person checked the facts that it shows, and they do not hold.")
    if facts != "yes":
        return waiting("Nobody has checked the facts that it shows.", warns=True)
    return None


def _restored(reading: Reading) -> Iterable[Finding]:
    """APA-08."""
    altered: dict[str | None, list[int]] = {}
    for _, places in reading.groups(lambda sort: sort.element_class is ElementClass.ALTERED):
        for answer, at in reading.by_answer(places, Question.ALTERATION).items():
            altered.setdefault(answer, []).extend(at)

    def test(answer: str | None) -> Finding | None:
        if answer in {"none", "customary"}:
            return None
        if answer == "meaning":
            return failed("A person judged that its alteration changes what it means.")
        return waiting("Nobody has judged whether its alteration changes what it means.")

    return sweep(
        altered.items(),
        test,
        kept="A person judged that no alteration changes what the material means.",
        none="No element is altered.",
    )


def _broadcast(reading: Reading) -> Iterable[Finding]:
    """BRD-01."""
    if not reading.informative:
        return [absent(f"The film is {reading.genre}, and neither news nor factual.")]

    def test(key: tuple[Sort, str | None]) -> Finding | None:
        sort, facts = key
        if reading.genre == "news":
            return failed(f"It is news, and {sort.backend} made it.")
        use = reading.use(sort)
        said = reading.use_said(sort, Role.COMMISSIONER)
        if said is Said.NO or not (said is Said.YES or (use is not None and replied(use))):
            return undecided(said, "The commissioner was not asked about it.", warns=True)
        if facts != "yes":
            return waiting("Nobody has found that the facts that it shows hold.", warns=True)
        return None

    asked: dict[tuple[Sort, str | None], list[int]] = {}
    for sort, places in reading.groups(lambda sort: sort.generated and sort.factual):
        for answer, at in reading.by_answer(places, Question.FACTS).items():
            asked[sort, answer] = at
    return sweep(
        asked.items(),
        test,
        kept="The commissioner was asked about whatever is generated, and facts were checked.",
        none="Nothing factual is generated.",
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "APA-01": _true_class,
    "APA-03": _cue_sheet,
    "APA-04": _on_the_material,
    "APA-05": _credited,
    "APA-07": _simulations,
    "APA-08": _restored,
    "BRD-01": _broadcast,
}
