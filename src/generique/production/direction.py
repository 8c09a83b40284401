"""Direction: retakes that were asked for, and choices between takes."""

from __future__ import annotations

from generique.ledger.canonical import canonical
from generique.model.errors import UsageError, WaitingForPerson
from generique.model.shot import ShotList
from generique.model.take import Take
from generique.model.values import digest_of
from generique.production.journal import Journal
from generique.production.ports import Vault
from generique.production.shoot import Shot

NOTE_AT_MOST = 2000
"""Longest note of a retake, in characters."""


def directed_notes(journal: Journal) -> dict[str, tuple[str, ...]]:
    """The notes of all retakes by shot, oldest first; they apply one after the other."""
    notes: dict[str, tuple[str, ...]] = {}
    for act in journal.acts("direction"):
        shot = act.facts["shot"]
        notes[shot] = (*notes.get(shot, ()), act.facts["note"])
    return notes


def check_retake(shot: str, note: str, shots: ShotList) -> None:
    """Make sure that a retake can be asked for.

    Raises:
        UsageError: There is no such generated shot, or the note says nothing.
    """
    generated = [known.id for known in shots.shots if known.media is None]
    if shot not in generated:
        raise UsageError(
            f"there is no generated shot {shot}",
            why=f"generated shots: {', '.join(generated) or 'none'}",
            next_step="see: generique status",
        )
    if not note.strip() or len(note) > NOTE_AT_MOST:
        raise UsageError(
            "a retake needs a short note of what is to be different",
            next_step='for example: generique retake 1-1 "slower, less snow"',
        )


def direct_retake(shot: str, note: str, shots: ShotList, journal: Journal) -> None:
    """Record that another take of a shot is wanted.

    Raises:
        UsageError: As :func:`check_retake`.
    """
    check_retake(shot, note, shots)
    facts = {"shot": shot, "note": note.strip()}
    journal.record("direction", {"direction": digest_of(canonical(dict(facts)))}, facts)


def choose(take: Take, journal: Journal) -> None:
    """Record which take of a shot the cut uses from now on."""
    facts = {"element": take.element, "take": take.id, "essence": take.essence}
    journal.record("choice", {"essence": take.essence, "file": take.file}, facts)


def choices(journal: Journal) -> dict[str, str]:
    """The essence digests chosen, by element; the last choice counts."""
    return {act.facts["element"]: act.facts["essence"] for act in journal.acts("choice")}


def chosen_take(newest: Shot, journal: Journal, vault: Vault) -> Shot:
    """The take that the cut uses: the one that was chosen, else the newest asked for.

    Args:
        newest: Take of the shot as it is directed now.
        journal: Holds choices and takes.
        vault: Holds the takes' documents.

    Raises:
        WaitingForPerson: The chosen take is not as long as the timing plan wants by now.
    """
    essence = choices(journal).get(newest.take.element)
    if essence in (None, newest.take.essence):
        return newest
    for act in journal.takes(newest.take.element):
        take = Take.read(vault.read(act.facts["outputs"]["take"]), where=f"entry {act.entry}")
        if take.essence == essence:
            if take.frames != newest.take.frames:
                break
            return newest.model_copy(update={"take": take, "entry": act.entry, "ran": False})
    raise WaitingForPerson(
        f"the take chosen for {newest.take.element} does not fit the timing plan any more",
        next_step=f"choose again: generique review choose {newest.take.id}",
    )
