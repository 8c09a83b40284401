"""The sealed evidence package: what it holds, and that nothing in it can be changed unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generique.clearance.verdict import Status
from generique.ledger.envelope import open_envelope, seal
from generique.ledger.ports import Signer
from generique.ledger.statement import Statement
from generique.machineroom.contract_files import read_clauses
from generique.marks.verdict import Verdict
from generique.model.action import Action
from generique.model.consent import Consent
from generique.model.errors import Damaged, Refused
from generique.model.kept_passports import ToolPassport
from generique.model.people import Decision, Person, Role
from generique.model.values import Digest, digest_of
from generique.production.audit import AuditReport
from generique.production.contract import Bound, record_binding
from generique.production.evidence_package import (
    LargeFile,
    entries_behind,
    ledger_members,
    record_members,
    require_bound,
    rights_members,
    seal_members,
)
from generique.production.journal import Journal
from generique.production.package_check import PackageReport, check_package
from generique.production.package_documents import (
    AUDIT,
    CLAUSES,
    CONSENTS,
    CONTRACT,
    DECISIONS,
    DIGESTS,
    ENTRIES,
    MANIFEST,
    MASTERS,
    PAPERS,
    PASSPORTS,
    SEAL,
    USES,
    WITNESSED,
    in_form,
    master_name,
    proof_name,
)
from generique.production.people import register
from generique.production.rights import RightsFile, record_rights
from generique.testing.lineages import small_film
from generique.testing.memory import FolderVault, NamedSigner, memory_journal

STUDIO = NamedSigner("studio")
MIRA = NamedSigner.person("mira")
MASTER = b"a master"
ESSENCE = digest_of(b"essence")
SIGNED = b"%PDF the signed contract"
CLAUSES_TEXT = b"""\
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
LICENCE = b"A licence."
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
            starts="2026-01-01",
            description="Her voice in this film.",
        ),
    ),
    files={"rights/consents.toml": digest_of(b"consents")},
    documents={"rights/documents/licence.txt": digest_of(LICENCE)},
)


class Held(dict[str, bytes]):
    """A package in memory."""

    canonical = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self))

    def read(self, name: str) -> bytes:
        if name not in self:
            raise Damaged(f"the package lacks {name}")
        return self[name]

    def digest(self, name: str) -> Digest:
        return digest_of(self.read(name))

    def size(self, name: str) -> int:
        return len(self.read(name))

    def is_canonical(self) -> bool:
        return self.canonical


def decide(journal: Journal, essence: Digest) -> None:
    register(Person(id="mira", name="Mira", roles=(Role.DIRECTOR, Role.PRODUCER)), MIRA, journal)
    decision = Decision(
        verdict="approved",
        person="mira",
        role=Role.DIRECTOR,
        reason="Right light.",
        take="1-1.t1",
        essence=essence,
        key=MIRA.key.id,
    )
    journal.record("decision", {"essence": essence}, decision.to_json(), signers=(MIRA,))


def sealed(journal: Journal, vault: FolderVault) -> None:
    lineage = vault.put_bytes(small_film().model_dump_json().encode())
    file = vault.put_bytes(MASTER)
    facts = {"language": "en", "file": file, "essence": ESSENCE, "lineage": lineage}
    journal.record("seal", {"file": file, "essence": ESSENCE}, facts)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Held:
    room = tmp_path_factory.mktemp("package")
    vault, journal = FolderVault(room / "vault"), memory_journal()
    journal.record("choice", {"file": ESSENCE}, {"shot": "1-1"})
    decide(journal, small_film().elements[0].essence)
    sealed(journal, vault)
    reading = read_clauses(CLAUSES_TEXT).digest
    subjects = {"clauses": reading, "document": digest_of(SIGNED)}
    bound = Bound(
        reading=subjects["clauses"],
        document=subjects["document"],
        file="contract.pdf",
        person="mira",
        role=Role.PRODUCER,
        key=MIRA.key.id,
    )
    record_binding(bound, subjects, MIRA, journal)
    record_rights(RIGHTS, journal, vault)
    journal.record("choice", {"file": ESSENCE}, {"shot": "1-2"})
    keys = (STUDIO.key, MIRA.key, NamedSigner.person("zoe").key)
    earlier = journal.ledger.checkpoint()
    members = {
        **ledger_members(journal.ledger, [2, 3], keys, earlier),
        **record_members(journal, vault, frozenset([master_name("en")])),
        **rights_members(RIGHTS, with_papers=True),
        f"{PAPERS}000-licence.txt": LICENCE,
        CONTRACT: SIGNED,
        CLAUSES: CLAUSES_TEXT,
        AUDIT: AUDIT_TEXT,
        "README.txt": b"read me",
    }
    master = room / "master"
    master.write_bytes(MASTER)
    large = {master_name("en"): LargeFile(path=master, digest=digest_of(MASTER), bytes=len(MASTER))}
    about = {
        "production": "tiny",
        "title": "Tiny",
        "until": last_said(journal),
        "entries": journal.ledger.size(),
        "verdict": "open",
    }
    whole = seal_members(members, large, about, STUDIO)
    return Held({n: d if isinstance(d, bytes) else d.read_bytes() for n, d in whole.items()})


AUDIT_TEXT = b"""{"schema": "generique/audit/1", "verdict": "open", "title": "Tiny", "rules": [
{"id": "X", "rests_on": [{"what": "a seal", "entry": 3}, {"what": "nothing", "entry": null}]}]}"""


def last_said(journal: Journal) -> str:
    last = journal.ledger.entry(journal.ledger.size() - 1)
    return str(last.statement().predicate["at"])


def check(held: Held, *trusted: NamedSigner) -> PackageReport:
    return check_package(held, [signer.key for signer in trusted], read_clauses)


def codes(report: PackageReport) -> set[str]:
    return {finding.code for finding in report.findings}


def resealed(held: Held, changes: dict[str, bytes], signer: Signer = STUDIO) -> Held:
    """The package after a forger changed members and wrote a new list of contents over them."""
    members = {n: d for n, d in held.items() if n not in {MANIFEST, SEAL}}
    members |= changes
    about = json.loads(held[MANIFEST])
    del about["files"], about["schema_version"]
    whole = seal_members(members, {}, about, signer)
    return Held({n: d for n, d in whole.items() if isinstance(d, bytes)})


def test_a_whole_package_is_trusted_by_who_knows_the_studio(made: Held) -> None:
    report = check(made, STUDIO, MIRA)
    assert (report.verdict, report.findings) == (Verdict.TRUSTED, ())
    assert set(report.signers) == {STUDIO.key.id, MIRA.key.id}
    assert (report.title, report.audit) == ("Tiny", "open")
    assert not report.fault


def test_a_reader_without_keys_learns_that_it_is_whole_and_not_by_whom(made: Held) -> None:
    report = check(made)
    assert report.verdict is Verdict.UNTRUSTED_SIGNER
    assert codes(report) == {"package.untrusted"}


def test_only_keys_that_signed_are_in_it(made: Held) -> None:
    assert {line.split("+")[0] for line in made["keys.txt"].decode().split()} == {
        "studio",
        "person/mira",
    }


def test_every_changed_member_is_found(made: Held) -> None:
    for name, data in made.items():
        changed = Held({**made, name: data[:-1] + bytes([data[-1] ^ 1])})
        report = check(changed, STUDIO, MIRA)
        assert report.verdict is Verdict.BROKEN, name


def test_every_missing_and_added_member_is_found(made: Held) -> None:
    for name in made:
        assert check(Held({n: d for n, d in made.items() if n != name}), STUDIO).fault, name
    added = check(Held({**made, "more.txt": b""}), STUDIO, MIRA)
    assert codes(added) == {"package.added"}


def test_bytes_between_the_members_are_found(made: Held) -> None:
    loose = Held(made)
    loose.canonical = False
    assert codes(check(loose, STUDIO, MIRA)) == {"package.form"}


def lines(held: Held) -> list[bytes]:
    return held[ENTRIES].split(b"\n")[:-1]


def joined(*entries: bytes) -> bytes:
    return b"".join(entry + b"\n" for entry in entries)


def swap(entries: list[bytes]) -> list[bytes]:
    return [entries[1], entries[0], *entries[2:]]


@pytest.mark.parametrize(
    "change",
    [swap, lambda e: e[:-1], lambda e: [*e, e[0]], lambda e: [*e[:2], *e[3:]], lambda e: []],
    ids=["re-ordered", "cut short", "repeated", "dropped", "emptied"],
)
def test_a_forger_with_the_studio_key_cannot_change_the_ledger_under_the_checkpoint(
    made: Held, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    forged = resealed(made, {ENTRIES: joined(*change(lines(made)))})
    report = check(forged, STUDIO, MIRA)
    assert report.verdict is Verdict.BROKEN
    assert codes(report) & {"ledger.root", "ledger.size"}


def test_a_decision_that_the_ledger_does_not_hold_is_found(made: Held) -> None:
    decisions = json.loads(made[DECISIONS])
    decisions["decisions"][0]["verdict"] = "rejected"
    forged = resealed(made, {DECISIONS: in_form(decisions)})
    assert codes(check(forged, STUDIO, MIRA)) == {"package.decisions"}


def changed_master(made: Held, **fields: Any) -> Held:
    document = json.loads(made[MASTERS])
    document["masters"][0].update(fields)
    return resealed(made, {MASTERS: in_form(document)})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"file": digest_of(b"other")}, "package.master"),
        ({"essence": digest_of(b"other")}, "package.master"),
        ({"lineage": None}, "package.master"),
        ({"entry": 0}, "package.master"),
        ({"entry": 99}, "package.master"),
        ({"member": CONTRACT}, "package.master"),
    ],
)
def test_a_master_that_the_ledger_did_not_seal_is_found(
    made: Held, fields: dict[str, Any], code: str
) -> None:
    assert code in codes(check(changed_master(made, **fields), STUDIO, MIRA))


def test_another_lineage_contract_or_master_is_found_behind_a_new_seal(made: Held) -> None:
    (lineage,) = [name for name in made if name.startswith("lineage/")]
    for name, code in (
        (lineage, "package.lineage"),
        (CONTRACT, "package.contract"),
        (master_name("en"), "package.master"),
    ):
        forged = resealed(made, {name: made[name] + b" "})
        assert code in codes(check(forged, STUDIO, MIRA)), name


def test_a_proof_of_another_entry_is_found(made: Held) -> None:
    forged = resealed(made, {proof_name(2): made[proof_name(3)]})
    assert codes(check(forged, STUDIO, MIRA)) == {"proof.other-entry"}


def test_a_proof_for_another_ledger_is_found(made: Held) -> None:
    other = memory_journal()
    other.record("choice", {"file": ESSENCE}, {"shot": "9"})
    forged = resealed(made, {proof_name(0): other.ledger.prove(0).encode()})
    assert "proof.not-included" in codes(check(forged, STUDIO, MIRA))


def test_a_package_that_a_stranger_sealed_again_is_not_trusted(made: Held) -> None:
    report = check(resealed(made, {}, NamedSigner("intruder")), STUDIO, MIRA)
    assert report.verdict is Verdict.BROKEN
    assert "package.unsigned" in codes(report)


def test_a_seal_over_another_statement_is_found(made: Held) -> None:
    statement = open_envelope(made[SEAL], where=SEAL).statement()
    for changes in ({"predicate": {"title": "Other"}}, {"predicate_type": "urn:generique:step:1"}):
        other = Statement.model_validate({**statement.model_dump(), **changes})
        forged = Held({**made, SEAL: seal(other, (STUDIO,)).encode()})
        assert "package.seal" in codes(check(forged, STUDIO, MIRA))


def test_the_earlier_checkpoint_binds_the_ledger_too(made: Held) -> None:
    other = memory_journal()
    other.record("choice", {"file": ESSENCE}, {"shot": "9"})
    forged = resealed(made, {WITNESSED: other.ledger.checkpoint().encode()})
    assert check(forged, STUDIO, MIRA).verdict is Verdict.BROKEN


def test_what_is_not_json_is_a_finding_and_no_crash(made: Held) -> None:
    for name, data in ((MASTERS, b"\xff{"), (MASTERS, b"[]"), (MANIFEST, b"{}"), (SEAL, b"")):
        assert check(Held({**made, name: data}), STUDIO).verdict is Verdict.BROKEN


def test_thousands_of_findings_are_told_by_the_dozen(made: Held) -> None:
    crowd = Held({**made, **{f"more-{n}.txt": b"" for n in range(500)}})
    assert len(check(crowd, STUDIO, MIRA).findings) == 12


def test_a_damaged_ledger_is_not_packed() -> None:
    journal = memory_journal()
    journal.record("choice", {"file": ESSENCE}, {"shot": "1-1"})
    assert ledger_members(journal.ledger, [0], (STUDIO.key,), None)
    entries = journal.ledger._store._entries  # type: ignore[attr-defined]  # of the memory store
    entries[0] = entries[0].replace(b"eyJ", b"eyK", 1)
    with pytest.raises(Damaged, match="no evidence is packed"):
        ledger_members(journal.ledger, [0], (STUDIO.key,), None)


def test_the_report_rests_on_rules_elements_decisions_and_seals(tmp_path: Path) -> None:
    vault, journal = FolderVault(tmp_path), memory_journal()
    sealed(journal, vault)
    decide(journal, ESSENCE)
    report = AuditReport(
        verdict=Status.PASSED,
        title="Tiny",
        rate=small_film().rate,
        demonstration=False,
        rules=(),
        elements=(),
        shares={},
        loudness={},
    )
    assert set(entries_behind(report, journal)) == {0, 2}


def test_consents_stay_out_unless_they_are_asked_for() -> None:
    assert "rights/consents.json" not in rights_members(RightsFile(), with_papers=False)
    assert "rights/consents.json" in rights_members(RightsFile(), with_papers=True)
