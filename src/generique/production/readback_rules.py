"""What was read back from masters, as rules of the audit and as refusals at delivery.

====== =====================================================================================
rule   passes when
====== =====================================================================================
LABEL-2  every label is read on the encoded picture, for as long as it is asked for
LABEL-3  a synthetic voice is announced aloud, while its label stands at the latest
CREDIT-3 every line of the end credits is read on the encoded picture, whole
CREDIT-4 every line can be read for long enough
CREDIT-5 every element is named, and every wording that a licence demands stands there
====== =====================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generique.clearance.verdict import Status
from generique.model.refusal import Refusal
from generique.production.audit import RuleResult
from generique.production.readback import MasterReading, NoticeFound
from generique.titles.watching import LEAST_CREDIT_SECONDS, CreditFound, LabelFound

_BAD, _LATE, _GOOD = Status.FAILED, Status.OPEN, Status.PASSED


@dataclass(frozen=True)
class _Line:
    """One thing that was looked for.

    Attributes:
        element: What it concerns; None for the whole film.
    """

    status: Status
    says: str
    element: str | None = None


@dataclass(frozen=True)
class _Rule:
    """A rule about what viewers see and hear.

    Attributes:
        source: Who asks for it.
        lift: What would lift a refusal.
    """

    id: str
    title: str
    source: str
    lift: str
    who: str = "editor"


_LABELS = _Rule(
    id="LABEL-2",
    title="Every label can be read on the encoded master, for as long as it has to stand",
    source="AI Act, Article 50(4); Code of Practice, section 2, measures 1.1 and 1.2 (EUA-11)",
    lift="make the master again, and let nothing cover the label",
)
_NOTICE = _Rule(
    id="LABEL-3",
    title="A synthetic voice is announced aloud in the encoded master",
    source="Code of Practice, section 2, sub-measures 1.2.2(d) and 1.2.3 (EUA-12)",
    lift='set audible = "spoken" under [labels] in production.toml, and make the master again',
)
_LATE_NOTICE = "leave a pause of two seconds after the first line, or before it"
_LINES = _Rule(
    id="CREDIT-3",
    title="Every line of the end credits can be read on the encoded master",
    source="Archival Producers Alliance, transparency (APA-05); Code of Practice (EUA-10)",
    lift="make the master again, and let nothing cover or cut off the credits",
)
_TIME = _Rule(
    id="CREDIT-4",
    title="Every line of the end credits stands long enough to be read",
    source="Code of Practice, section 2, commitment 3 (EUA-10)",
    lift="raise credits_seconds in production.toml, and make the master again",
)
_NAMES = _Rule(
    id="CREDIT-5",
    title="Every element is credited, in the words that its licence asks for",
    source="Archival Producers Alliance, transparency (APA-05); the licences themselves",
    lift="make the master again from the lineage as it is now",
)


def reading_rules(readings: Iterable[MasterReading]) -> tuple[RuleResult, ...]:
    """The rules of the audit that rest on what was read back.

    Args:
        readings: One for each language; none gives no rule.
    """
    return tuple(
        RuleResult(
            id=rule.id,
            title=rule.title,
            status=_worst(line.status for line in lines),
            evidence=tuple(line.says for line in lines),
            who="" if all(line.status is _GOOD for line in lines) else rule.who,
        )
        for rule, lines in _all(tuple(readings))
    )


def reading_refusals(readings: Iterable[MasterReading]) -> tuple[Refusal, ...]:
    """Why the masters must not be delivered: all that was looked for and is not there."""
    return tuple(
        Refusal(
            rule=rule.id,
            source=rule.source,
            element=line.element,
            reason=line.says,
            lift=rule.lift,
            who=rule.who,
        )
        for rule, lines in _all(tuple(readings))
        for line in lines
        if line.status is _BAD
    )


def _all(readings: tuple[MasterReading, ...]) -> Iterator[tuple[_Rule, tuple[_Line, ...]]]:
    for rule, read in (
        (_LABELS, _labels),
        (_NOTICE, _notice),
        (_LINES, _lines),
        (_TIME, _time),
        (_NAMES, _names),
    ):
        lines = tuple(line for reading in readings for line in read(reading))
        if lines:
            yield rule, lines


def _labels(reading: MasterReading) -> Iterator[_Line]:
    if reading.frames < reading.frames_asked:
        yield _Line(
            _BAD,
            f"{reading.language}: only {reading.frames} of {reading.frames_asked} frames can be "
            "decoded",
        )
    for found in reading.labels:
        yield _Line(_GOOD if found.stands else _BAD, f"{reading.language}: {_label(found)}")


def _label(one: LabelFound) -> str:
    label, found = one.label, one.found
    asked = f"“{label.text}” (frames {label.start} to {label.end})"
    if found.first is None or found.last is None:
        return f"{asked} is not found; best guess {found.agreement:.2f}"
    gap = f", lost for {found.gap} frames in between" if found.gap > one.gap_allowed else ""
    return (
        f"{asked} is read from frame {found.first} to {found.last}, on {found.seen} of its "
        f"{found.asked} frames ({one.least} are needed), contrast {found.contrast:.1f} to 1{gap}"
    )


def _notice(reading: MasterReading) -> Iterator[_Line]:
    if reading.announcement == "free":
        return
    notice = reading.notice
    if notice is None:
        owed = reading.announcement == "owed"
        wish = ": the production wants no notice, and its genre owes one" if owed else ""
        yield _Line(
            _LATE if owed else _BAD,
            f"{reading.language}: a synthetic voice is not announced aloud{wish}",
        )
        return
    status = _BAD if not notice.stands else _GOOD if _in_time(reading, notice) else _LATE
    heard = notice.heard
    where = (
        f"is heard at {heard.start:.2f} s"
        if notice.stands
        else f"is not heard at {notice.asked:.2f} s"
    )
    late = "" if status is not _LATE else f"; that is late: {_LATE_NOTICE}"
    yield _Line(
        status,
        f"{reading.language}: the spoken notice {where} (weakest piece {heard.weakest:.2f}, "
        f"{heard.level:.1f} LUFS, {heard.clearance:.1f} LU over what sounds with it); the first "
        f"voice starts at {notice.first_voice:.2f} s{late}",
        notice.element,
    )


def _in_time(reading: MasterReading, notice: NoticeFound) -> bool:
    """True before the first voice, or while the label that came with it still stands."""
    if notice.asked <= notice.first_voice:
        return True
    first = next((one for one in reading.labels if one.label.kind == "voice"), None)
    if first is None or first.found.last is None or not first.stands:
        return False
    shown = first.found.last / max(reading.frames_a_second, 1.0)
    return notice.heard.start <= shown


def _lines(reading: MasterReading) -> Iterator[_Line]:
    for line in reading.credits:
        yield _Line(
            _GOOD if line.whole else _BAD,
            f"{reading.language}: {_credit(line)}",
            line.elements[0] if line.elements else None,
        )


def _credit(line: CreditFound) -> str:
    found = line.found
    if found.first is None:
        return f"“{line.text}” is not found; best guess {found.agreement:.2f}"
    return (
        f"“{line.text}” is read from frame {found.first} to {found.last}, on {found.seen} of "
        f"{found.asked} frames, contrast {found.contrast:.1f} to 1"
    )


def _time(reading: MasterReading) -> Iterator[_Line]:
    rate = reading.frames_a_second
    for line in reading.credits:
        if line.found.asked < line.least:
            yield _Line(
                _BAD,
                f"{reading.language}: “{line.text}” stands for {line.found.asked / rate:.1f} s; "
                f"{LEAST_CREDIT_SECONDS:g} s are needed",
                line.elements[0] if line.elements else None,
            )
    if reading.credits and all(line.found.asked >= line.least for line in reading.credits):
        shortest = min(line.found.asked for line in reading.credits)
        yield _Line(_GOOD, f"{reading.language}: the shortest stands for {shortest / rate:.1f} s")


def _names(reading: MasterReading) -> Iterator[_Line]:
    for element in reading.uncredited:
        yield _Line(_BAD, f"{reading.language}: no line names {element}", element)
    for wording in reading.unpaid:
        yield _Line(_BAD, f"{reading.language}: the licence asks for {wording}")
    if not reading.uncredited and not reading.unpaid:
        named = {element for line in reading.credits for element in line.elements}
        yield _Line(
            _GOOD,
            f"{reading.language}: {len(reading.credits)} lines name all {len(named)} elements",
        )


def _worst(found: Iterable[Status]) -> Status:
    states = set(found)
    return next((state for state in (_BAD, _LATE) if state in states), _GOOD)
