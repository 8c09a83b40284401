"""Content credentials: what the credential of a master says, and what may be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generique.clearance.case import ReadBack
from generique.clearance.packs.findings import Finding, Said, failed, missing, passed, sweep
from generique.clearance.packs.reading import Reading, Sort
from generique.clearance.packs.rules_european import each_master, reserved, sealed
from generique.clearance.packs.rules_netflix import CONFIDENTIAL
from generique.model.passport import SourceType


def _rubric(rule: str) -> Callable[[Reading], Iterable[Finding]]:
    """CPA-01, CPA-03, CPA-04: what the official rubric says of the credential."""

    def test(master: ReadBack) -> Finding | None:
        if not sealed(master):
            return failed(f"its credential is {master.credential}.")
        if master.credential_faults is None:
            return missing("its credential was not held against the rubric.", warns=True)
        faults = [
            fault.removeprefix(f"{rule}: ")
            for fault in master.credential_faults
            if fault.startswith(f"{rule}: ")
        ]
        return failed(f"{'; '.join(faults)}.") if faults else None

    return lambda reading: each_master(
        reading, test, kept="The credential of every master meets the rubric here."
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
        if master.ingredients_missing is None:
            return missing("its ingredients were not compared with the timeline.", warns=True)
        if master.ingredients_missing:
            names = ", ".join(master.ingredients_missing[:8])
            return failed(f"its credential does not name {names}.")
        return None

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
        if master.validated is None:
            return missing("nobody has read what it says of human validation.", warns=True)
        false = [name for name in master.validated if name not in approved]
        if false:
            return failed(
                f"it says that a person validated {', '.join(false[:8])}, and nobody approved "
                "exactly that."
            )
        return None

    return each_master(
        reading, test, kept="What masters say of human validation rests on approvals."
    )


def _watermark(reading: Reading) -> Iterable[Finding]:
    """CPA-07."""

    def test(master: ReadBack) -> Finding | None:
        if master.watermark is None:
            return missing("nobody has looked for its watermark.")
        if not master.watermark:
            return failed("its watermark was not detected.")
        return None

    return each_master(reading, test, kept="The watermark was detected in every master.")


def _timestamp(reading: Reading) -> Iterable[Finding]:
    """CPA-08."""

    def test(master: ReadBack) -> Finding | None:
        if master.timestamped is None:
            return missing("nobody has read the time stamp of its credential.")
        if not master.timestamped:
            return missing("no authority has stamped the time of its credential yet.")
        return None

    return each_master(reading, test, kept="An authority stamped the time of every credential.")


def _trust(reading: Reading) -> Iterable[Finding]:
    """CPA-09."""

    def test(master: ReadBack) -> Finding | None:
        if master.credential == "trusted":
            return None
        if sealed(master):
            return missing(
                f"its credential is {master.credential}: the signature holds, and its signer is "
                "on no list of trusted authorities."
            )
        return failed(f"its credential is {master.credential}.")

    return each_master(
        reading, test, kept="A listed authority vouches for the signer of every master."
    )


def _survives(reading: Reading) -> Iterable[Finding]:
    """CPA-10."""
    return each_master(
        reading,
        lambda master: (
            None if sealed(master) else failed(f"its credential is {master.credential}.")
        ),
        kept="Every delivered file holds its credential.",
    )


def _mining(reading: Reading) -> Iterable[Finding]:
    """CPA-11."""
    title = reading.case.production.id

    def test(sort: Sort) -> Finding | None:
        model = reading.model(sort)
        return None if model is None else reserved(reading, model)

    ours = reading.groups(
        lambda sort: (model := reading.model(sort)) is not None and model.derived_for == title
    )
    if not ours:
        stated = reading.case.production.mining
        return [passed(f"No model was made for this title. Credentials state: mining {stated}.")]
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
    "CPA-01": _rubric("CPA-01"),
    "CPA-02": _source_type,
    "CPA-03": _rubric("CPA-03"),
    "CPA-04": _rubric("CPA-04"),
    "CPA-05": _ingredients,
    "CPA-06": _validated,
    "CPA-07": _watermark,
    "CPA-08": _timestamp,
    "CPA-09": _trust,
    "CPA-10": _survives,
    "CPA-11": _mining,
    "CPA-12": _confidential,
}
