"""A witness: what this machine can find out about one file."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from generique.machineroom.bench import MediaBench
from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.files import digest_of_file, read_text
from generique.machineroom.folder import DiskFolder, find_production
from generique.machineroom.keys import KeyRing
from generique.marks.credential.report import CredentialTree
from generique.model.errors import UnreadableInput
from generique.production.evidence import Exhibit, Report, Trust, verify_file
from generique.studio.cli.console import SilentProgress
from generique.studio.settings import Settings
from generique.studio.wiring import STATE, Studio


class Witness:
    """Verifies a file with its proof, and with its production's ledger when that is at hand.

    Args:
        file: The file.

    Raises:
        UnreadableInput: It is not there.
    """

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise UnreadableInput(
                f"there is no file {file}",
                where=str(file),
                next_step="give the path of the finished file, for example out/master.en.mp4",
            )
        self._file = file.resolve()

    @cached_property
    def _ring(self) -> KeyRing:
        return KeyRing(Settings().home / "keys")

    @cached_property
    def _credentials(self) -> CredentialMaker:
        return CredentialMaker(self._ring)

    def own_trust(self) -> Trust:
        """The keys of this machine; nobody where it has none."""
        keys = self._ring.public_keys()
        return Trust(keys=keys, root=self._ring.root_certificate() if keys else None)

    def credential(self) -> CredentialTree | None:
        """The file's credential."""
        return self._credentials.read(self._file)

    def verify(self, proof: Path | None, trust: Trust) -> Report:
        """Verify the file.

        Args:
            proof: Its proof file; None takes the one beside it, if there is one.
            trust: Whom the reader believes.
        """
        beside = proof or self._file.with_suffix(".proof")
        if proof is not None and not proof.is_file():
            raise UnreadableInput(f"the proof {proof} is not there", where=str(proof))
        studio = self._production()
        exhibit = Exhibit(
            path=self._file,
            digest=digest_of_file(self._file),
            proof=read_text(beside) if beside.is_file() else None,
        )
        ledger = studio.ledger if studio else None
        return verify_file(exhibit, trust, MediaBench(), self._credentials, ledger)

    def _production(self) -> Studio | None:
        """The production that the file lies in, if it has a ledger here."""
        found = find_production(self._file.parent)
        if found is None or not (found / STATE / "ledger.sqlite").is_file():
            return None
        return Studio(DiskFolder(found), SilentProgress())
