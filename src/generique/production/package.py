"""Package: a film as it was last made, and what goes with its masters.

Captions, cue sheet, timeline and lineage are texts that follow from the film. They are put into
the vault together with the masters that they belong to, so that what is delivered later is what was
made then, whatever has become of ``out/``. The last package in the ledger is the film as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generique.model.errors import UsageError
from generique.model.values import Digest, Excerpt, Value
from generique.production.journal import Act, Journal
from generique.production.steps import StepMachine, step


class Stands(Value):
    """What a film is made of.

    Attributes:
        timeline: The cut.
        essences: Essence of the master of each language.
        asked: Ledger entry of the last take that somebody had asked for, or chosen, when it was
            made; None when nobody had.
    """

    timeline: Digest
    essences: dict[str, Digest]
    asked: int | None


class _Made(Excerpt):
    """What an entry of a package is looked at for."""

    inputs: dict[str, Digest]
    outputs: dict[str, Digest]
    recipe: dict[str, Any]


class Package(Value):
    """A film as it was last made.

    Attributes:
        entry: Ledger entry that says so.
        essences: Essence of the master of each language.
        texts: Digests of the texts, by the name under which each is published.
        timeline: The cut; None in a package from before packages named it.
        asked: The last wish that it follows, as in :class:`Stands`; in a package from before
            packages named it, the package itself.
    """

    entry: int
    essences: dict[str, Digest]
    texts: dict[str, Digest]
    timeline: Digest | None
    asked: int | None


class _Seal(Excerpt):
    """Of which film a seal is."""

    language: str
    essence: Digest


def keep_package(machine: StepMachine, stands: Stands, texts: Mapping[str, str]) -> None:
    """Keep the texts of a film beside its masters, and record that this is the film now.

    Args:
        machine: The ledger and the vault.
        stands: What the film is made of.
        texts: By the name under which each is published.
    """
    recipe = {"verb": "package", "timeline": stands.timeline, "asked": stands.asked}
    files = {name: text.encode() for name, text in texts.items()}
    machine.restate(step("package", recipe, stands.essences), files)


def last_package(journal: Journal) -> Package | None:
    """The film as it was last made; None when it never was.

    Raises:
        UnreadableInput: The entry does not say what it should.
    """
    last = next(reversed(list(journal.steps("package"))), None)
    if last is None:
        return None
    made = _Made.read(last.facts, where=f"entry {last.entry}")
    return Package.read(
        {
            "entry": last.entry,
            "essences": made.inputs,
            "texts": made.outputs,
            "timeline": made.recipe.get("timeline"),
            "asked": made.recipe.get("asked", last.entry),
        },
        where=f"entry {last.entry}",
    )


def required_package(journal: Journal) -> Package:
    """The film as it was last made.

    Raises:
        UsageError: It never was.
    """
    found = last_package(journal)
    if found is None:
        raise UsageError(
            "there is no finished film yet", next_step="make it with: generique produce"
        )
    return found


def masters_of(package: Package | None, journal: Journal) -> dict[str, Act]:
    """The newest seal of each language version of a film.

    Args:
        package: The film; None where none was finished yet: the masters that were sealed last.
        journal: Holds the seals.

    Raises:
        UnreadableInput: An entry that seals a master does not say what it should.
    """
    found: dict[str, Act] = {}
    for act in journal.acts("seal"):
        seal = _Seal.read(act.facts, where=f"entry {act.entry}")
        if package is None or package.essences.get(seal.language) == seal.essence:
            found[seal.language] = act
    return found


def last_asked(journal: Journal) -> int | None:
    """The entry in which a take was last asked for, or chosen; None when none ever was."""
    return max((act.entry for act in journal.acts("direction", "choice")), default=None)
