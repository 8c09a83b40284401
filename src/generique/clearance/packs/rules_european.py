"""Article 50 of the AI Act: marks that machines read, notices that viewers get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generique.clearance.case import ReadBack
from generique.clearance.disclosure import Form, Path
from generique.clearance.packs.findings import (
    Finding,
    absent,
    failed,
    missing,
    passed,
    sweep,
    waiting,
)
from generique.clearance.packs.labels_read import credit_faults, label_fault, masters, unread
from generique.clearance.packs.marks_read import watermark_fault
from generique.clearance.packs.reading import SEALED, SOUND, Reading, Sort
from generique.clearance.packs.training_data import (
    made_from_data,
    reservations,
    unknown_model,
    untrained,
)
from generique.clearance.verdict import Evidence
from generique.model.answer import Answer
from generique.model.element import ElementClass
from generique.model.judgement import Question
from generique.model.passport import SourceType
from generique.model.people import Role

QUESTIONS = {
    Question.GENERATED: "was an AI system used?",
    Question.ASSISTIVE: "was it assistive editing only?",
    Question.RESEMBLES: "does it resemble people, objects, places or events that exist or could?",
    Question.AUTHENTIC: "would the audience take it for authentic?",
    Question.ARTISTIC: "is the work plainly art?",
    Question.DOUBT: "is there any doubt that it is plainly art?",
}


def each_master(
    reading: Reading, test: Callable[[ReadBack], Finding | None], *, kept: str
) -> Iterator[Finding]:
    """Ask a question of every master that was read back.

    Args:
        reading: The case.
        test: The finding of a master that does not pass, or None.
        kept: Said when all pass; their number is added.
    """
    fault = unread(reading)
    if fault is not None:
        yield fault
        return
    clean = True
    for master in reading.case.readback:
        found = test(master)
        if found is not None:
            clean = False
            reason = f"The {master.language} master: {found.reason}"
            evidence = (Evidence(what="the master that was read", digest=master.file),)
            yield found._replace(reason=reason, evidence=evidence)
    if clean:
        count = len(reading.case.readback)
        yield passed(f"{kept} Masters: {count}.", *masters(reading))


def sealed(master: ReadBack) -> bool:
    """True when the credential of a master holds."""
    return master.credential in SEALED


def _marked(reading: Reading) -> Iterable[Finding]:
    """EUA-01."""
    return each_master(
        reading,
        lambda master: (
            None
            if sealed(master) or master.marks_found
            else failed("neither a credential nor a watermark was found in it.")
        ),
        kept="Every master carries a mark that machines read.",
    )


def _two_layers(reading: Reading) -> Iterable[Finding]:
    """EUA-02."""

    def test(master: ReadBack) -> Finding | None:
        if not sealed(master):
            return failed(f"its credential is {master.credential}.")
        fault = watermark_fault(master)
        if fault is not None:
            return fault
        if master.timestamped is False:  # one can still be had: the master is sealed again with it
            return missing("its credential bears no time stamp of an authority yet.")
        if master.timestamped is None:
            return missing("nobody has looked for its time stamp.")
        return None

    return each_master(
        reading, test, kept="Every master carries a time-stamped credential and a watermark."
    )


def _detectors(reading: Reading) -> Iterable[Finding]:
    """EUA-04."""

    def test(master: ReadBack) -> Finding | None:
        unasked = [
            name
            for name, asked in (
                ("credential", master.credential != "unknown"),
                ("watermark", master.marks_asked is not None),
            )
            if not asked
        ]
        if not unasked:
            return None
        return missing(f"no detector was asked about its {' and '.join(unasked)}.")

    return each_master(
        reading, test, kept="The detectors of every kind of mark answered on every master."
    )


def _assistive(reading: Reading) -> Iterable[Finding]:
    """EUA-06."""
    altered: dict[str | None, list[int]] = {}
    for sort, places in reading.sorts.items():
        for answer, at in reading.by_answer(places, Question.ASSISTIVE).items():
            if answer == "yes" or sort.element_class is ElementClass.ALTERED:
                altered.setdefault(answer, []).extend(at)
    return sweep(
        altered.items(),
        lambda answer: (
            None
            if answer in {"yes", "no"}
            else waiting("Nobody has settled whether it was changed by assistive editing only.")
        ),
        kept="A person settled for every altered element whether only assistive editing was done.",
        none="No element is altered.",
    )


def _tested(reading: Reading) -> Iterable[Finding]:
    """EUA-07: answers that contradict how an element came to be do not count."""

    def test(key: tuple[Question | None, str]) -> Finding | None:
        waits, contradiction = key
        if contradiction:
            return failed(contradiction, lift="answer the question anew: generique review judge")
        return None if waits is None else waiting(f"Nobody has answered: {QUESTIONS[waits]}")

    asked: dict[tuple[Question | None, str], list[int]] = {}
    for sort, places in reading.groups(lambda sort: sort.released):
        for at in places:
            way = reading.ways[at]
            asked.setdefault((way.waits, _contradiction(sort, way.path)), []).append(at)
    return sweep(
        asked.items(),
        test,
        kept="People have answered for every generated or altered element.",
        none="Nothing is generated or altered.",
    )


def _contradiction(sort: Sort, path: Path) -> str:
    """What is wrong with where a path ends, of an element of this sort; empty for nothing."""
    trained = sort.trained or sort.source_type is SourceType.TRAINED_ALGORITHMIC
    if path is Path.NO_AI and trained:
        return "A person said that no AI was used, and a trained model made it."
    if path is Path.ASSISTIVE and sort.element_class is ElementClass.SYNTHETIC:
        return "A person said that it was assistive editing only, and all of it is made up."
    return ""


def _documentary(reading: Reading) -> Iterator[Finding]:
    """EUA-08."""
    count = sum(len(at) for _, at in reading.groups(lambda sort: sort.factual))
    if not reading.informative:
        yield absent(f"The film is {reading.genre}, and no documentary.")
        return
    yield from _labelled(reading, count, "shown or said that was not simply recorded")


def _labelled(reading: Reading, count: int, what: str) -> Iterator[Finding]:
    """One finding on the labels of a number of elements."""
    if not count:
        yield absent(f"Nothing is {what}.")
        return
    fault = label_fault(reading)
    if fault is not None:
        yield fault._replace(reason=f"{fault.reason} Elements that owe a label: {count}.")
        return
    yield passed(
        f"Every label stands in every master. Elements that owe a label: {count}.",
        *masters(reading),
    )


def _relief(reading: Reading) -> Iterator[Finding]:
    """EUA-09."""
    claims = [
        said
        for at in range(len(reading.case.elements))
        if (said := reading.answered(at, Question.ARTISTIC)) and said.judgement.answer == "yes"
    ]
    film = reading.of_film.get(Question.ARTISTIC)
    if film is not None and film.judgement.answer == "yes":
        claims.append(film)
    if not claims:
        yield absent("Nobody claims the lighter form for art.")
        return
    first = claims[0].judgement
    evidence = Evidence(
        what=f"{first.person}, {first.role.value}: {first.reason}", entry=claims[0].entry
    )
    strict = reading.informative or reading.genre == "advertising"
    lay = [said for said in claims if said.judgement.role is not Role.COUNSEL]
    if strict and lay:
        yield failed(
            f"The film is {reading.genre}, and {lay[0].judgement.person} calls it plainly art "
            f"without being counsel. It keeps the standard form."
        )._replace(evidence=(evidence,))
        return
    yield passed("The claim that the work is plainly art has a person and a reason.", evidence)


def _light(reading: Reading) -> Iterable[Finding]:
    """EUA-10."""
    lightly = [at for at, way in reading.ways.items() if way.form is Form.LIGHT]
    fault = unread(reading) if lightly else None
    if fault is not None:
        return [fault]
    lacking = credit_faults(reading)
    asked: dict[tuple[str, ...], list[int]] = {}
    for at in lightly:
        where = tuple(lacking.get(reading.case.elements[at].id, ()))
        asked.setdefault(where, []).append(at)
    return sweep(
        asked.items(),
        lambda where: (
            failed(f"Its credit was not found in the {', '.join(where)} master.") if where else None
        ),
        kept="The credit of every element on the light form was read back.",
        none="No element is on the light form.",
    )


def _standard(reading: Reading) -> Iterator[Finding]:
    """EUA-11."""
    pictures = [at for at in _on_standard(reading) if not _sounds(reading, at)]
    yield from _labelled(reading, len(pictures), "shown on the standard form")


def _on_standard(reading: Reading) -> list[int]:
    return [at for at, way in reading.ways.items() if way.form is Form.STANDARD]


def _sounds(reading: Reading, at: int) -> bool:
    return reading.case.elements[at].kind in SOUND


def _audible(reading: Reading) -> Iterable[Finding]:
    """EUA-12."""
    if not reading.groups(lambda sort: sort.voice):
        return [absent("No voice is generated.")]

    def test(master: ReadBack) -> Finding | None:
        if master.audible_notice is not True:
            heard = "was not heard" if master.audible_notice is False else "is not in it"
            return failed(f"the spoken notice {heard}.")
        if master.labels_missing or not master.labels_found:
            return failed("the label that goes with the spoken notice was not found.")
        return None

    return each_master(
        reading, test, kept="The spoken notice is heard and the label seen in every master."
    )


def _perceivable(reading: Reading) -> Iterator[Finding]:
    """EUA-13."""
    count = len(_on_standard(reading))
    yield from _labelled(reading, count, "on the standard form")


def _undated(reading: Reading) -> Iterable[Finding]:
    """EUA-17."""
    return sweep(
        reading.groups(
            lambda sort: (
                not sort.generated
                and sort.factual
                and sort.element_class is not ElementClass.RECONSTRUCTION
            )
        ),
        lambda _: missing("Nobody has shown when it was generated or altered: it counts as new."),
        kept="",
        none="No medium came in that was generated or altered elsewhere.",
    )


def _summaries(reading: Reading) -> Iterable[Finding]:
    """EUA-18."""

    def test(sort: Sort) -> Finding | None:
        model = reading.model(sort)
        if model is None:
            return missing(f"No passport of the model {sort.model or 'that was used'} is kept.")
        if model.summary_published is Answer.YES and model.summary is not None:
            return None
        if model.summary_published is Answer.NO:
            return failed(f"Of {model.title} no summary of the training content was published.")
        return missing(f"Nobody has looked for a summary of what {model.title} was trained on.")

    return sweep(
        reading.groups(lambda sort: sort.trained and not untrained(reading.model(sort))),
        test,
        kept="The training summary of every model is held.",
        none="No trained model was at work.",
    )


def _reservations(reading: Reading) -> Iterable[Finding]:
    """EUA-19."""

    def test(sort: Sort) -> Finding | None:
        model = reading.model(sort)
        return unknown_model(sort) if model is None else reservations(reading, model)

    return sweep(
        reading.groups(lambda sort: made_from_data(reading, sort)),
        test,
        kept="Every dataset was scanned, and none is reserved.",
        none="No model was made from any dataset.",
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "EUA-01": _marked,
    "EUA-02": _two_layers,
    "EUA-04": _detectors,
    "EUA-06": _assistive,
    "EUA-07": _tested,
    "EUA-08": _documentary,
    "EUA-09": _relief,
    "EUA-10": _light,
    "EUA-11": _standard,
    "EUA-12": _audible,
    "EUA-13": _perceivable,
    "EUA-17": _undated,
    "EUA-18": _summaries,
    "EUA-19": _reservations,
}
