"""Package: a film as it was last made, and what goes with its masters.

Captions, cue sheet, timeline and lineage are texts that follow from the film. They are put into
the vault together with the masters that they belong to, so that what is delivered later is what was
made then, whatever has become of ``out/``. The last package in the ledger is the film as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.model.errors import UsageError
from generique.model.values import Digest, Value
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
    """The film as it was last made; None when it never was."""
    last = next(reversed(list(journal.steps("package"))), None)
    if last is None:
        return None
    recipe = last.facts["recipe"]
    return Package(
        entry=last.entry,
        essences=last.facts["inputs"],
        texts=last.facts["outputs"],
        timeline=recipe.get("timeline"),
        asked=recipe.get("asked", last.entry),
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
    """
    return {
        act.facts["language"]: act
        for act in journal.acts("seal")
        if package is None or package.essences.get(act.facts["language"]) == act.facts["essence"]
    }


def last_asked(journal: Journal) -> int | None:
    """The entry in which a take was last asked for, or chosen; None when none ever was."""
    return max((act.entry for act in journal.acts("direction", "choice")), default=None)
