"""Reservations that a file carries: in its credential (CAWG), and in its XMP metadata (IPTC)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from generique.clearance.reservations.words import loudest, nothing, short, unclear
from generique.model.answer import Answer
from generique.model.kept_passports import Reservation

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CREDENTIAL: Final = "c2pa-cawg"
METADATA: Final = "iptc"
MINING_ASSERTIONS = ("cawg.training-mining", "c2pa.training-mining")
"""Labels of the assertion, the newer one first; an instance adds ``__1`` and its like."""
_TRAINING = ("data_mining", "ai_training", "ai_generative_training")

_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_TERMS = "http://ns.useplus.org/ldf/vocab/"
_RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"


def read_assertion(data: Any, *, where: str) -> Reservation:
    """CAWG training and data mining assertion 1.1, and its forerunner in C2PA.

    What is ``constrained`` without saying how counts as not allowed (rule CPA-11); with its
    constraint a person has to read it. Uses that are not about training are passed over.
    """
    entries = data.get("entries") if isinstance(data, Mapping) else None
    if not isinstance(entries, Mapping):
        return unclear(CREDENTIAL, where, "no list of uses")
    said = [
        _use(str(name), entry, where)
        for name, entry in sorted(entries.items())
        if str(name).rpartition(".")[2] in _TRAINING
    ]
    return loudest(said) if said else nothing(CREDENTIAL, where, "no use for training")


def _use(name: str, entry: Any, where: str) -> Reservation:
    use = entry.get("use") if isinstance(entry, Mapping) else None
    info = str(entry.get("constraint_info") or "") if isinstance(entry, Mapping) else ""
    answer = {"allowed": Answer.NO, "notAllowed": Answer.YES}.get(str(use), Answer.UNSURE)
    if use == "constrained" and not info.strip():
        answer = Answer.YES
    words = f"{name}: {use}" + (f" ({info})" if info else "")
    return Reservation(protocol=CREDENTIAL, reserved=answer, found=short(words), where=where)


def read_packet(packet: str, *, where: str) -> Reservation:
    """The property *Data Mining* (IPTC Photo Metadata 2023.1, of PLUS) of an XMP packet.

    Args:
        packet: The packet, from ``<x:xmpmeta`` or ``<rdf:RDF`` on.
        where: Where it was had from.
    """
    try:
        root = fromstring(packet)
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        return unclear(METADATA, where, f"the metadata cannot be read: {error}")
    said = [_term(term, where) for term in _terms(root)]
    return loudest(said) if said else nothing(METADATA, where, "no property Data Mining")


def _terms(root: Element) -> Iterator[str]:
    """Values of the property, written as an attribute or as an element."""
    for element in root.iter():
        if f"{_PLUS}DataMining" in element.attrib:
            yield element.attrib[f"{_PLUS}DataMining"]
        if element.tag == f"{_PLUS}DataMining":
            yield element.attrib.get(_RDF_RESOURCE) or (element.text or "")


def _term(term: str, where: str) -> Reservation:
    name = term.strip().removeprefix(_TERMS)
    answer = Answer.UNSURE
    if name == "DMI-UNSPECIFIED":
        answer = Answer.UNKNOWN
    elif name == "DMI-ALLOWED":
        answer = Answer.NO
    elif name.startswith("DMI-PROHIBITED"):
        answer = Answer.YES
    return Reservation(
        protocol=METADATA, reserved=answer, found=short(f"plus:DataMining {name}"), where=where
    )
