"""Package: a film as it was last made, and what goes with its masters.

Captions, cue sheet, timeline and lineage are texts that follow from the film. They are put into
the vault together with the masters that they belong to, so that what is delivered later is what was
made then, whatever has become of ``out/``. The last package in the ledger is the film as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generique.model.errors import UsageError
from generique.model.values import Digest, Value, digest_of
from generique.production.journal import Act
from generique.production.steps import StepMachine, step


class Package(Value):
    """A film as it was last made.

    Attributes:
        entry: Ledger entry that says so.
        essences: Essence of the master of each language.
        texts: Digests of the texts, by the name under which each is published.
    """

    entry: int
    essences: dict[str, Digest]
    texts: dict[str, Digest]


def keep_package(
    machine: StepMachine, essences: Mapping[str, Digest], texts: Mapping[str, str]
) -> None:
    """Keep the texts of a film beside its masters, and record that this is the film now.

    Args:
        machine: The ledger and the vault.
        essences: Essence of the master of each language.
        texts: By the name under which each is published.
    """
    files = {name: text.encode() for name, text in texts.items()}
    digests = {name: digest_of(data) for name, data in files.items()}
    others = [
        act.entry
        for act in _packages(machine)
        if act.facts["inputs"] != dict(essences) or act.facts["outputs"] != digests
    ]
    recipe = {"verb": "package", "texts": digests, "after": others[-1] if others else None}
    machine.perform(
        step("package", recipe, essences),
        lambda: {name: machine.vault.put_bytes(data) for name, data in files.items()},
    )


def last_package(machine: StepMachine) -> Package:
    """The film as it was last made.

    Raises:
        UsageError: It never was.
    """
    found = list(_packages(machine))
    if not found:
        raise UsageError(
            "there is no finished film yet", next_step="make it with: generique produce"
        )
    last = found[-1]
    return Package(entry=last.entry, essences=last.facts["inputs"], texts=last.facts["outputs"])


def _packages(machine: StepMachine) -> Iterator[Act]:
    """All packages, oldest first."""
    for act in machine.journal.acts("step"):
        if act.facts["recipe"].get("verb") == "package":
            yield act
