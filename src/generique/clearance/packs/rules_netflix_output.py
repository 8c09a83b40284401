"""What the commissioner asks of what came out: likeness, importance, performance, honesty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

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
from generique.clearance.packs.labels_read import label_fault, masters
from generique.clearance.packs.reading import Reading, Sort
from generique.clearance.packs.rules_netflix import KEY, replied
from generique.model.action import Action
from generique.model.declaration import InputClass, Triage
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import Question
from generique.model.people import Role

_PICTURES = frozenset({ElementKind.SHOT, ElementKind.SET})


def _likeness(reading: Reading) -> Iterable[Finding]:
    """NFX-02: a near copy stops; a hint waits for a person; no comparison is told."""
    elements = reading.case.elements
    found: dict[tuple[str | None, Said], list[int]] = {}
    for at in reading.generated:
        if elements[at].kind in _PICTURES:
            likeness = elements[at].likeness
            hint = likeness not in {None, "none"}
            said = reading.take_said(at) if hint else Said.NOTHING
            found.setdefault((likeness, said), []).append(at)

    def test(key: tuple[str | None, Said]) -> Finding | None:
        likeness, said = key
        if likeness == "near copy":
            return failed("It is a near copy of a protected work of the library.")
        if likeness is None:
            return missing(
                "It was not compared with protected works.",
                lift="add the works that matter: generique library; then approve the take again",
                warns=True,
            )
        if likeness == "none":
            return None
        return undecided(
            said, f"It shows a {likeness} of a protected work, and nobody has judged it."
        )

    return sweep(
        found.items(),
        test,
        kept="No generated picture shows a match above the threshold with a protected work of the "
        "library that a person did not judge.",
        none="No picture is generated.",
    )


def _temporary(reading: Reading) -> Iterable[Finding]:
    """NFX-04."""

    def test(sort: Sort) -> Finding | None:
        use = reading.use(sort)
        if use is None:
            return missing("No declared use says whether it is temporary.")
        if use.temporary:
            return failed(
                f"The declared use {use.id} says that nothing of it may stay in the film."
            )
        return None

    return sweep(
        reading.groups(lambda sort: sort.generated),
        test,
        kept="No generated element of the film is temporary.",
        none="Nothing is generated.",
    )


def _importance(reading: Reading) -> Iterable[Finding]:
    """NFX-08."""

    def test(sort: Sort) -> Finding | None:
        use = reading.use(sort)
        if use is not None and replied(use):
            return None
        return undecided(
            reading.use_said(sort, Role.COMMISSIONER),
            "It is key to the story, and the commissioner has not agreed to it.",
        )

    keys = [
        (sort, [at for at in places if _is_key(reading, sort, at)])
        for sort, places in reading.groups(lambda sort: sort.generated)
    ]
    return sweep(
        [(sort, places) for sort, places in keys if places],
        test,
        kept="The commissioner agreed to every element that is key to the story.",
        none="Nobody has called a generated element key to the story.",
    )


def _is_key(reading: Reading, sort: Sort, at: int) -> bool:
    """Whether a person called an element key: of itself, or by the class of its use."""
    use = reading.use(sort)
    return reading.answer(at, Question.IMPORTANCE) == KEY or (
        use is not None and use.triage is Triage.KEY_VISUAL
    )


def _references(reading: Reading) -> Iterable[Finding]:
    """NFX-09."""
    asked: dict[tuple[Sort, str | None], list[int]] = {}
    for sort, places in reading.groups(lambda sort: sort.generated):
        for answer, at in reading.by_answer(places, Question.REFERENCES).items():
            asked[sort, answer] = at

    def test(key: tuple[Sort, str | None]) -> Finding | None:
        sort, answer = key
        use = reading.use(sort)
        if use is not None and replied(use):
            return None
        if answer == "yes":
            return failed("Its prompt or references call on works or people of others.")
        suspected = use is None or InputClass.THIRD_PARTY in use.inputs or sort.person is not None
        if answer == "no" or not (suspected or answer is not None):
            return None
        return waiting(
            "Nobody has settled whether its prompt or references call on works or people of "
            "others.",
            warns=True,
        )

    return sweep(
        asked.items(),
        test,
        kept="Nothing is known to call on others’ works or people in prompts and references.",
        none="Nothing is generated.",
    )


def _replica(reading: Reading) -> Iterable[Finding]:
    """NFX-10."""
    return sweep(
        reading.groups(lambda sort: sort.generated and sort.person is not None),
        lambda sort: unconsented(reading, sort),
        kept="The signed consent of everybody after whom an element is made covers it.",
        none="No element is made after a real person.",
    )


def unconsented(reading: Reading, sort: Sort) -> Finding | None:
    """What is missing of the consent of the person whose voice or likeness a sort is."""
    found = reading.replicated(sort)
    if not found.covered:
        return failed(f"It is made after {sort.person}, and {found.reason}.", lift=found.lift)
    consent = reading.consents[found.consent or ""]
    if consent.document is None:
        return missing(f"The signed paper of the consent {consent.id} is not held.")
    return None


def _alteration(reading: Reading) -> Iterable[Finding]:
    """NFX-11."""
    asked: dict[tuple[Sort, str | None], list[int]] = {}
    for sort, places in reading.sorts.items():
        for answer, at in reading.by_answer(places, Question.ALTERATION).items():
            if answer is not None or sort.element_class is ElementClass.ALTERED:
                asked[sort, answer] = at

    def test(key: tuple[Sort, str | None]) -> Finding | None:
        sort, answer = key
        if answer in {"customary", "none"}:
            return None
        if answer != "meaning":
            return waiting("Nobody has judged what its alteration changes.", warns=True)
        if sort.person is None:
            return missing(
                "Its meaning was changed, and nobody has said whose performance it is.",
                lift="name the person, and record the consent",
            )
        found = reading.covered(sort.person, Action.ALTER_PERFORMANCE)
        if found.covered:
            return None
        return failed(
            f"The meaning of a performance of {sort.person} was changed, and {found.reason}.",
            lift=found.lift,
        )

    return sweep(
        asked.items(),
        test,
        kept="A person judged every alteration; where the meaning changes, the performer agreed.",
        none="No element is altered.",
    )


def _honesty(reading: Reading) -> Iterator[Finding]:
    """NFX-12: what nobody has judged counts as a claim to be real."""
    places = [at for _, at in reading.groups(lambda sort: sort.generated and sort.factual)]
    judged = reading.by_answer([at for group in places for at in group], Question.REALITY)
    if not judged:
        yield absent("Nothing is generated that could pass for the world.")
        return
    claims = sum(len(at) for answer, at in judged.items() if answer != "no")
    fault = label_fault(reading) if claims else None
    if fault is not None:
        yield fault._replace(
            reason=f"{fault.reason} Elements that could pass for real, or that nobody has judged: "
            f"{claims}.",
            warns=not reading.informative,
        )
        return
    if not claims:
        yield passed("People judged that nothing that was generated could pass for real.")
        return
    yield passed(
        f"Every label stands in every master. Elements that could pass for real: {claims}.",
        *masters(reading),
    )


def _props(reading: Reading) -> Iterable[Finding]:
    """NFX-13."""

    def test(key: tuple[Sort, Said]) -> Finding | None:
        sort, of_take = key
        either = {of_take, reading.use_said(sort, Role.COUNSEL)}
        said = next(word for word in (Said.NO, Said.YES, Said.NOTHING) if word in either)
        return undecided(said, "It is prominent in the story, and counsel has not approved it.")

    asked: dict[tuple[Sort, Said], list[int]] = {}
    for sort, places in reading.groups(lambda sort: sort.generated):
        for at in reading.by_answer(places, Question.IMPORTANCE).get("prominent", ()):
            asked.setdefault((sort, reading.take_said(at, Role.COUNSEL)), []).append(at)
    return sweep(
        asked.items(),
        test,
        kept="Counsel approved every prominent element.",
        none="Nobody has called a generated element prominent.",
    )


def _shown_to_talent(reading: Reading) -> Iterable[Finding]:
    """NFX-15."""
    asked: dict[Said, list[int]] = {}
    for _, places in reading.groups(lambda sort: sort.generated and sort.person is not None):
        for at in places:
            asked.setdefault(reading.take_said(at, Role.TALENT), []).append(at)
    return sweep(
        asked.items(),
        lambda said: undecided(said, "The performer has not approved it."),
        kept="The performers approved every element that is made after them.",
        none="No element is made after a real person.",
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "NFX-02": _likeness,
    "NFX-04": _temporary,
    "NFX-08": _importance,
    "NFX-09": _references,
    "NFX-10": _replica,
    "NFX-11": _alteration,
    "NFX-12": _honesty,
    "NFX-13": _props,
    "NFX-15": _shown_to_talent,
}
