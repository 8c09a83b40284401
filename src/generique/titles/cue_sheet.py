"""The cue sheet: every element of the film as a row; see ``docs/formats/cue-sheet.md``."""

from __future__ import annotations

import csv
import io

from generique.model.lineage import ElementUse, Lineage

COLUMNS = (
    "in",
    "out",
    "frames",
    "track",
    "language",
    "element",
    "kind",
    "class",
    "title",
    "take",
    "backend",
    "version",
    "training data",
    "prompt",
    "seed",
    "licence",
    "holder",
    "source",
    "decision",
    "essence",
    "ledger entry",
)

_RECORD_START_SECONDS = 3600
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_cue_sheet(lineage: Lineage, *, record_start_seconds: int = _RECORD_START_SECONDS) -> str:
    """The cue sheet as CSV (RFC 4180): UTF-8, CR LF, quotes where needed.

    Args:
        lineage: Of the film; rows keep its order.
        record_start_seconds: Timecode of the first frame, in whole seconds of timecode.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    offset = record_start_seconds * round(lineage.rate.fps)
    for use in lineage.elements:
        writer.writerow(_guarded(cell) for cell in _row(use, lineage, offset))
    return text.getvalue()


def _row(use: ElementUse, lineage: Lineage, offset: int) -> tuple[str, ...]:
    passport, rights = use.passport, use.rights
    decisions = "; ".join(
        f"{entry.decision.verdict} by {entry.decision.person} ({entry.decision.role}), "
        f"entry {entry.entry}"
        for entry in use.decisions
    )
    licence = rights.licence if rights else passport.licence if passport else ""
    return (
        lineage.rate.timecode(use.start + offset),
        lineage.rate.timecode(use.end + offset),
        str(use.end - use.start),
        str(use.track),
        use.language or "",
        use.id,
        use.kind,
        use.element_class,
        use.title,
        use.take or "",
        passport.name if passport else "",
        passport.version if passport else "",
        passport.training.statement if passport else "",
        use.prompt or "",
        "" if use.seed is None else str(use.seed),
        licence,
        rights.holder if rights else passport.maker if passport else "",
        rights.source if rights else "",
        decisions,
        use.essence,
        str(use.entry),
    )


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet runs: a leading apostrophe makes a formula text.

    The guard goes before any white space as well, which spreadsheets skip.
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
