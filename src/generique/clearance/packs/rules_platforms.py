"""Platforms, and territories with rules of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generique.clearance.case import ReadBack
from generique.clearance.packs.findings import Finding, absent, failed, missing, passed, waiting
from generique.clearance.packs.labels_read import label_fault, masters
from generique.clearance.packs.marks_read import watermark_fault
from generique.clearance.packs.reading import Reading
from generique.clearance.packs.rules_european import each_master, sealed
from generique.clearance.platforms import realistic, shows

CHINA = "CN"
UNITED_STATES = "US"


def _upload(platform: str) -> Callable[[Reading], Iterable[Finding]]:
    """PLT-01, PLT-02: the answer on upload follows from what people judged."""

    def rule(reading: Reading) -> Iterator[Finding]:
        if not reading.groups(shows):
            yield absent("Nothing is shown or heard that was not simply recorded.")
            return
        answer, undecided = realistic(reading)
        if answer.known:
            yield passed(f"On {platform} the answer is {answer.value}.")
            return
        more = len(undecided) - 8
        yield waiting(
            f"The answer for {platform} does not follow, for nobody has judged "
            f"{', '.join(undecided[:8])}{f' and {more} more' if more > 0 else ''}."
        )

    return rule


def _own_label(reading: Reading) -> Iterator[Finding]:
    """PLT-03."""
    if not reading.groups(shows):
        yield absent("No label is owed.")
        return
    fault = label_fault(reading)
    yield fault if fault is not None else passed("The film carries its own labels.")


def _china(reading: Reading) -> Iterator[Finding]:
    """PLT-04."""
    if not reading.shown_in(CHINA) or not reading.case.production.territories:
        yield absent("China is not among the territories.")
        return
    if not reading.generated:
        yield absent("Nothing is generated.")
        return
    yield failed(
        "China is among the territories, and this program writes no field with producer and "
        "content into the file, nor a notice at its very start."
    )


def _united_states(reading: Reading) -> Iterable[Finding]:
    """PLT-05."""
    if not reading.shown_in(UNITED_STATES) or not reading.generated:
        return [absent("Nothing generated is for the United States.")]

    def test(master: ReadBack) -> Finding | None:
        if not sealed(master):
            return failed(f"its credential is {master.credential}.")
        return watermark_fault(master)

    return each_master(reading, test, kept="Every master carries provenance data.")


def _adverts(reading: Reading) -> Iterator[Finding]:
    """PLT-06."""
    if reading.genre != "advertising" or not reading.shown_in(UNITED_STATES):
        yield absent("It is no advertising for the United States.")
        return
    if not reading.groups(lambda sort: sort.voice or (sort.generated and sort.person is not None)):
        yield missing("Nobody has said whether a performer is generated in the pictures.")
        return
    fault = label_fault(reading)
    if fault is not None:
        yield fault
        return
    yield passed("The generated performers are labelled.", *masters(reading))


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "PLT-01": _upload("YouTube"),
    "PLT-02": _upload("TikTok and Meta"),
    "PLT-03": _own_label,
    "PLT-04": _china,
    "PLT-05": _united_states,
    "PLT-06": _adverts,
}
