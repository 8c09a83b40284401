"""Seal: takes, media and masters get their credentials; masters get an entry and a proof.

An approval binds the essence digest, the credential is about the file: signing an approved take
or an unsigned master changes no essence, and the seal says so by naming both digests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generique import __version__
from generique.ledger.canonical import canonical
from generique.marks.credential.claims import (
    USUAL,
    Generator,
    Terms,
    ingredient_label,
    master_claim,
    master_ingredients,
    media_claim,
    take_claim,
)
from generique.marks.credential.originals import ORIGINAL, signed_original
from generique.marks.credential.soft_binding import SoftBinding
from generique.marks.proofcheck import ESSENCE_SUBJECT, FILE_SUBJECT
from generique.model.lineage import Lineage
from generique.model.passport import SourceType
from generique.model.take import Take
from generique.model.values import Digest, Json, Value
from generique.production.ingest import Medium
from generique.production.journal import Act
from generique.production.machineroom_ports import Credentials, StageDoor
from generique.production.master import Master
from generique.production.steps import Step, StepMachine, step
from generique.production.takes import Chosen

GENERATOR = Generator(version=__version__)


class Sealed(Value):
    """A signed master.

    Attributes:
        file: Digest of the signed file.
        essence: Essence digest, the same as before signing.
        entry: Ledger entry that says both.
    """

    language: str
    file: Digest
    essence: Digest
    entry: int


class SealingRoom:
    """Signs files and records it.

    Args:
        machine: Runs and recalls steps.
        door: Opens workspaces.
        credentials: Signs.
        terms: What the production lets credentials say.
    """

    def __init__(
        self,
        machine: StepMachine,
        door: StageDoor,
        credentials: Credentials,
        terms: Terms = USUAL,
    ) -> None:
        self._machine = machine
        self._door = door
        self._credentials = credentials
        self._terms = terms

    def ingredients(self, lineage: Lineage, chosen: Chosen, language: str) -> dict[str, Digest]:
        """Signed files that a language version is made of, by label."""
        takes = {shot.take.id: shot.take for shot in chosen.takes()}
        media = {medium.file: medium for medium in chosen.media.values()}
        signed = {}
        for ingredient in master_ingredients(lineage, language):
            use = ingredient.uses[0]
            if use.take is not None:
                signed[ingredient.label] = self._take(takes[use.take], lineage)
            else:
                signed[ingredient_label(use)] = self._medium(media[use.file])
        return signed

    def master(
        self,
        master: Master,
        lineage: Lineage,
        ingredients: Mapping[str, Digest],
        bindings: Sequence[SoftBinding] = (),
    ) -> Sealed:
        """Sign a master and record its seal.

        Args:
            master: The unsigned master.
            lineage: Of the film.
            ingredients: Signed files that it is made of, by label.
            bindings: Marks and codes by which it is found again without its credential.
        """
        language, essence = master.language, master.essence
        wanted = step(
            f"seal {language}",
            {
                "verb": "seal",
                "language": language,
                "lineage": lineage.to_json(),
                "bindings": [binding.to_json() for binding in bindings],
                **self._asked(),
            },
            {"master": master.file, **ingredients},
        )
        sealed = self._recall(language, essence, wanted)
        if sealed is None:
            with self._machine.turn(wanted.name):
                sealed = self._recall(language, essence, wanted)
                if sealed is None:
                    definition = master_claim(
                        lineage,
                        language,
                        essence,
                        GENERATOR,
                        terms=self._terms,
                        bindings=bindings,
                    )
                    return self._seal(wanted, master, definition, ingredients, lineage)
        self._machine.progress.step(wanted.name, "done before")
        return _endorsed(self._machine, sealed)

    def _recall(self, language: str, essence: Digest, wanted: Step) -> Sealed | None:
        """The seal that was recorded before and whose file is still there."""
        found = self._machine.journal.find_step(wanted.key)
        if found is None or not self._machine.vault.has(found.facts["file"]):
            return None
        return Sealed(
            language=language, file=found.facts["file"], essence=essence, entry=found.entry
        )

    def _seal(
        self,
        wanted: Step,
        master: Master,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Digest],
        lineage: Lineage,
    ) -> Sealed:
        """Sign and record."""
        self._machine.progress.step(wanted.name, "started")
        language, essence = master.language, master.essence
        file = self._sign(f"seal-{language}", master.file, definition, ingredients)
        facts = {
            "language": language,
            "file": file,
            "essence": essence,
            "unsigned": master.file,
            "ingredients": dict(ingredients),
            "demonstration": lineage.demonstration,
            "lineage": self._machine.vault.put_bytes(canonical(lineage.to_json())),
        }
        entry = self._machine.journal.record(
            "seal", {FILE_SUBJECT: file, ESSENCE_SUBJECT: essence}, facts, step_key=wanted.key
        )
        self._machine.progress.step(wanted.name, "done")
        return Sealed(language=language, file=file, essence=essence, entry=entry)

    def _take(self, take: Take, lineage: Lineage) -> Digest:
        decisions = tuple(
            entry.decision
            for use in lineage.elements
            if use.take == take.id
            for entry in use.decisions
        )
        definition = take_claim(take, GENERATOR, decisions=decisions, terms=self._terms)
        signed = signed_original(take)
        parent = {} if signed is None else {ORIGINAL: signed}
        return self._credential(take.id, take.file, definition, parent)

    def _medium(self, medium: Medium) -> Digest:
        media_type = "video/mp4" if medium.item.kind == "picture" else "audio/wav"
        origin = SourceType.DIGITAL_CAPTURE if medium.item.captured else SourceType.COMPOSITE
        definition = media_claim(
            medium.item, medium.essence, origin, GENERATOR, media_type=media_type
        )
        return self._credential(medium.item.file, medium.file, definition, {})

    def _credential(
        self,
        name: str,
        file: Digest,
        definition: Mapping[str, Json],
        parent: Mapping[str, Digest],
    ) -> Digest:
        recipe = {"verb": "credential", "claim": dict(definition), **self._asked()}
        wanted = step(f"credential {name}", recipe, {"file": file, **parent})
        place = f"credential-{Path(name).stem}"
        outcome = self._machine.perform(
            wanted, lambda: {"signed": self._sign(place, file, definition, parent)}
        )
        return outcome.outputs["signed"]

    def _asked(self) -> dict[str, Json]:
        """What decides a credential besides its claim; what is usual is not named."""
        authority = self._credentials.authority
        asked: dict[str, Json] = {} if authority is None else {"timestamp": authority}
        return asked if self._terms == USUAL else {**asked, "terms": self._terms.to_json()}

    def _sign(
        self,
        workspace: str,
        file: Digest,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Digest],
    ) -> Digest:
        """Sign a file of the vault; the definition states its essence, which is checked."""
        vault = self._machine.vault
        stage = self._door.open(workspace)
        try:
            target = stage.workspace / "signed"
            paths = {label: vault.path(digest) for label, digest in ingredients.items()}
            self._credentials.sign(vault.path(file), target, definition, paths)
            return vault.move_in(target)
        finally:
            self._door.close(stage)


def seal_of(machine: StepMachine, language: str, essence: Digest) -> Act | None:
    """The last seal of a master, by its essence, whose file is there; None when there is none."""
    found = None
    for act in machine.journal.acts("seal"):
        same = (act.facts["language"], act.facts["essence"]) == (language, essence)
        if same and machine.vault.has(act.facts["file"]):
            found = act
    return found


def _endorsed(machine: StepMachine, sealed: Sealed) -> Sealed:
    """The same master with everything that was added to it since."""
    for act in machine.journal.acts("seal"):
        if act.facts.get("endorses") == sealed.file and machine.vault.has(act.facts["file"]):
            sealed = sealed.model_copy(update={"file": act.facts["file"], "entry": act.entry})
    return sealed
