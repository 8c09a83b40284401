"""The sealed evidence package: what it holds, and that nothing in it can be changed unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generique.clearance.verdict import Status
from generique.ledger.envelope import open_envelope, seal
from generique.ledger.log import Ledger
from generique.ledger.statement import Statement, Subject
from generique.machineroom.contract_files import read_clauses
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged, Refused
from generique.model.values import digest_of
from generique.production.audit import AuditReport
from generique.production.evidence_package import (
    entries_behind,
    ledger_members,
    record_members,
    require_bound,
    rights_members,
)
from generique.production.journal import Journal
from generique.production.package import Stands, keep_package
from generique.production.package_documents import (
    AUDIT,
    CLAUSES,
    CONSENTS,
    CONTRACT,
    DECISIONS,
    DIGESTS,
    ENTRIES,
    KEYS,
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
from generique.production.package_report import SEAL_ALONE, PackageReport
from generique.production.rights import RightsFile
from generique.production.steps import StepMachine
from generique.testing.lineages import small_film
from generique.testing.memory import (
    FixedClock,
    FolderVault,
    ListedProgress,
    NamedSigner,
    memory_journal,
)
from generique.testing.packages import (
    ESSENCE,
    MIRA,
    READING,
    RIGHTS,
    SIGNED,
    STUDIO,
    HeldPackage,
    approve,
    checked,
    packed,
    resealed,
    seal_master,
    small_record,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> HeldPackage:
    room = tmp_path_factory.mktemp("package")
    vault = FolderVault(room / "vault")
    return packed(small_record(vault), vault, room)


def codes(report: PackageReport) -> set[str]:
    return {finding.code for finding in report.findings}


def test_a_whole_package_is_trusted_by_who_knows_the_studio(made: HeldPackage) -> None:
    report = checked(made, STUDIO, MIRA)
    assert (report.verdict, report.findings) == (Verdict.TRUSTED, ())
    assert set(report.signers) == {STUDIO.key.id, MIRA.key.id}
    assert (report.title, report.audit) == ("Tiny", "open")
    assert not report.fault


def test_a_reader_without_keys_learns_that_it_is_whole_and_not_by_whom(made: HeldPackage) -> None:
    report = checked(made)
    assert report.verdict is Verdict.UNTRUSTED_SIGNER
    assert codes(report) == {"package.untrusted"}


def test_only_keys_that_signed_are_in_it(made: HeldPackage) -> None:
    assert {line.split("+")[0] for line in made["keys.txt"].decode().split()} == {
        "studio",
        "person/mira",
    }


def test_every_changed_member_is_found(made: HeldPackage) -> None:
    for name, data in made.items():
        changed = HeldPackage({**made, name: data[:-1] + bytes([data[-1] ^ 1])})
        report = checked(changed, STUDIO, MIRA)
        assert report.verdict is Verdict.BROKEN, name


def test_every_missing_and_added_member_is_found(made: HeldPackage) -> None:
    for name in made:
        assert checked(HeldPackage({n: d for n, d in made.items() if n != name}), STUDIO).fault, (
            name
        )
    added = checked(HeldPackage({**made, "more.txt": b""}), STUDIO, MIRA)
    assert codes(added) == {"package.added"}


def test_bytes_between_the_members_are_found(made: HeldPackage) -> None:
    loose = HeldPackage(made)
    loose.canonical = False
    assert codes(checked(loose, STUDIO, MIRA)) == {"package.form"}


def lines(held: HeldPackage) -> list[bytes]:
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
    made: HeldPackage, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    forged = resealed(made, {ENTRIES: joined(*change(lines(made)))})
    report = checked(forged, STUDIO, MIRA)
    assert report.verdict is Verdict.BROKEN
    assert codes(report) & {"ledger.root", "ledger.size"}


def test_a_decision_that_the_ledger_does_not_hold_is_found(made: HeldPackage) -> None:
    decisions = json.loads(made[DECISIONS])
    decisions["decisions"][0]["verdict"] = "rejected"
    forged = resealed(made, {DECISIONS: in_form(decisions)})
    assert codes(checked(forged, STUDIO, MIRA)) == {"package.decisions"}


def changed_master(made: HeldPackage, **fields: Any) -> HeldPackage:
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
    made: HeldPackage, fields: dict[str, Any], code: str
) -> None:
    assert code in codes(checked(changed_master(made, **fields), STUDIO, MIRA))


def test_another_lineage_contract_or_master_is_found_behind_a_new_seal(made: HeldPackage) -> None:
    (lineage,) = [name for name in made if name.startswith("lineage/")]
    for name, code in (
        (lineage, "package.lineage"),
        (CONTRACT, "package.contract"),
        (master_name("en"), "package.master"),
    ):
        forged = resealed(made, {name: made[name] + b" "})
        assert code in codes(checked(forged, STUDIO, MIRA)), name


def test_a_proof_of_another_entry_is_found(made: HeldPackage) -> None:
    forged = resealed(made, {proof_name(2): made[proof_name(3)]})
    assert codes(checked(forged, STUDIO, MIRA)) == {"proof.other-entry"}


def test_a_proof_for_another_ledger_is_found(made: HeldPackage) -> None:
    other = memory_journal()
    other.record("choice", {"file": ESSENCE}, {"shot": "9"})
    forged = resealed(made, {proof_name(0): other.ledger.prove(0).encode()})
    assert "proof.not-included" in codes(checked(forged, STUDIO, MIRA))


def test_a_package_that_a_stranger_sealed_again_is_not_trusted(made: HeldPackage) -> None:
    report = checked(resealed(made, {}, NamedSigner("intruder")), STUDIO, MIRA)
    assert report.verdict is Verdict.BROKEN
    assert "package.unsigned" in codes(report)


def test_a_seal_over_another_statement_is_found(made: HeldPackage) -> None:
    statement = open_envelope(made[SEAL], where=SEAL).statement()
    for changes in ({"predicate": {"title": "Other"}}, {"predicate_type": "urn:generique:step:1"}):
        other = Statement.model_validate({**statement.model_dump(), **changes})
        forged = HeldPackage({**made, SEAL: seal(other, (STUDIO,)).encode()})
        assert "package.seal" in codes(checked(forged, STUDIO, MIRA))


def test_the_earlier_checkpoint_binds_the_ledger_too(made: HeldPackage) -> None:
    other = memory_journal()
    other.record("choice", {"file": ESSENCE}, {"shot": "9"})
    forged = resealed(made, {WITNESSED: other.ledger.checkpoint().encode()})
    assert checked(forged, STUDIO, MIRA).verdict is Verdict.BROKEN


def test_what_is_not_json_is_a_finding_and_no_crash(made: HeldPackage) -> None:
    for name, data in ((MASTERS, b"\xff{"), (MASTERS, b"[]"), (MANIFEST, b"{}"), (SEAL, b"")):
        assert checked(HeldPackage({**made, name: data}), STUDIO).verdict is Verdict.BROKEN


def test_thousands_of_findings_are_told_by_the_dozen(made: HeldPackage) -> None:
    crowd = HeldPackage({**made, **{f"more-{n}.txt": b"" for n in range(500)}})
    assert len(checked(crowd, STUDIO, MIRA).findings) == 12


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
    seal_master(journal, vault)
    approve(journal, ESSENCE)
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


def findings(report: PackageReport) -> dict[str, tuple[str, Verdict]]:
    return {finding.where: (finding.code, finding.verdict) for finding in report.findings}


def test_the_check_says_of_each_member_who_vouches_for_it(made: HeldPackage) -> None:
    vouched = checked(made, STUDIO, MIRA).vouched
    assert set(vouched) == set(made) - {MANIFEST, SEAL}
    assert "entry 4 " in vouched[CONTRACT]
    assert "mira binds" in vouched[CLAUSES]
    for name in (PASSPORTS, USES, DIGESTS, CONSENTS, f"{PAPERS}000-licence.txt"):
        assert "entry 5 " in vouched[name]
    assert "entry 3 " in vouched[master_name("en")]
    assert vouched[AUDIT] == vouched["README.txt"] == SEAL_ALONE


def test_a_contract_and_rights_that_the_ledger_does_not_know_are_told(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path / "vault")
    report = checked(packed(small_record(vault, bound=False, rights=None), vault, tmp_path), STUDIO)
    told = ("package.unvouched", Verdict.VALID)
    papers = (CLAUSES, CONTRACT, PASSPORTS, USES, DIGESTS, CONSENTS, f"{PAPERS}000-licence.txt")
    assert findings(report) == dict.fromkeys(papers, told)
    assert (report.verdict, report.fault) == (Verdict.VALID, False)
    assert not set(papers) & set(report.vouched)


def test_rights_of_an_earlier_release_are_told(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path / "vault")
    journal = small_record(vault, rights=None)
    facts = {"statement": RIGHTS.digest, "files": RIGHTS.files, "documents": RIGHTS.documents}
    journal.record("rights", {"rights": RIGHTS.digest}, facts)
    report = checked(packed(journal, vault, tmp_path), STUDIO)
    assert set(findings(report)) == {PASSPORTS, USES, DIGESTS, CONSENTS}
    assert "earlier release" in report.findings[0].why
    assert "entry 6 " in report.vouched[f"{PAPERS}000-licence.txt"]


@pytest.mark.parametrize(
    ("name", "before", "after", "code"),
    [
        (CLAUSES, b'work = "Tiny"', b'work = "Other"', "package.contract"),
        (CLAUSES, b"general-permission", b"no-such-kind", "package.contract"),
        (CONTRACT, b"signed", b"forged", "package.contract"),
        (PASSPORTS, b'"commercial": "unknown"', b'"commercial": "yes"', "package.rights"),
        (PASSPORTS, b'"passports"', b'"passport"', "package.rights"),
        (USES, b"[]", b'[\n    {\n      "id": "x"\n    }\n  ]', "package.rights"),
        (DIGESTS, b"mira-voice", b"zoes-voice", "package.rights"),
        (DIGESTS, b"licence.txt", b"another.txt", "package.rights"),
        (CONSENTS, b"this film", b"any film", "package.rights"),
        (f"{PAPERS}000-licence.txt", b"A licence", b"No licence", "package.rights"),
    ],
)
def test_what_the_ledger_states_otherwise_is_broken_behind_a_new_seal(
    made: HeldPackage, name: str, before: bytes, after: bytes, code: str
) -> None:
    assert before in made[name]
    report = checked(resealed(made, {name: made[name].replace(before, after)}), STUDIO, MIRA)
    assert findings(report) == {name: (code, Verdict.BROKEN)}
    assert name not in report.vouched


@pytest.mark.parametrize(
    "name",
    [
        *("contract/other.toml", "rights/more.json", "masters/master.xx.mp4", "lineage/0.json"),
        *("x/y", "ledger/notes.pdf", "masters.json.bak", "keys.txt-old", "decisions.json2"),
        *("README.txt.exe", "root.pem2"),
    ],
)
def test_a_member_that_nobody_asked_for_is_told(made: HeldPackage, name: str) -> None:
    report = checked(resealed(made, {name: b"x"}), STUDIO, MIRA)
    assert findings(report) == {name: ("package.unvouched", Verdict.VALID)}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (AUDIT, "package.report"),
        (CLAUSES, "package.contract"),
        (PASSPORTS, "package.rights"),
        (USES, "package.rights"),
        (DIGESTS, "package.rights"),
    ],
)
def test_what_the_ledger_speaks_of_is_not_left_out(made: HeldPackage, name: str, code: str) -> None:
    held = HeldPackage({kept: data for kept, data in made.items() if kept != name})
    report = checked(resealed(held, {}), STUDIO, MIRA)
    assert findings(report) == {name: (code, Verdict.BROKEN)}


def test_a_film_that_came_out_as_once_before_is_packed_with_its_own_master(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path / "vault")
    journal = small_record(vault)
    (first,) = (act.facts for act in journal.acts("seal"))
    other = {**first, "essence": digest_of(b"film B"), "file": vault.put_bytes(b"master of B")}
    journal.record("seal", {"file": other["file"], "essence": other["essence"]}, other)
    machine = StepMachine(journal, vault, ListedProgress())
    for made_of in (first, other, first):
        stands = Stands(timeline=digest_of(b"cut"), essences={"en": made_of["essence"]}, asked=None)
        keep_package(machine, stands, {"cut.edl": "the cut"})
    held = packed(journal, vault, tmp_path)
    assert [one["file"] for one in json.loads(held[MASTERS])["masters"]] == [first["file"]]
    assert findings(checked(held, STUDIO, MIRA)) == {}


@pytest.mark.parametrize(
    ("about", "where"),
    [
        ({"verdict": "passed"}, AUDIT),
        ({"title": "Other"}, MANIFEST),
        ({"production": "other"}, MANIFEST),
        ({"until": "2030-01-01T00:00:00Z"}, MANIFEST),
        ({"entries": 6}, ENTRIES),
    ],
)
def test_a_list_of_contents_that_says_otherwise_than_the_rest_is_found(
    made: HeldPackage, about: dict[str, Any], where: str
) -> None:
    assert where in findings(checked(resealed(made, {}, **about), STUDIO, MIRA))


def test_a_proof_that_the_report_rests_on_has_to_be_there(made: HeldPackage) -> None:
    forged = resealed(HeldPackage({k: v for k, v in made.items() if k != proof_name(3)}), {})
    assert findings(checked(forged, STUDIO, MIRA)) == {AUDIT: ("package.report", Verdict.BROKEN)}


def test_a_master_left_out_or_named_twice_is_found(made: HeldPackage) -> None:
    (master,) = json.loads(made[MASTERS])["masters"]
    for masters in ([], [master, master], [{**master, "language": "fr"}]):
        forged = resealed(made, {MASTERS: in_form({"masters": masters})})
        assert "package.master" in codes(checked(forged, STUDIO, MIRA))


def test_a_package_is_sealed_by_the_studio_whose_ledger_it_holds(made: HeldPackage) -> None:
    """A trusted person is no studio, and a trusted studio cannot seal another's ledger."""
    assert "package.unsigned" in codes(checked(resealed(made, {}, MIRA), STUDIO, MIRA))
    other = NamedSigner("elsewhere")
    other._key = other._key.model_copy(update={"name": "studio"})
    report = checked(resealed(made, {}, other), other)
    assert "package.seal" in codes(report)
    assert report.fault


def test_void_words_are_listed_as_void_and_the_package_is_whole(tmp_path: Path) -> None:
    """Replayed, said with a revoked key, and said to another studio."""
    vault = FolderVault(tmp_path / "vault")
    journal = small_record(vault)
    store = journal.ledger._store
    store.append(store.read(2))
    store.append(store.read(1))
    journal.record("choice", {"file": ESSENCE}, {"shot": "1-3"})
    held = packed(journal, vault, tmp_path)
    document = json.loads(held[DECISIONS])
    assert [(one["entry"], one["void"] is None) for one in document["decisions"]] == [
        (2, True),
        (7, False),
    ]
    assert [(one["entry"], one["kind"]) for one in document["void"]] == [(8, "person")]
    report = checked(held, STUDIO, MIRA)
    assert (report.verdict, codes(report)) == (Verdict.VALID, {"entry.repeated"})
    assert "does not count" in report.findings[0].why
    assert any("2 words of people are void" in line for line in report.checked)

    for change in (
        lambda: document["decisions"][1].update(void=None),
        document["decisions"].pop,
        document["void"].clear,
    ):
        change()
        forged = resealed(held, {DECISIONS: in_form(document)})
        assert "package.decisions" in codes(checked(forged, STUDIO, MIRA))


def test_decisions_of_another_studio_are_void_and_the_package_is_whole(tmp_path: Path) -> None:
    """The studio's key was made anew: what people said to the old one is void, and listed."""
    vault = FolderVault(tmp_path / "vault")
    old = small_record(vault)
    young = NamedSigner("younger")
    young._key = young._key.model_copy(update={"name": "studio"})
    ledger = Ledger(old.ledger._store, young, old.ledger.origin)
    journal = Journal(ledger, FixedClock())
    members = record_members(journal, vault)
    assert [one["void"] is None for one in json.loads(members[DECISIONS])["decisions"]] == [False]
    held = resealed(
        packed(old, vault, tmp_path),
        {
            **ledger_members(ledger, [2, 3], (STUDIO.key, MIRA.key, young.key), None),
            **record_members(journal, vault, frozenset([master_name("en")])),
            KEYS: f"{STUDIO.key.vkey}\n{MIRA.key.vkey}\n{young.key.vkey}\n".encode(),
            WITNESSED: ledger.checkpoint().encode(),
        },
        young,
    )
    report = checked(held, young, STUDIO)
    assert "package.decisions" not in codes(report)
    assert findings(report)[CONTRACT] == ("package.unvouched", Verdict.VALID)
    assert report.verdict is Verdict.VALID


def test_a_void_word_with_a_missing_signature_is_still_broken(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path / "vault")
    journal = small_record(vault)
    statement = Statement(
        subjects=(Subject.of("essence", ESSENCE),),
        predicate_type="urn:generique:decision:1",
        predicate={"verdict": "approved", "person": "mira", "key": MIRA.key.id},
    )
    journal.ledger._store.append(seal(statement, (STUDIO,)).encode())
    with pytest.raises(Damaged, match="no evidence is packed"):
        ledger_members(journal.ledger, [0], (STUDIO.key,), None)


def test_a_contract_that_was_changed_since_is_not_packed(tmp_path: Path) -> None:
    journal = small_record(FolderVault(tmp_path))
    require_bound({CLAUSES: READING, CONTRACT: SIGNED}, journal, read_clauses)
    for name, data in ((CLAUSES, b""), (CONTRACT, b"other")):
        with pytest.raises(Refused, match="no evidence is packed") as caught:
            require_bound({name: data}, journal, read_clauses)
        assert caught.value.where == name
