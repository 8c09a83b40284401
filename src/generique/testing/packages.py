"""A small evidence package in memory, and the forger who changes it and seals it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generique.ledger.ports import Signer
from generique.machineroom.contract_files import read_clauses
from generique.model.action import Action
from generique.model.consent import Consent
from generique.model.errors import Damaged
from generique.model.kept_passports import ToolPassport
from generique.model.people import Person, Role
from generique.model.values import Digest, digest_of
from generique.production.contract import Bound, record_binding
from generique.production.evidence_package import (
    LargeFile,
    ledger_members,
    record_members,
    rights_members,
    seal_members,
)
from generique.production.journal import Journal
from generique.production.package_check import check_package
from generique.production.package_documents import (
    AUDIT,
    CLAUSES,
    CONTRACT,
    MANIFEST,
    PAPERS,
    SEAL,
    master_name,
)
from generique.production.package_report import PackageReport
from generique.production.people import register
from generique.production.review import Opinion, decide
from generique.production.rights import RightsFile, record_rights
from generique.testing.lineages import small_film
from generique.testing.memory import FolderVault, NamedSigner, memory_journal

STUDIO = NamedSigner("studio")
MIRA = NamedSigner.person("mira")
MASTER = b"a master"
ESSENCE = digest_of(b"essence")
SIGNED = b"%PDF the signed contract"
LICENCE = b"A licence."
AUDITED = b"""{"schema": "generique/audit/1", "verdict": "open", "title": "Tiny", "rules": [
{"id": "X", "rests_on": [{"what": "a seal", "entry": 3}, {"what": "nothing", "entry": null}]}]}"""
READING = b"""\
schema = "generique/contract/1"
work = "Tiny"
titles = ["tiny"]
date = 2026-03-01
languages = ["en"]
party = [{ id = "studio", name = "Studio A" }, { id = "author", name = "B. Author" }]

[[clause]]
id = "1"
kind = "general-permission"
"""
RIGHTS = RightsFile(
    tools=(
        ToolPassport(
            schema="generique/tool-passport/1",
            id="canned",
            version="*",
            title="Canned",
            checked_by="mira",
            checked_on="2026-01-01",
        ),
    ),
    consents=(
        Consent(
            id="mira-voice",
            person="Mira",
            of="voice",
            actions=(Action.CLONE_VOICE,),
            titles=("tiny",),
            territories=("*",),
            media=("*",),
            starts="2026-01-01",
            description="Her voice in this film.",
        ),
    ),
    files={"rights/consents.toml": digest_of(b"consents")},
    documents={"rights/documents/licence.txt": digest_of(LICENCE)},
)


class HeldPackage(dict[str, bytes]):
    """A package in memory.

    Attributes:
        canonical: Whether its file would be in the one form.
    """

    canonical = True

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in their order."""
        return tuple(sorted(self))

    def read(self, name: str) -> bytes:
        """Bytes of a member.

        Raises:
            Damaged: It is missing.
        """
        if name not in self:
            raise Damaged(f"the package lacks {name}")
        return self[name]

    def size(self, name: str) -> int:
        """Bytes of a member; errors as :meth:`read`."""
        return len(self.read(name))

    def digest(self, name: str) -> Digest:
        """Digest of a member; errors as :meth:`read`."""
        return digest_of(self.read(name))

    def is_canonical(self) -> bool:
        """What :attr:`canonical` says."""
        return self.canonical


class Shown(NamedTuple):
    """A take, as it is put to people."""

    id: str
    file: Digest
    essence: Digest


def approve(journal: Journal, essence: Digest) -> None:
    """Mira registers her key and approves a take."""
    mira = Person(id="mira", name="Mira", roles=(Role.DIRECTOR, Role.PRODUCER))
    register(mira, MIRA, journal)
    yes = Opinion(verdict="approved", person=mira, role=Role.DIRECTOR, reason="Right light.")
    decide(Shown("1-1.t1", essence, essence), yes, MIRA, journal)


def seal_master(journal: Journal, vault: FolderVault, language: str = "en") -> None:
    """Record the seal of a master with its lineage."""
    lineage = vault.put_bytes(small_film().model_dump_json().encode())
    file = vault.put_bytes(MASTER)
    facts = {"language": language, "file": file, "essence": ESSENCE, "lineage": lineage}
    journal.record("seal", {"file": file, "essence": ESSENCE}, facts)


def bind_contract(journal: Journal) -> None:
    """Mira binds :data:`READING` to :data:`SIGNED`."""
    subjects = {"clauses": read_clauses(READING).digest, "document": digest_of(SIGNED)}
    bound = Bound(
        reading=subjects["clauses"],
        document=subjects["document"],
        file="contract.pdf",
        person="mira",
        role=Role.PRODUCER,
        key=MIRA.key.id,
    )
    record_binding(bound, subjects, MIRA, journal)


def small_record(
    vault: FolderVault, *, bound: bool = True, rights: RightsFile | None = RIGHTS
) -> Journal:
    """A record with a choice, a person, a decision, a seal, a contract, rights and a choice.

    Args:
        vault: Where master and lineage lie.
        bound: Whether the contract is bound.
        rights: What is recorded of rights; None for nothing.
    """
    journal = memory_journal()
    journal.record("choice", {"file": ESSENCE}, {"shot": "1-1"})
    approve(journal, small_film().elements[0].essence)
    seal_master(journal, vault)
    if bound:
        bind_contract(journal)
    if rights is not None:
        record_rights(rights, journal, vault)
    journal.record("choice", {"file": ESSENCE}, {"shot": "1-2"})
    return journal


def packed(journal: Journal, vault: FolderVault, room: Path) -> HeldPackage:
    """The package of a record, with everything that one can hold.

    Args:
        journal: The record.
        vault: Where masters and lineages lie.
        room: A folder for the master.
    """
    keys = (STUDIO.key, MIRA.key, NamedSigner.person("zoe").key)
    members = {
        **ledger_members(journal.ledger, [2, 3], keys, journal.ledger.checkpoint()),
        **record_members(journal, vault, frozenset([master_name("en")])),
        **rights_members(RIGHTS, with_papers=True),
        f"{PAPERS}000-licence.txt": LICENCE,
        CONTRACT: SIGNED,
        CLAUSES: READING,
        AUDIT: AUDITED,
        "README.txt": b"read me",
    }
    master = room / "master"
    master.write_bytes(MASTER)
    large = {master_name("en"): LargeFile(path=master, digest=digest_of(MASTER), bytes=len(MASTER))}
    last = journal.ledger.entry(journal.ledger.size() - 1)
    about = {
        "production": "tiny",
        "title": "Tiny",
        "until": str(last.statement().predicate["at"]),
        "entries": journal.ledger.size(),
        "verdict": "open",
    }
    whole = seal_members(members, large, about, STUDIO)
    return HeldPackage(
        {
            name: data if isinstance(data, bytes) else data.read_bytes()
            for name, data in whole.items()
        }
    )


def resealed(
    held: HeldPackage, changes: Mapping[str, bytes], signer: Signer = STUDIO, **about: object
) -> HeldPackage:
    """The package after a forger changed members and wrote a new list of contents over them.

    Args:
        held: The honest package.
        changes: New bytes by name.
        signer: Who seals it.
        about: Fields of the list of contents to say otherwise.
    """
    members = {name: data for name, data in held.items() if name not in {MANIFEST, SEAL}}
    stated = json.loads(held[MANIFEST])
    del stated["files"], stated["schema_version"]
    whole = seal_members({**members, **changes}, {}, {**stated, **about}, signer)
    return HeldPackage({name: data for name, data in whole.items() if isinstance(data, bytes)})


def checked(held: HeldPackage, *trusted: NamedSigner) -> PackageReport:
    """What the check finds in a package, for a reader who trusts some signers."""
    return check_package(held, [signer.key for signer in trusted], read_clauses)
