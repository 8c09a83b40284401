"""What media bore when they came in, and whether it is still said of what goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generique.clearance.packs.findings import Finding, absent, failed, missing
from generique.clearance.packs.marks_read import names
from generique.clearance.packs.reading import Reading
from generique.clearance.reservations.carried import CREDENTIAL, METADATA
from generique.model.answer import Answer
from generique.model.kept_passports import Reservation

_IN_THE_FILE = frozenset({CREDENTIAL, METADATA})
"""Protocols whose words stand in the file itself, and not on the site that it comes from."""


def _kept(reading: Reading) -> Iterator[Finding]:
    """EUA-03: reservations are followed; of other marks nobody knows what a medium bore."""
    by_words: dict[tuple[Reservation, ...] | None, list[int]] = {}
    for at, element in enumerate(reading.case.elements):
        if not element.generated:
            words = element.reservations
            carried = None if words is None else tuple(filter(_reserves, words))
            by_words.setdefault(carried, []).append(at)
    if not by_words:
        yield absent("No medium came in.")
        return
    silent = [
        master.language
        for master in reading.case.readback
        if master.mining is not None and master.mining.reserved is not Answer.YES
    ]
    told = [master.mining for master in reading.case.readback]
    read = bool(told) and None not in told
    for words, places in by_words.items():
        yield _of_medium(words, silent, read=read)._replace(places=places)


def _reserves(said: Reservation) -> bool:
    return said.protocol in _IN_THE_FILE and said.reserved in {Answer.YES, Answer.UNSURE}


def _words(said: Iterable[Reservation]) -> str:
    return "; ".join(f"{one.protocol}: {one.found}" for one in said)


def _of_medium(words: tuple[Reservation, ...] | None, silent: list[str], *, read: bool) -> Finding:
    """What is to be said of a medium.

    Args:
        words: Reservations that its file carried; None when nobody looked.
        silent: Languages of the masters whose credential does not reserve mining.
        read: Whether the credential of every master was read.
    """
    if words is None:
        return missing(
            "Nobody looked at what it bore when it came in: a person has to look.", warns=True
        )
    clear = [one for one in words if one.reserved is Answer.YES]
    if clear and silent:
        return failed(
            f"Its file reserved mining when it came in ({_words(clear)}), and the credential of "
            f"the master does not, in {names(silent)}.",
            lift='set mining = "notAllowed" in production.toml, and make the master again',
        )
    if words and silent:
        return missing(
            f"What its file says of mining is not understood ({_words(words)}), and the credential "
            f"of the master does not reserve it, in {names(silent)}: a person has to look.",
            warns=True,
        )
    kept = "Its reservation of mining is kept. " if words and read else ""
    return missing(
        f"{kept}Whether it bore a credential or a watermark of somebody's when it came in was not "
        "recorded: a person has to look.",
        warns=True,
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {"EUA-03": _kept}
