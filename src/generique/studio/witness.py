"""A witness: what this machine can find out about one file."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cached_property, partial
from pathlib import Path

from generique.machineroom.contract_files import read_clauses
from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.files import decoded, digest_of_file, read_plain_bytes, read_text
from generique.machineroom.folder import DiskFolder, find_production
from generique.machineroom.keys import KeyRing
from generique.machineroom.sealed_zip import SealedZip
from generique.marks.credential.report import CredentialTree
from generique.model.errors import UnreadableInput
from generique.model.lineage import Lineage
from generique.production.evidence import Exhibit, Report, Trust, stated_lineage, verify_file
from generique.production.package_check import check_package
from generique.production.package_report import PackageReport
from generique.production.recall import recorded_lineage
from generique.production.statement_check import MAGIC, StatementReport, check_statement
from generique.studio.progress import SilentProgress
from generique.studio.readings import Readings
from generique.studio.settings import Settings
from generique.studio.wiring import STATE, Studio

_LARGEST_PROOF = 64 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class Kind(Enum):
    """What a file is to a verifier."""

    FILM = "film"
    PACKAGE = "package"
    STATEMENT = "statement"


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
        self._read: Callable[[], CredentialTree | None] | None = None

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
        """The file's credential; the one that was judged, where the file was verified before."""
        if self._read is not None:
            return self._read()
        return self._credentials.read(self._file)

    def stated(self, report: Report) -> tuple[Lineage, str, str]:
        """Lineage, language, and where they are stated: in the credential, else in the ledger.

        Args:
            report: Of this file.

        Raises:
            UnreadableInput: Neither knows the file.
        """
        tree = self.credential()
        if tree is None or tree.content is None:
            studio = self._production() or self._production(Path.cwd())
            found = studio and recorded_lineage(
                studio.journal, studio.vault, report.file, report.essence
            )
            if found:
                lineage, language, entry = found
                return lineage, language, f"entry {entry} of the ledger"
        return *stated_lineage(tree, str(self._file)), "credential"

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
        ledger = studio.ledger if studio else None
        text = _proof_text(beside) if beside.is_file() else None
        with Readings(
            self._file, trust.root, self._credentials, essence_of, digest_of_file
        ) as readings:
            self._read = partial(readings.read, self._file, anchors=trust.root)
            exhibit = Exhibit(
                path=self._file,
                digest=readings.digest(),
                proof=text,
                witnessed=_witnessed(studio),
            )
            return verify_file(exhibit, trust, readings, readings, ledger)

    @property
    def name(self) -> str:
        """Name of the file."""
        return self._file.name

    def kind(self) -> Kind:
        """What the file is, by its first bytes.

        Raises:
            UnreadableInput: It cannot be read.
        """
        try:
            with self._file.open("rb") as stream:
                head = stream.read(len(MAGIC))
        except OSError as error:
            raise UnreadableInput(
                f"{self.name} cannot be read", where=str(self._file), why=error.strerror
            ) from error
        if head.startswith(_ZIP):
            return Kind.PACKAGE
        return Kind.STATEMENT if head == MAGIC else Kind.FILM

    def verify_package(self, trust: Trust) -> PackageReport:
        """Check the file as an evidence package.

        Raises:
            UnreadableInput: It is none, or not safe to read.
        """
        with SealedZip(self._file) as package:
            return check_package(package, trust.keys, read_clauses)

    def verify_statement(self, trust: Trust) -> StatementReport:
        """Check the file as a proof that stands alone."""
        return check_statement(_proof_text(self._file), trust.keys)

    def _production(self, near: Path | None = None) -> Studio | None:
        """The production that the file, or another place, lies in, if it has a ledger here."""
        found = find_production(near or self._file.parent)
        if found is None or not (found / STATE / "ledger.sqlite").is_file():
            return None
        return Studio(DiskFolder(found), SilentProgress())


def _proof_text(path: Path) -> str:
    """A proof file; a longer one than any proof is refused before it is read."""
    return decoded(read_plain_bytes(path, _LARGEST_PROOF), path)


def _witnessed(studio: Studio | None) -> str | None:
    """The last checkpoint of a production that witnesses cosigned."""
    if studio is None or not studio.witnessed.is_file():
        return None
    return read_text(studio.witnessed)
