"""What viewers and readers see of a master: labels and credits that were read back from it."""

from __future__ import annotations

from generique.clearance.packs.findings import Finding, failed, missing
from generique.clearance.packs.reading import Reading
from generique.clearance.verdict import Evidence


def unread(reading: Reading) -> Finding | None:
    """A finding when some language version was not read back."""
    languages = reading.unread()
    if not languages:
        return None
    return missing(
        f"No encoded master was read back in {', '.join(languages)}, so that nobody can say what "
        "its viewers get.",
        lift="make the master and have it read back: generique deliver",
    )


def label_fault(reading: Reading) -> Finding | None:
    """A finding when a label that ought to stand was not located in a master."""
    fault = unread(reading)
    if fault is not None:
        return fault
    for master in reading.case.readback:
        if master.labels_missing:
            told = "; ".join(master.labels_missing[:3])
            more = len(master.labels_missing) - 3
            rest = f", and {more} more" if more > 0 else ""
            return failed(f"Not found in the {master.language} master: {told}{rest}.")
        if master.labels_found == 0:
            return failed(f"No label was found in the {master.language} master.")
    return None


def credit_faults(reading: Reading) -> dict[str, list[str]]:
    """Languages of the masters that lack a legible credit, by element."""
    found: dict[str, list[str]] = {}
    for master in reading.case.readback:
        for element in master.credits_missing:
            found.setdefault(element, []).append(master.language)
    return found


def masters(reading: Reading) -> tuple[Evidence, ...]:
    """The masters that were read back."""
    return tuple(
        Evidence(
            what=f"the {master.language} master as it was read back: "
            f"{master.labels_found} labels found",
            digest=master.file,
        )
        for master in reading.case.readback
    )
