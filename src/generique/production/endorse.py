"""Endorse: people approve a finished master, and the file carries it from then on.

The approval goes into the ledger first, bound to the master's essence; an update manifest then
carries it into the file, whose picture, sound and earlier claims stay byte for byte. The endorsed
file is sealed anew, so that its proof names its exact bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from generique.clearance.approvals import ApprovalRule, standing
from generique.ledger.ports import Signer
from generique.marks.credential.claims import models_of
from generique.marks.credential.endorsement import Endorsement, endorsement_claim
from generique.marks.proofcheck import ESSENCE_SUBJECT, FILE_SUBJECT
from generique.model.errors import Refused, UsageError
from generique.model.lineage import DecisionEntry, Lineage
from generique.model.people import Matter, Role
from generique.model.values import Digest, Value
from generique.production.evidence import stated_lineage
from generique.production.journal import Act
from generique.production.machineroom_ports import Credentials, StageDoor
from generique.production.recall import sealed_masters
from generique.production.review import Opinion, decide, signed
from generique.production.seal import GENERATOR, Sealed
from generique.production.steps import StepMachine

ENDORSING = ApprovalRule(matter=Matter.MASTER, either=((Role.DIRECTOR, Role.PRODUCER),))
"""Whose approval a file may carry: more may be asked before it is delivered."""


class _Master(Value):
    """A sealed master, as something that people decide on."""

    id: str
    essence: Digest
    file: Digest


class EndorsingRoom:
    """Carries approvals into finished masters.

    Args:
        machine: The ledger and the vault.
        door: Opens workspaces.
        credentials: Signs.
    """

    def __init__(self, machine: StepMachine, door: StageDoor, credentials: Credentials) -> None:
        self._machine = machine
        self._door = door
        self._credentials = credentials

    def endorse(
        self, language: str, opinion: Opinion, signer: Signer, credit: Sequence[str] = ()
    ) -> Sealed:
        """Approve a language version and carry that, with lines of credit, into its file.

        Args:
            language: The version.
            opinion: Who approves, in which role, and why.
            signer: The person's own key.
            credit: Lines of credit that the file is to carry besides.

        Returns:
            The endorsed master; its essence is the one that it had.

        Raises:
            UsageError: There is no such master, or the opinion is no approval.
            Refused: It is a demonstration, or the person may not approve it.
        """
        if opinion.verdict != "approved":
            raise UsageError(
                "only an approval is carried into a master",
                next_step="reject the take that is at fault, and make the film again",
            )
        act = sealed_masters(self._machine.journal).get(language)
        if act is None or not self._machine.vault.has(act.facts["file"]):
            raise UsageError(
                f"there is no master in {language!r}", next_step="make it: generique master"
            )
        if opinion.role not in ENDORSING.named:
            raise Refused(
                f"a master is not endorsed as {opinion.role.value}",
                why=f"that is for the {' or the '.join(sorted(ENDORSING.named))}",
                next_step="let one of them endorse it",
            )
        if act.facts["demonstration"]:
            raise Refused(
                "a demonstration is not endorsed",
                where=f"master.{language}",
                why="nobody has approved the takes that it is made of",
                next_step="let people review the takes, and make the film again",
            )
        master = _Master(id=language, essence=act.facts["essence"], file=act.facts["file"])
        with self._machine.turn(f"endorse {master.id}"):
            journal = self._machine.journal
            decide(master, opinion, signer, journal, matter=Matter.MASTER)
            return self._carry(act, master, credit)

    def _carry(self, act: Act, master: _Master, credit: Sequence[str]) -> Sealed:
        """Write the endorsed file and seal it."""
        vault, journal = self._machine.vault, self._machine.journal
        tree = self._credentials.read(vault.path(master.file))
        lineage, language = stated_lineage(tree, master.id)
        stands = standing(ENDORSING, signed(journal), master.essence)
        endorsement = Endorsement(
            essence=master.essence,
            decisions=tuple(
                DecisionEntry(decision=said.decision, entry=said.entry) for said in stands.counted
            ),
            credits=tuple(credit),
        )
        file = self._amended(master, endorsement, lineage, language)
        facts = {
            **{name: value for name, value in act.facts.items() if name != "at"},
            "file": file,
            "endorses": master.file,
        }
        subjects = {FILE_SUBJECT: file, ESSENCE_SUBJECT: master.essence}
        entry = journal.record("seal", subjects, facts)
        return Sealed(language=language, file=file, essence=master.essence, entry=entry)

    def _amended(
        self, master: _Master, endorsement: Endorsement, lineage: Lineage, language: str
    ) -> Digest:
        definition = endorsement_claim(
            endorsement,
            GENERATOR,
            title=lineage.titles.get(language, lineage.title),
            media_type="video/mp4",
            models=models_of(lineage, language),
        )
        vault = self._machine.vault
        stage = self._door.open(f"endorse-{language}")
        try:
            target = stage.workspace / "endorsed"
            self._credentials.amend(vault.path(master.file), target, definition)
            return vault.move_in(target)
        finally:
            self._door.close(stage)
