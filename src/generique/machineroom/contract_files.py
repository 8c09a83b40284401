"""The files of a contract: clauses, the document that is signed, and what they are found to be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import tomlkit

from generique.clearance.clauses import Contract
from generique.clearance.contract_page import contract_source
from generique.clearance.odrl import from_odrl
from generique.machineroom.documents import set_document
from generique.machineroom.files import publish_bytes, read_bytes, read_plain_bytes
from generique.machineroom.folder import CLAUSES_FILE, contract_in
from generique.machineroom.keys import KeyRing
from generique.machineroom.shapes import check_shape
from generique.machineroom.signed_pdf import DocumentSignature, read_signatures, sign_document
from generique.model.errors import Refused, UnreadableInput, UsageError
from generique.model.people import Person
from generique.model.values import Digest, Value, digest_of
from generique.production.rights_ports import LARGEST_PAPER

DOCUMENT_FILE = "contract.pdf"


class FoundDocument(Value):
    """The document of a contract as it lies there.

    Attributes:
        digest: Of its bytes.
        signatures: On it, in the order in which they were made.
        own_text: True when its text is the one that this program sets from these clauses.
    """

    digest: Digest
    signatures: tuple[DocumentSignature, ...]
    own_text: bool

    @property
    def broken(self) -> bool:
        """True when a signature does not hold."""
        return not all(one.holds for one in self.signatures)

    @property
    def signers(self) -> tuple[str, ...]:
        """Names of those whose signatures hold."""
        return tuple(one.name for one in self.signatures if one.holds)


class ContractFiles:
    """The folder ``contract`` of a production.

    Args:
        folder: That folder.
        ring: The keys of this machine.
    """

    def __init__(self, folder: Path, ring: KeyRing) -> None:
        self._folder = folder
        self._ring = ring

    def place(self, contract: Contract) -> Path:
        """Where the document lies, or will."""
        return self._folder / (contract.heading.signed or DOCUMENT_FILE)

    def found(self, contract: Contract) -> FoundDocument | None:
        """The document as it lies there; None when there is none.

        Raises:
            UnreadableInput: It is no PDF.
        """
        place = self.place(contract)
        if not place.is_file():
            return None
        return self._read(read_bytes(place), contract)

    def _read(self, data: bytes, contract: Contract) -> FoundDocument:
        return FoundDocument(
            digest=digest_of(data),
            signatures=read_signatures(data, roots=self._ring.root_certificate()),
            # Signatures are added behind: the text that was signed is the beginning.
            own_text=data.startswith(set_document(contract_source(contract))),
        )

    def set(self, contract: Contract) -> Path:
        """Set the contract's text as the document; a signed one is never written over.

        Raises:
            Refused: A document with signatures lies there.
        """
        there = self.found(contract)
        if there is not None and there.signatures:
            raise Refused(
                "a signed contract is not written over",
                where=str(self.place(contract)),
                why=f"it bears {len(there.signatures)} signatures",
                next_step="move it away, or name another file as signed in the clauses",
            )
        publish_bytes(set_document(contract_source(contract)), self.place(contract))
        return self.place(contract)

    def sign(self, contract: Contract, person: Person, *, foreign: bool = False) -> FoundDocument:
        """Add a person's signature to the document, and name the document in the clauses.

        Args:
            contract: The reading.
            person: Who signs.
            foreign: Whether the document may have another text than that of the clauses.

        Raises:
            Refused: The text is another, a signature on it does not hold, or this person has
                signed it already.
            UnreadableInput: It is no PDF.
        """
        if not self.place(contract).is_file():
            self.set(contract)
        there = self.found(contract)
        if there is None or (not there.own_text and not foreign):
            raise Refused(
                "the document's text is not the one that these clauses come to",
                where=str(self.place(contract)),
                why="it was set from other clauses, or written elsewhere",
                next_step="set it anew with: generique contract pdf; or, if it is the contract "
                "that the parties wrote, add --own-document",
            )
        if there.broken:
            raise Refused(
                "a signature on the document does not hold",
                where=str(self.place(contract)),
                next_step="go back to the document as it was signed",
            )
        if any(one.field == person.id for one in there.signatures):
            raise Refused(
                f"{person.name} has signed it already",
                where=str(self.place(contract)),
                next_step="when all have signed, state in the ledger that the clauses are a "
                "reading of it: generique contract bind --as PERSON",
            )
        reason = f"I sign this contract as {', '.join(role.value for role in person.roles)}."
        signed = sign_document(
            read_bytes(self.place(contract)),
            self._ring.document(person.id, person.name),
            field=person.id,
            reason=reason,
        )
        publish_bytes(signed, self.place(contract))
        self._name(self.place(contract).name, digest_of(signed))
        return self._read(signed, contract)

    def take_odrl(self, source: Path) -> Contract:
        """Write the clauses that an ODRL agreement states.

        Raises:
            UnreadableInput: It cannot be read exactly.
            UsageError: Clauses lie there already.
        """
        target = self._folder / CLAUSES_FILE
        if target.exists():
            raise UsageError(
                "the production has clauses already",
                where=str(target),
                next_step="move the file away first; nothing is written over",
            )
        contract = read_odrl(source)
        document = contract.to_document()
        publish_bytes(tomlkit.dumps(document).encode(), target)
        return contract

    def _name(self, name: str, digest: Digest) -> None:
        """State in the clauses which document they read; comments stay."""
        path = self._folder / CLAUSES_FILE
        document = tomlkit.parse(read_plain_bytes(path, LARGEST_PAPER).decode("utf-8-sig"))
        hexes = digest.removeprefix("sha256:")
        if "sha256" in document:
            document["signed"], document["sha256"] = name, hexes
            text = tomlkit.dumps(document)
        else:
            document.pop("signed", None)
            text = f'signed = "{name}"\nsha256 = "{hexes}"\n{tomlkit.dumps(document)}'
        publish_bytes(text.encode(), path)


def read_clauses(data: bytes) -> Contract:
    """Read clauses that came in an evidence package.

    Args:
        data: Bytes of ``contract/clauses.toml``.

    Raises:
        UnreadableInput: Too long, not TOML, nested too deeply, or no contract.
    """
    name = f"contract/{CLAUSES_FILE}"
    if len(data) > LARGEST_PAPER:
        raise UnreadableInput(
            f"{name} is too large", where=name, why=f"at most {LARGEST_PAPER:,} bytes are read"
        )
    return contract_in(data, Path(name))


def read_odrl(source: Path) -> Contract:
    """Read an ODRL agreement from a file, checking its shape first.

    Raises:
        UnreadableInput: It is too large, no JSON, or not an agreement of the profile.
    """
    try:
        document: Any = json.loads(read_plain_bytes(source, LARGEST_PAPER))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            f"{source.name} is no JSON that can be read",
            where=str(source),
            why=str(error),
            next_step="ask for the agreement as JSON-LD",
        ) from error
    if not isinstance(document, dict):
        raise UnreadableInput(f"{source.name} is no JSON-LD object", where=str(source))
    contract = from_odrl(document, where=str(source))
    check_shape(document, where=str(source))
    return contract
