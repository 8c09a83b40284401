"""Crafted evidence packages: whatever stands in one, a verdict comes out or a named error.

The forger here holds the studio's key: every change is sealed again, so that nothing stops at the
digests and each reader has to cope with what is in front of it.
"""

from __future__ import annotations

import copy
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generique.ledger.envelope import open_envelope, seal
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.machineroom.sealed_zip import SealedZip, write_sealed
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged, GeneriqueError, UnreadableInput
from generique.model.values import digest_of
from generique.production.evidence import Trust
from generique.production.evidence_package import ledger_members
from generique.production.package_documents import (
    AUDIT,
    CHECKPOINT,
    CLAUSES,
    CONSENTS,
    CONTRACT,
    DECISIONS,
    DIGESTS,
    ENTRIES,
    KEYS,
    MANIFEST,
    MASTERS,
    PASSPORTS,
    PREDICATE,
    SEAL,
    USES,
    WITNESSED,
    in_form,
    proof_name,
)
from generique.production.package_report import PackageReport
from generique.production.statement_check import MAGIC
from generique.studio.witness import Kind, Witness
from generique.testing.memory import FolderVault
from generique.testing.packages import (
    MIRA,
    STUDIO,
    HeldPackage,
    checked,
    packed,
    resealed,
    small_record,
)

DEEP: Any = []
for _ in range(200):
    DEEP = [DEEP]
STRANGE: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**30, 1.5, "", "x", "\u202e\x1b[2J", [], {}, [[]], {"a": []}, DEEP),
)
"""What is put in the place of a value; each is of a kind that some reader does not expect."""

RECORDED = (MASTERS, DECISIONS, PASSPORTS, USES, DIGESTS, CONSENTS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> HeldPackage:
    room = tmp_path_factory.mktemp("package")
    vault = FolderVault(room / "vault")
    return packed(small_record(vault), vault, room)


def places(document: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a document with each of its keys or indexes."""
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in list(items):
        yield document, key
        if isinstance(value, (dict, list)):
            yield from places(value)


def mutations(document: Any) -> Iterator[Any]:
    """The document with one thing changed: dropped, of another kind, or added.

    Every place is dropped and doubled; the strange values go round the places, two at each.
    """
    for number, _ in enumerate(list(places(document))):
        for change in range(4):
            changed = copy.deepcopy(document)
            holder, key = list(places(changed))[number]
            if change == 0:
                del holder[key]
            elif change == 1 and isinstance(holder, dict):
                holder[f"{key}x"] = holder[key]
            elif change == 1:
                holder.append(holder[key])
            else:
                holder[key] = STRANGE[(number * 2 + change) % len(STRANGE)]
            if changed != document:
                yield changed
    yield from STRANGE


def signed_manifest(held: HeldPackage, manifest: bytes, predicate: Any = None) -> HeldPackage:
    """The package with any bytes as its list of contents, under a seal that holds."""
    stated = open_envelope(held[SEAL], where=SEAL).statement().predicate
    statement = Statement(
        subjects=(Subject.of("manifest", digest_of(manifest)),),
        predicate_type=PREDICATE,
        predicate=stated if predicate is None else predicate,
    )
    return HeldPackage(
        {**held, MANIFEST: manifest, SEAL: seal(statement, (STUDIO,)).encode()},
    )


def judged(held: HeldPackage) -> PackageReport:
    """The report; nothing but a report or a named error comes out, and it can be written down."""
    report = checked(held, STUDIO, MIRA)
    json.dumps(report.to_json())
    return report


@pytest.mark.parametrize("name", RECORDED)
def test_every_change_of_a_recorded_document_is_broken(made: HeldPackage, name: str) -> None:
    tried = 0
    for changed in mutations(json.loads(made[name])):
        forged = resealed(made, {name: json_of(changed)})
        assert judged(forged).verdict is Verdict.BROKEN, changed
        tried += 1
    assert tried > 15


def json_of(document: Any) -> bytes:
    """A document as a careful forger writes it."""
    return in_form(document)


def test_every_change_of_the_report_is_judged(made: HeldPackage) -> None:
    for changed in mutations(json.loads(made[AUDIT])):
        report = judged(resealed(made, {AUDIT: json_of(changed)}))
        assert {finding.where for finding in report.findings} <= {AUDIT}
        same = isinstance(changed, dict) and changed.get("verdict") == "open"
        assert same or report.fault, changed


def test_every_change_of_the_list_of_contents_is_broken(made: HeldPackage) -> None:
    manifest = json.loads(made[MANIFEST])
    short = {**manifest, "files": manifest["files"][:2]}
    for changed in (*mutations(short), short):
        assert judged(signed_manifest(made, json_of(changed))).verdict is Verdict.BROKEN, changed


def test_every_change_of_the_seals_predicate_is_broken(made: HeldPackage) -> None:
    predicate = open_envelope(made[SEAL], where=SEAL).statement().predicate
    assert judged(signed_manifest(made, made[MANIFEST])).verdict is Verdict.TRUSTED
    for changed in mutations(predicate):
        if not isinstance(changed, dict):
            continue
        try:
            forged = signed_manifest(made, made[MANIFEST], changed)
        except UnreadableInput:
            continue  # it cannot be signed
        assert judged(forged).verdict is Verdict.BROKEN, changed


RAW = {
    "not UTF-8": b'{"masters": "\xff\xfe"}\n',
    "with a mark of byte order": b"\xef\xbb\xbf{}\n",
    "UTF-16": "{}".encode("utf-16"),
    "nothing": b"",
    "a lone surrogate": b'{"masters": "\\ud800"}\n',
    "no number": b'{"masters": NaN}\n',
    "an endless number": b'{"masters": 1e999}\n',
    "a number of 5,000 digits": b'{"masters": ' + b"9" * 5000 + b"}\n",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep lists, not ended": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "zero bytes": bytes(100),
}


@pytest.mark.parametrize("what", RAW)
def test_bytes_that_are_no_document_are_findings(made: HeldPackage, what: str) -> None:
    for name in (*RECORDED, AUDIT, SEAL, KEYS, CHECKPOINT, WITNESSED, ENTRIES, proof_name(3)):
        if name == KEYS and what == "nothing":
            continue  # whoever trusts the studio needs no list of keys
        forged = resealed(made, {name: RAW[what]}) if name != SEAL else made | {SEAL: RAW[what]}
        assert judged(HeldPackage(forged)).verdict is Verdict.BROKEN, name
    assert judged(signed_manifest(made, RAW[what])).verdict is Verdict.BROKEN
    for name in (CLAUSES, CONTRACT):
        assert judged(resealed(made, {name: RAW[what]})).verdict is Verdict.BROKEN, name


@pytest.mark.parametrize("name", [*RECORDED, MANIFEST, AUDIT])
def test_a_name_that_stands_twice_is_found(made: HeldPackage, name: str) -> None:
    """Of two values under one name, one reader takes the first and another the last."""
    first = next(iter(json.loads(made[name])))
    twice = made[name].replace(b"{", b'{"' + first.encode() + b'": null, ', 1)
    assert json.loads(twice) == json.loads(made[name])
    forged = signed_manifest(made, twice) if name == MANIFEST else resealed(made, {name: twice})
    assert judged(forged).verdict is Verdict.BROKEN


def test_a_file_that_is_listed_twice_is_found(made: HeldPackage) -> None:
    manifest = json.loads(made[MANIFEST])
    other = {**manifest["files"][0], "sha256": "0" * 64}
    for files in ([other, *manifest["files"]], [*manifest["files"]][::-1]):
        forged = signed_manifest(made, in_form({**manifest, "files": files}))
        assert judged(forged).verdict is Verdict.BROKEN


def test_a_length_that_is_not_the_members_is_found(made: HeldPackage) -> None:
    manifest = json.loads(made[MANIFEST])
    manifest["files"][0]["bytes"] += 1
    report = judged(signed_manifest(made, in_form(manifest)))
    assert {finding.code for finding in report.findings} == {"package.changed"}


def test_clauses_that_exhaust_a_reader_are_findings(made: HeldPackage) -> None:
    clauses = made[CLAUSES]
    for hostile in (
        b"a = " + b"[" * 5000 + b"]" * 5000,
        b"a" + b".a" * 5000 + b" = 1",
        clauses + b"#" * 2_000_000,
        clauses.replace(b"2026-03-01", b"9" * 4301),
        clauses.replace(b'"1"', b"inf"),
        clauses.replace(b'kind = "general-permission"', b"kind = [1]"),
        clauses + b"when = 1\n",
        b"clause = [1, 2]\n",
        b"clause = 1\n",
    ):
        report = judged(resealed(made, {CLAUSES: hostile}))
        assert {finding.code for finding in report.findings} == {"package.contract"}


LISTED = {predicate_type("decision"), predicate_type("seal")}
"""Kinds of which documents of the package list every entry, or the newest."""


def rewritten(held: HeldPackage, entries: list[bytes]) -> HeldPackage:
    """The package with another ledger under a checkpoint of the studio."""
    ledger = Ledger(MemoryEntryStore.holding(entries), STUDIO, "generique/test")
    return resealed(
        HeldPackage({name: data for name, data in held.items() if "/proofs/" not in name}),
        {
            ENTRIES: b"".join(entry + b"\n" for entry in entries),
            CHECKPOINT: ledger.checkpoint().encode(),
            WITNESSED: ledger.checkpoint().encode(),
        },
        entries=len(entries),
        until=said_at(entries[-1]),
    )


def said_at(data: bytes) -> str:
    """When an entry was said; empty where it does not say."""
    try:
        return str(open_envelope(data, where="test").statement().predicate.get("at", ""))
    except UnreadableInput:
        return ""


def hostile_statements(held: HeldPackage) -> Iterator[Statement]:
    """Every statement of the ledger with one thing in it changed."""
    for data in held[ENTRIES].splitlines():
        honest = open_envelope(data, where="test").statement()
        for changed in mutations(honest.predicate):
            if isinstance(changed, dict):
                yield honest.model_copy(update={"predicate": changed})


def test_whatever_the_studio_signed_into_the_ledger_is_judged(made: HeldPackage) -> None:
    honest = made[ENTRIES].splitlines()
    tried = 0
    for statement in hostile_statements(made):
        try:
            data = seal(statement, (STUDIO, MIRA)).encode()
        except UnreadableInput:
            continue  # it cannot be signed
        report = judged(rewritten(made, [*honest, data]))
        assert report.fault or statement.predicate_type not in LISTED, statement.predicate
        tried += 1
        if tried % 3:
            continue  # packing reads the ledger as checking does
        ledger = Ledger(MemoryEntryStore.holding([*honest, data]), STUDIO, "generique/test")
        try:
            ledger_members(ledger, [], (STUDIO.key, MIRA.key), None)
        except GeneriqueError:
            continue
    assert tried > 100


def test_what_is_no_entry_is_a_finding(made: HeldPackage) -> None:
    honest = made[ENTRIES].splitlines()
    for data in (b"", b"{}", b"\xff", b"[" * 100_000, honest[0][:-1], b"null", b"\x00"):
        assert judged(rewritten(made, [*honest, data])).verdict is Verdict.BROKEN
    cut = resealed(made, {ENTRIES: made[ENTRIES] + b"loose"})
    assert judged(cut).verdict is Verdict.BROKEN


def test_a_list_of_keys_that_would_keep_a_reader_busy_is_refused(made: HeldPackage) -> None:
    line = made[KEYS].splitlines(keepends=True)[0]
    assert judged(resealed(made, {KEYS: made[KEYS] + line})).verdict is Verdict.BROKEN
    many = b"".join(b"%d" % number + line for number in range(1500))
    assert judged(resealed(made, {KEYS: many})).verdict is Verdict.BROKEN


def test_no_text_of_a_package_reaches_the_terminal_unwashed(made: HeldPackage) -> None:
    report = judged(resealed(made, {}, title="\x1b[2J\u202egood", verdict="\x9bpassed"))
    assert report.title == "\ufffd[2J\ufffdgood"
    assert report.audit == "\ufffdpassed"


def in_file(held: dict[str, bytes], path: Path) -> Path:
    """A package as a file."""
    write_sealed(dict(held), path)
    return path


def test_a_zip_with_any_number_in_it_made_up_is_refused_or_told(tmp_path: Path) -> None:
    """Offsets, lengths, counts and flags, each overwritten with what a reader stumbles over."""
    whole = in_file({"a": b"one", "b/c": b"two"}, tmp_path / "p.zip").read_bytes()
    path = tmp_path / "forged.zip"
    for place in range(len(whole)):
        for value in (b"\0\0\0\0", b"\xff" * 4, b"\xff\xff\xff\x7f"):
            forged = whole[:place] + value + whole[place + len(value) :]
            if forged == whole:
                continue
            path.write_bytes(forged)
            assert not opens_whole(path), (place, value)


def opens_whole(path: Path) -> bool:
    """Whether a file opens as a package in its one form; nothing but our errors stop it."""
    try:
        with SealedZip(path) as opened:
            for name in opened.names:
                opened.read(name)
                opened.digest(name)
            return opened.is_canonical()
    except GeneriqueError:
        return False


def large_end(directory: int, offset: int) -> bytes:
    """The end of a file of more than 4 GiB, which states its directory in 64 bits."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, directory, offset)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, (offset + directory) % 2**64, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    return record + locator + end


def test_an_end_in_64_bits_that_claims_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    for directory in (0, 1, 2**31, 2**63, 2**64 - 1):
        for offset in (0, 30, 2**63, 2**64 - 1):
            path.write_bytes(b"PK\3\4" + bytes(100) + large_end(directory, offset))
            assert not opens_whole(path), (directory, offset)


def test_a_place_in_64_bits_that_no_file_has_is_told(tmp_path: Path) -> None:
    whole = in_file({"a": b"one"}, tmp_path / "p.zip").read_bytes()
    entry, end = whole.index(b"PK\1\2"), whole.index(b"PK\5\6")
    directory = bytearray(whole[entry:end])
    directory[30:32] = struct.pack("<H", 12)
    directory[42:46] = b"\xff" * 4
    directory += struct.pack("<HHQ", 1, 8, 2**64 - 1000)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), entry, 0)
    (tmp_path / "p.zip").write_bytes(whole[:entry] + directory + last)
    with SealedZip(tmp_path / "p.zip") as opened, pytest.raises(Damaged):
        opened.read("a")


def test_a_directory_that_would_fill_the_memory_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with path.open("wb") as stream:
        stream.write(b"PK\3\4")
        stream.truncate(1 << 32)  # a file of holes
        stream.seek(0, 2)
        stream.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 2**32 - 64, 60, 0))
    with pytest.raises(UnreadableInput) as caught:
        SealedZip(path)
    assert "directory claims" in (caught.value.why or "")


def test_a_crafted_package_on_the_disk_gets_its_verdict(made: HeldPackage, tmp_path: Path) -> None:
    """The three that once ended in a traceback: an unknown claim, masters that are no list."""
    predicate = open_envelope(made[SEAL], where=SEAL).statement().predicate
    trust = Trust(keys=(STUDIO.key, MIRA.key))
    honest = Witness(in_file(made, tmp_path / "honest.zip"))
    assert honest.kind() is Kind.PACKAGE
    assert honest.verify_package(trust).verdict is Verdict.TRUSTED
    for number, forged in enumerate(
        (
            signed_manifest(made, made[MANIFEST], {**predicate, "more": 1}),
            signed_manifest(made, made[MANIFEST], {}),
            resealed(made, {MASTERS: in_form({"masters": 1})}),
            resealed(made, {MASTERS: in_form({"masters": [1]})}),
        )
    ):
        path = in_file(forged, tmp_path / f"{number}.zip")
        assert Witness(path).verify_package(trust).verdict is Verdict.BROKEN


def test_a_proof_that_would_fill_the_memory_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "endless.proof"
    with path.open("wb") as stream:
        stream.write(MAGIC)
        stream.truncate(1 << 40)  # a file of holes
    witness = Witness(path)
    assert witness.kind() is Kind.STATEMENT
    with pytest.raises(UnreadableInput, match="too large"):
        witness.verify_statement(Trust())
