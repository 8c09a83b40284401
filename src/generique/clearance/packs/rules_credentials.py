"""Content credentials: what the credential of a master says, and what may be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generique.clearance.case import ReadBack
from generique.clearance.packs.findings import (
    Finding,
    Said,
    absent,
    failed,
    missing,
    passed,
    sweep,
)
from generique.clearance.packs.marks_read import credential_fault, names, watermark_fault
from generique.clearance.packs.reading import Reading, Sort
from generique.clearance.packs.rules_european import each_master, sealed
from generique.clearance.packs.rules_netflix import CONFIDENTIAL
from generique.clearance.packs.training_data import reservations, unknown_model, unpassported
from generique.clearance.verdict import Gate, Status
from generique.model.answer import Answer
from generique.model.passport import SourceType
from generique.model.people import Matter


def _complete(rule: str) -> Callable[[Reading], Iterable[Finding]]:
    """CPA-01, CPA-03, CPA-04: what the credential has to say of how the file came to be."""

    def test(master: ReadBack) -> Finding | None:
        fault = credential_fault(rule, master)
        if fault is not None:
            return fault
        if not sealed(master):
            return failed(f"its credential is {master.credential}.")
        if master.credential_faults is None:
            return missing("nobody has held its credential against this rule.", warns=True)
        return None

    return lambda reading: each_master(
        reading, test, kept="The credential of every master says what this rule asks for."
    )


def _source_type(reading: Reading) -> Iterable[Finding]:
    """CPA-02."""

    def test(sort: Sort) -> Finding | None:
        said = sort.source_type
        if said is None:
            return missing("Nobody has said what kind of source it comes from.")
        if sort.generated and said in _RECORDED:
            return failed(f"Its source type is {said.value}, and {sort.backend} made it.")
        if said is SourceType.ALGORITHMIC and sort.training not in {"none", None}:
            return failed(
                "Its source type tells of no training, and the training data of "
                f"{sort.backend} is {sort.training}."
            )
        if said is SourceType.TRAINED_ALGORITHMIC and sort.training == "none":
            return failed("Its source type tells of a trained model, and none was at work.")
        return None

    return sweep(
        reading.sorts.items(),
        test,
        kept="The source type of every element fits what made it.",
        none="There is no element.",
    )


_RECORDED = frozenset(
    {SourceType.DIGITAL_CAPTURE, SourceType.COMPOSITE_CAPTURE, SourceType.HUMAN_EDITS}
)


def _ingredients(reading: Reading) -> Iterable[Finding]:
    """CPA-05."""

    def test(master: ReadBack) -> Finding | None:
        if master.ingredients_missing:
            return failed(f"its credential does not name {names(master.ingredients_missing)}.")
        fault = credential_fault("CPA-05", master)
        if fault is None and master.ingredients_missing is None:
            return missing("its ingredients were not compared with the timeline.", warns=True)
        return fault

    return each_master(
        reading, test, kept="The credential of every master names every element of the film."
    )


def _validated(reading: Reading) -> Iterable[Finding]:
    """CPA-06."""
    named = {name for master in reading.case.readback for name in master.validated or ()}
    approved = {
        element.id
        for at, element in enumerate(reading.case.elements)
        if element.id in named and reading.take_said(at) is Said.YES
    }

    def test(master: ReadBack) -> Finding | None:
        fault = credential_fault("CPA-06", master)
        if fault is not None:
            return fault
        if master.validated is None:
            return missing("nobody has read what it says of human validation.", warns=True)
        false = [name for name in master.validated if name not in approved]
        if (
            master.film_validated
            and reading.said_of(Matter.MASTER, master.language) is not Said.YES
        ):
            false.append("the film itself")
        if false:
            return failed(
                f"it says that a person validated {names(false)}, and no approval of exactly that "
                "stands."
            )
        return None

    return each_master(
        reading, test, kept="What masters say of human validation rests on approvals."
    )


def _watermark(reading: Reading) -> Iterable[Finding]:
    """CPA-07."""

    def test(master: ReadBack) -> Finding | None:
        fault = credential_fault("CPA-07", master)
        if fault is None and master.marks_asked != 0:
            fault = watermark_fault(master)
        if fault is None and master.marks_unread:
            return missing(
                f"its credential also tells of {names(master.marks_unread)}, and that was not "
                "found in the encoded file, or nobody has looked for it.",
                lift="have the detectors of these marks read the delivered file",
                warns=True,
            )
        return fault

    found = list(each_master(reading, test, kept="Every mark that was asked for was found."))
    masters_read = reading.case.readback
    if found[0].status is not Status.PASSED:
        return found
    if not any(master.marks_asked for master in masters_read):
        return [absent("No shot is long, bright and textured enough to be asked for a watermark.")]
    told = [
        f" Not asked in the {master.language} master, because too short, dark or flat: "
        f"{names(master.marks_unasked)}."
        for master in masters_read
        if master.marks_unasked
    ]
    return [found[0]._replace(reason=f"{found[0].reason}{''.join(told)}")]


def _timestamp(reading: Reading) -> Iterable[Finding]:
    """CPA-08."""

    def test(master: ReadBack) -> Finding | None:
        fault = credential_fault("CPA-08", master)
        if fault is not None:
            return fault
        if master.timestamped is None:
            return missing("nobody has read the time stamp of its credential.")
        if not master.timestamped:
            return missing("no authority has stamped the time of its credential yet.")
        return None

    return each_master(reading, test, kept="An authority stamped the time of every credential.")


def _trust(reading: Reading) -> Iterable[Finding]:
    """CPA-09: the program holds no list of authorities, so that it never says that one vouches."""

    def test(master: ReadBack) -> Finding | None:
        if not sealed(master):
            return failed(f"its credential is {master.credential}.")
        return missing(
            f"its signature holds, by {master.signer or 'a signer without a name'}; whether a "
            "listed authority issued that certificate, a person has to look up."
        )

    return each_master(reading, test, kept="")


def _survives(reading: Reading) -> Iterable[Finding]:
    """CPA-10."""
    return each_master(
        reading,
        lambda master: (
            credential_fault("CPA-10", master)
            if sealed(master)
            else failed(f"its credential is {master.credential}.")
        ),
        kept="Every delivered file holds its credential.",
    )


def _mining(reading: Reading) -> Iterable[Finding]:
    """CPA-11."""
    leaves = reading.case.gate is Gate.DELIVER
    found = [*_mined(reading), *(_unsaid(reading) if leaves else ())]
    bad = [one for one in found if one.status is not Status.PASSED]
    return bad or [found[-1]._replace(reason=" ".join(one.reason for one in found))]


def _unsaid(reading: Reading) -> Iterable[Finding]:
    """Whether the credential of every master says of mining what the production wants said."""
    stated = reading.case.production.mining
    wanted = Answer.NO if stated == "allowed" else Answer.YES

    def test(master: ReadBack) -> Finding | None:
        said = master.mining
        if said is None:
            return missing("nobody has read what its credential says of mining.", warns=True)
        if said.reserved is wanted:
            return None
        return failed(
            f"its credential says of mining “{said.found or 'nothing'}”, and the production wants "
            f"it {stated}.",
            lift="seal the master again",
        )

    return each_master(reading, test, kept=f"The credential says of mining: {stated}.")


def _mined(reading: Reading) -> Iterable[Finding]:
    """Models that were made for this title, and what their datasets reserve."""
    title = reading.case.production.id

    def wanted(sort: Sort) -> bool:
        model = reading.model(sort)
        return unpassported(reading, sort) if model is None else model.derived_for == title

    def test(sort: Sort) -> Finding | None:
        model = reading.model(sort)
        return unknown_model(sort) if model is None else reservations(reading, model)

    ours = reading.groups(wanted)
    if not ours:
        return [passed("No model was made for this title.")]
    return sweep(
        ours,
        test,
        kept="The models that were made for this title hold nothing that is reserved.",
        none="No model was made for this title.",
    )


def _confidential(reading: Reading) -> Iterable[Finding]:
    """CPA-12."""
    stated = reading.case.production.prompts == "stated"

    def test(sort: Sort) -> Finding | None:
        use = reading.use(sort)
        if not stated:
            return None
        return failed(
            f"The declared use {use.id if use else ''} has confidential inputs, and credentials "
            "say prompts in clear words."
        )

    return sweep(
        reading.groups(
            lambda sort: (
                (use := reading.use(sort)) is not None
                and bool(CONFIDENTIAL.intersection(use.inputs))
            )
        ),
        test,
        kept="Prompts with confidential inputs are stated by digest only.",
        none="No declared use has confidential inputs.",
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "CPA-01": _complete("CPA-01"),
    "CPA-02": _source_type,
    "CPA-03": _complete("CPA-03"),
    "CPA-04": _complete("CPA-04"),
    "CPA-05": _ingredients,
    "CPA-06": _validated,
    "CPA-07": _watermark,
    "CPA-08": _timestamp,
    "CPA-09": _trust,
    "CPA-10": _survives,
    "CPA-11": _mining,
    "CPA-12": _confidential,
}
