"""A scan: one answer for each protocol, silence included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import Field

from generique.clearance.reservations.carried import (
    CREDENTIAL,
    METADATA,
    read_assertion,
    read_packet,
)
from generique.clearance.reservations.robots import PROTOCOL as ROBOTS
from generique.clearance.reservations.robots import read_robots
from generique.clearance.reservations.tdmrep import PROTOCOL as TDMREP
from generique.clearance.reservations.tdmrep import read_page, read_site_file
from generique.clearance.reservations.words import loudest, nothing, strictest, unclear
from generique.model.answer import Answer
from generique.model.kept_passports import Reservation
from generique.model.values import Value

PROTOCOLS = (TDMREP, ROBOTS, CREDENTIAL, METADATA)

SITE_FILE, ROBOTS_FILE = "tdmrep.json", "robots.txt"
"""Names of the files of a site that speak of mining; they are looked for beside a work."""

SCAN_VERSION = 1
"""Grows when the same file could be read otherwise; media are then scanned again."""


class Sayings(Value):
    """Texts that lie beside a work or in it.

    Attributes:
        site_file: Text of ``tdmrep.json``, None where there is none.
        robots: Text of ``robots.txt``.
        page: Text of the page that shows the work.
        assertions: Training and mining assertions of its credentials.
        packets: XMP packets in the file.
        unread: Why its credential could not be read, in words; empty when it could.
    """

    site_file: str | None = None
    robots: str | None = None
    page: str | None = None
    assertions: tuple[dict[str, Any], ...] = ()
    packets: tuple[str, ...] = ()
    unread: str = Field(default="")


def scan(sayings: Sayings, source: str, *, where: str) -> tuple[Reservation, ...]:
    """What is said of mining one work: an answer for each of :data:`PROTOCOLS`, in that order.

    Args:
        sayings: What was found.
        source: Where the work was had from; its path on the site when it is an address.
        where: Name of the work, for the record.
    """
    path = site_path(source, where)
    site: list[Reservation] = []
    if sayings.site_file is not None:
        site.append(read_site_file(sayings.site_file, path, where=SITE_FILE))
    if sayings.page is not None:
        site.append(read_page(sayings.page, where="page"))
    robots = (
        nothing(ROBOTS, where, "no robots.txt at hand")
        if sayings.robots is None
        else read_robots(sayings.robots, path, where=ROBOTS_FILE)
    )
    credential = [read_assertion(data, where=where) for data in sayings.assertions]
    if sayings.unread:
        credential.append(unclear(CREDENTIAL, where, sayings.unread))
    packets = [read_packet(packet, where=where) for packet in sayings.packets]
    return (
        loudest(site or [nothing(TDMREP, where, "no tdmrep.json at hand")]),
        robots,
        loudest(credential or [nothing(CREDENTIAL, where, "no such assertion")]),
        loudest(packets or [nothing(METADATA, where, "no XMP metadata found")]),
    )


def merged(scans: Iterable[Sequence[Reservation]]) -> tuple[Reservation, ...]:
    """The strictest answer to each protocol over the works of a dataset."""
    said = [reservation for each in scans for reservation in each]
    by_protocol = [[one for one in said if one.protocol == name] for name in PROTOCOLS]
    return tuple(strictest(found) for found in by_protocol if found)


def is_reserved(reservations: Iterable[Reservation]) -> Answer:
    """Whether mining is reserved anywhere.

    Returns:
        Yes where any place reserves it; unsure where a person has to read; no only where some
        place permits it and every other is silent; unknown where all are silent.
    """
    answers = {reservation.reserved for reservation in reservations}
    for answer in (Answer.YES, Answer.UNSURE, Answer.UNDISCLOSED, Answer.NO):
        if answer in answers:
            return answer
    return Answer.UNKNOWN


def site_path(source: str, name: str) -> str:
    """Path of a work on the site that it was had from; its own name where that is no address."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return f"/{name}"
    if parts.scheme in {"http", "https"} and parts.path:
        return unquote(parts.path)
    return f"/{name}"
