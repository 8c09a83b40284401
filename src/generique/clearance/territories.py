"""The territory matrix: one cut, several packages of disclosure, all from the same facts.

What a package lacks is what its rules say at delivery; nothing is judged a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from generique.clearance.case import Case
from generique.clearance.disclosure import Form
from generique.clearance.packs.catalogue import rule_of
from generique.clearance.packs.judge import judge_rule
from generique.clearance.packs.reading import Reading
from generique.clearance.platforms import shows
from generique.clearance.verdict import Gate, Outcome, Status
from generique.model.values import Value

EUROPEAN_UNION = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
"""ISO 3166 codes of the member states."""

_TOLD = 3


class Readiness(StrEnum):
    """How far a package is."""

    READY = "ready"
    LACKING = "something is missing"
    NOT_ASKED = "not asked for"


class DisclosurePackage(Value):
    """What one territory or platform gets with the cut.

    Attributes:
        id: Stable.
        title: Name of the territory or platform, with the form.
        readiness: Whether anything is missing; ``not asked for`` where the film does not go there
            or owes nothing of the kind.
        label: What the viewer is told.
        place: Where and when.
        metadata: What the file has to hold.
        missing: What is missing, a sentence each.
        rules: Identifiers of the rules that it rests on.
    """

    id: str
    title: str
    readiness: Readiness
    label: str
    place: str
    metadata: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class _Asked(NamedTuple):
    """A package before any film."""

    id: str
    title: str
    asks: Callable[[Reading], bool]
    label: str
    place: str
    metadata: tuple[str, ...]
    rules: tuple[str, ...]


_CREDENTIAL = "signed and time-stamped content credential"
_WATERMARK = "imperceptible watermark"
_KIND_LABEL = "What it is and what that means: “AI-generated images, not filmed”"


def territory_matrix(case: Case) -> tuple[DisclosurePackage, ...]:
    """Every package, in a fixed order.

    Args:
        case: The film; what stands in its masters is known only where they were read back.
    """
    at_delivery = case.model_copy(update={"gate": Gate.DELIVER})
    reading = Reading(at_delivery)
    return tuple(_package(asked, reading) for asked in _PACKAGES)


def _package(asked: _Asked, reading: Reading) -> DisclosurePackage:
    due = asked.asks(reading)
    missing = _missing(asked.rules, reading) if due else ()
    ready = Readiness.LACKING if missing else Readiness.READY
    return DisclosurePackage(
        id=asked.id,
        title=asked.title,
        readiness=ready if due else Readiness.NOT_ASKED,
        label=asked.label,
        place=asked.place,
        metadata=asked.metadata,
        missing=missing,
        rules=asked.rules,
    )


def _missing(rules: Iterable[str], reading: Reading) -> tuple[str, ...]:
    """What rules did not pass, a sentence for each reason, with the number of elements."""
    found: dict[str, list[str]] = {}
    for name in rules:
        rule = rule_of(name)
        for outcome in judge_rule(rule, reading) if rule else ():
            if outcome.status in {Status.FAILED, Status.OPEN}:
                found.setdefault(f"{name}: {outcome.reason}", []).append(_element(outcome))
    return tuple(_counted(reason, elements) for reason, elements in found.items())


def _element(outcome: Outcome) -> str:
    return outcome.element or ""


def _counted(reason: str, elements: list[str]) -> str:
    named = [name for name in elements if name]
    if not named:
        return reason
    more = len(named) - _TOLD
    rest = f" and {more} more" if more > 0 else ""
    return f"{reason} ({', '.join(named[:_TOLD])}{rest})"


def matrix_table(packages: Iterable[DisclosurePackage]) -> tuple[tuple[str, ...], ...]:
    """The matrix as rows of text, the heading first.

    Returns:
        Package, whether it is ready, label, where, what the file holds, what is missing.
    """
    heading = ("Package", "State", "Label", "Where", "In the file", "Missing")
    return (
        heading,
        *(
            (
                package.title,
                package.readiness.value,
                package.label,
                package.place,
                "; ".join(package.metadata) or "nothing asked",
                "; ".join(package.missing) or "nothing",
            )
            for package in packages
        ),
    )


def _in_europe(reading: Reading) -> bool:
    return any(reading.shown_in(code) for code in EUROPEAN_UNION)


def _takes(form: Form) -> Callable[[Reading], bool]:
    """Whether the film goes to Europe and some element takes a form, or may yet take it."""

    def asks(reading: Reading) -> bool:
        forms = {way.form for way in reading.ways.values()}
        undecided = None in forms and (form is Form.STANDARD or not reading.informative)
        return _in_europe(reading) and (form in forms or undecided)

    return asks


def _generated_for(code: str) -> Callable[[Reading], bool]:
    return lambda reading: reading.shown_in(code) and bool(reading.generated)


def _named(code: str) -> Callable[[Reading], bool]:
    """A territory with duties that nobody can fulfil by chance counts only when it is named."""
    return lambda reading: code in reading.case.production.territories and bool(reading.generated)


def _advert(reading: Reading) -> bool:
    return reading.genre == "advertising" and reading.shown_in("US")


def _shown(reading: Reading) -> bool:
    return bool(reading.groups(shows))


_PACKAGES = (
    _Asked(
        id="eu-standard",
        title="European Union, standard form",
        asks=_takes(Form.STANDARD),
        label=_KIND_LABEL,
        place="in the picture: at the start, repeated, after breaks; spoken before a synthetic "
        "voice",
        metadata=(_CREDENTIAL, _WATERMARK),
        rules=("EUA-02", "EUA-07", "EUA-11", "EUA-12"),
    ),
    _Asked(
        id="eu-light",
        title="European Union, light form",
        asks=_takes(Form.LIGHT),
        label="Credit that names the generated elements",
        place="in the opening or end credits, long enough to be read",
        metadata=(_CREDENTIAL, _WATERMARK),
        rules=("EUA-02", "EUA-07", "EUA-09", "EUA-10"),
    ),
    _Asked(
        id="cn",
        title="China",
        asks=_named("CN"),
        label="Notice with the letters AI",
        place="in the picture, at the very start, two seconds or more",
        metadata=("field AIGC with producer and content identifier",),
        rules=("PLT-04",),
    ),
    _Asked(
        id="us-ca",
        title="United States, California",
        asks=_generated_for("US"),
        label="None asked for in the picture",
        place="in the file",
        metadata=(_CREDENTIAL, _WATERMARK),
        rules=("PLT-05",),
    ),
    _Asked(
        id="us-wa",
        title="United States, Washington",
        asks=_generated_for("US"),
        label="None asked for in the picture",
        place="in the file",
        metadata=(_CREDENTIAL, _WATERMARK),
        rules=("PLT-05",),
    ),
    _Asked(
        id="us-ny",
        title="United States, New York, advertising",
        asks=_advert,
        label="Notice of a synthetic performer",
        place="in the advertisement, plainly",
        metadata=(),
        rules=("PLT-06",),
    ),
    _Asked(
        id="youtube",
        title="YouTube",
        asks=_shown,
        label="The platform’s own, beside the film’s",
        place="switch for altered or synthetic content on upload",
        metadata=(),
        rules=("PLT-01", "PLT-03"),
    ),
    _Asked(
        id="tiktok",
        title="TikTok",
        asks=_shown,
        label="The platform’s own, beside the film’s",
        place="switch for AI-generated content on upload",
        metadata=(_CREDENTIAL,),
        rules=("PLT-02", "PLT-03", "CPA-10"),
    ),
    _Asked(
        id="meta",
        title="Meta",
        asks=_shown,
        label="The platform’s own, beside the film’s",
        place="AI info on upload",
        metadata=(_CREDENTIAL,),
        rules=("PLT-02", "PLT-03", "CPA-10"),
    ),
)
