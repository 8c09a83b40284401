"""The contract of a production, and what the ledger says of it.

A person binds a reading (``contract/clauses.toml``) to the signed document that it reads, by a
statement of the kind ``contract`` in the ledger. A reading or a document that was changed since
is void until it is bound again. So is one that was taken away: a contract does not end because a
file is gone.
"""

from __future__ import annotations

from typing import Literal

from generique.clearance.clauses import Binding, Bond, Contract
from generique.ledger.keys import person_key_name
from generique.ledger.ports import Signer
from generique.model.errors import Refused, UsageError
from generique.model.people import Person, Role
from generique.model.values import Digest, Value
from generique.production.journal import Act, Journal
from generique.production.machineroom_ports import Folder

BINDERS = frozenset({Role.PRODUCER, Role.COUNSEL, Role.COMMISSIONER})
"""Roles that can say what the contract is."""

READING = "clauses"
DOCUMENT = "document"
"""Subjects of the statement."""


class Bound(Value):
    """What a statement of the kind ``contract`` says.

    Attributes:
        reading: Digest of all that the clauses say.
        document: Digest of the signed document.
        file: Its name.
        signatures: Those whose electronic signatures on it held then.
        person: Who bound them.
        key: The key that signed the statement.
    """

    schema_version: Literal["generique/contract-binding/1"] = "generique/contract-binding/1"
    reading: Digest
    document: Digest
    file: str
    signatures: tuple[str, ...] = ()
    person: str
    role: Role
    key: str


class SignedDocument(Value):
    """The signed document as it was found.

    Attributes:
        digest: Of its bytes.
        signatures: Those whose electronic signatures on it hold.
    """

    digest: Digest
    signatures: tuple[str, ...] = ()


def bind(
    contract: Contract, document: SignedDocument, person: Person, signer: Signer
) -> tuple[Bound, dict[str, Digest]]:
    """The statement by which a person binds a reading to a document, and its subjects.

    Args:
        contract: The reading.
        document: What it reads.
        person: Who binds.
        signer: That person's own key.

    Raises:
        Refused: The person holds no role that can, the key is another's, or the clauses name
            another document.
        UsageError: The clauses name no document.
    """
    heading = contract.heading
    if heading.signed is None:
        raise UsageError(
            "the clauses name no signed document",
            where=contract.where,
            next_step='write signed = "contract.pdf" there, or sign one: generique contract sign',
        )
    held = sorted(BINDERS & set(person.roles))
    if not held:
        raise Refused(
            f"{person.name} cannot bind the contract",
            where="production.toml, [[people]]",
            why=f"it takes one of the roles {', '.join(sorted(BINDERS))}",
            next_step="let the producer or counsel read both documents and bind them",
        )
    if signer.key.name != person_key_name(person.id):
        raise Refused(
            "a contract is bound with the key of the person who binds it",
            where=signer.key.id,
            next_step=f"sign with the key of {person.name}",
        )
    stated = heading.sha256
    if stated is not None and f"sha256:{stated}" != document.digest:
        raise Refused(
            "the signed document is not the one that the clauses name",
            where=heading.signed,
            why=f"its digest is {document.digest}, and the clauses say sha256:{stated}",
            next_step="put the right document there, or correct sha256 in the clauses",
        )
    bound = Bound(
        reading=contract.digest,
        document=document.digest,
        file=heading.signed,
        signatures=document.signatures,
        person=person.id,
        role=Role(held[0]),
        key=signer.key.id,
    )
    return bound, {READING: contract.digest, DOCUMENT: document.digest}


def record_binding(
    bound: Bound, subjects: dict[str, Digest], signer: Signer, journal: Journal
) -> int:
    """Write a binding into the ledger; gives the entry."""
    return journal.record("contract", subjects, bound.to_json(), signers=(signer,))


def last_binding(journal: Journal) -> tuple[Act, Bound] | None:
    """The last binding; None before there is one. The journal gives only those that hold."""
    found = None
    for act in journal.acts("contract"):
        found = act, Bound.read(act.stated, where=f"entry {act.entry}")
    return found


def governing_contract(folder: Folder, journal: Journal) -> Contract | None:
    """The contract of a production with its binding; None where it never had one.

    Raises:
        Refused: A contract was bound, and its clauses are gone.
        UnreadableInput: The clauses cannot be read.
    """
    contract, last = folder.contract(), last_binding(journal)
    if contract is None:
        if last is None:
            return None
        raise Refused(
            "the clauses of the contract are gone",
            where="contract/clauses.toml",
            why=f"a contract was bound in entry {last[0].entry} of the ledger; it does not end "
            "because a file is missing",
            next_step="put the file back",
        )
    return contract.bound(_binding(contract, folder, last))


def _binding(contract: Contract, folder: Folder, last: tuple[Act, Bound] | None) -> Binding:
    name = contract.heading.signed
    document = None if name is None else folder.signed_contract(name)
    if last is None:
        return Binding(document=document)
    act, bound = last
    if bound.reading != contract.digest:
        bond = Bond.CHANGED
    elif document is None:
        bond = Bond.NO_DOCUMENT
    elif document != bound.document:
        bond = Bond.OTHER_DOCUMENT
    else:
        bond = Bond.BOUND
    return Binding(bond=bond, entry=act.entry, document=document, signatures=bound.signatures)
