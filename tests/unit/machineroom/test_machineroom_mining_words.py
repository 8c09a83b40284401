"""What real files say of text and data mining, and what ingest records of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generique.clearance.reservations.scan import is_reserved, scan
from generique.machineroom.bench import MediaBench
from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.folder import DiskFolder
from generique.machineroom.keys import KeyRing
from generique.machineroom.mining_words import carried_words, packets, scan_files
from generique.machineroom.site_files import site_texts
from generique.marks.credential.claims import Generator, media_claim
from generique.model.answer import Answer
from generique.model.errors import UnreadableInput
from generique.model.passport import SourceType
from generique.model.production import MediaItem
from generique.model.values import Json, digest_of
from generique.production.ingest import Medium, ingest, reservations_at_ingest
from generique.production.steps import StepMachine
from generique.testing.memory import FolderVault, ListedProgress, memory_journal
from generique.testing.productions import TinyFilm, write_clip

PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">'
    "<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-GENAIMLTRAINING"
    "</plus:DataMining></rdf:Description></rdf:RDF></x:xmpmeta>"
)
XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""Identifier of the box that holds XMP in an MP4 (XMP specification, part 3)."""


def with_packet(clip: Path) -> Path:
    body = XMP_BOX + PACKET.encode()
    with clip.open("ab") as stream:
        stream.write((8 + len(body)).to_bytes(4, "big") + b"uuid" + body)
    return clip


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "clip.mp4", 6, size=(64, 48))


def answers(path: Path) -> list[str]:
    return [one.reserved.value for one in scan(carried_words(path), "", where=path.name)]


def test_a_plain_file_says_nothing(clip: Path) -> None:
    assert answers(clip) == ["unknown"] * 4
    assert MediaBench().carried(clip) == carried_words(clip)


def test_metadata_of_a_movie_is_found(clip: Path) -> None:
    assert answers(with_packet(clip)) == ["unknown", "unknown", "unknown", "yes"]


@pytest.mark.parametrize("use", ["allowed", "notAllowed"])
def test_the_assertion_of_a_credential_is_found(clip: Path, tmp_path: Path, use: str) -> None:
    ring = KeyRing(tmp_path / "keys")
    item = MediaItem.read(
        {
            "file": "clip.mp4",
            "title": "A clip",
            "kind": "picture",
            "captured": True,
            "sha256": digest_of(clip.read_bytes()).removeprefix("sha256:"),
            "rights": {"licence": "CC0-1.0", "holder": "a", "source": "b", "notice": "c"},
        },
        where="media.toml",
    )
    claim = media_claim(
        item,
        essence_of(clip),
        SourceType.DIGITAL_CAPTURE,
        Generator(version="1"),
        media_type="video/mp4",
    )
    text = json.dumps(claim)
    assert '"use": "notAllowed"' in text
    claim = json.loads(text.replace('"use": "notAllowed"', f'"use": "{use}"'))
    signed = tmp_path / "signed.mp4"
    CredentialMaker(ring).sign(clip, signed, claim, {})
    assert answers(signed)[2] == {"allowed": "no", "notAllowed": "yes"}[use]


def test_a_credential_that_is_none_is_for_a_person(clip: Path) -> None:
    clip.with_name("clip.mp4.c2pa").write_bytes(b"not a credential")
    assert carried_words(clip).unread
    assert answers(clip)[2] == "unsure"


def test_packets_are_found_wrapped_or_not_and_never_without_end(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for data, count in (
        (b"", 0),
        (b"nothing", 0),
        (PACKET.encode() + b"between" + PACKET.encode(), 2),
        (b"<rdf:RDF>a</rdf:RDF>", 1),
        (b"<x:xmpmeta" * 1000, 64),
    ):
        path.write_bytes(data)
        assert len(packets(path)) == count
    path.write_bytes(b"<x:xmpmeta" + b"x" * 3_000_000)
    assert packets(path) == ("<x:xmpmeta",)


def test_texts_of_the_site_lie_beside(clip: Path, tmp_path: Path) -> None:
    assert site_texts(clip) == {}
    (tmp_path / "robots.txt").write_text("User-agent: *", "utf-8")
    assert site_texts(clip) == {"robots.txt": "User-agent: *"}
    (tmp_path / "tdmrep.json").symlink_to("/etc/hostname")
    with pytest.raises(UnreadableInput, match=r"tdmrep\.json is a link"):
        site_texts(clip)


def test_a_folder_is_looked_through(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("a/1.txt", "b/2.txt"):
        (data / name).parent.mkdir(parents=True)
        (data / name).write_text("x", "utf-8")
    rules = [{"location": "/a/*", "tdm-reservation": 1}, {"location": "/b/*", "tdm-reservation": 0}]
    (data / "tdmrep.json").write_text(json.dumps(rules), "utf-8")
    (data / "b" / "robots.txt").write_text("User-agent: CCBot\nDisallow: /", "utf-8")
    (data / "b" / "outside").symlink_to("/etc/hostname")
    first, second = scan_files([data])
    assert (first[0].reserved, first[1].reserved) == (Answer.YES, Answer.UNKNOWN)
    assert (second[0].reserved, second[1].reserved) == (Answer.NO, Answer.YES)
    (single,) = scan_files([data / "b" / "2.txt"])
    assert (single[0].reserved, single[1].reserved) == (Answer.UNKNOWN, Answer.YES)


def test_a_place_without_works_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UnreadableInput, match="nothing to look through"):
            list(scan_files([place]))


def test_ingest_records_what_is_said_and_scans_again_when_the_site_changed(tmp_path: Path) -> None:
    folder = DiskFolder(TinyFilm(backend="canned").write(tmp_path / "film"))
    vault, journal = FolderVault(tmp_path / "vault"), memory_journal()
    machine = StepMachine(journal, vault, ListedProgress())

    def brought() -> Medium:
        return ingest("finch.mp4", folder, machine, MediaBench())

    silent = brought()
    assert [one.protocol for one in silent.reservations] == [
        "tdmrep",
        "robots",
        "c2pa-cawg",
        "iptc",
    ]
    assert is_reserved(silent.reservations) is Answer.UNKNOWN
    assert reservations_at_ingest(journal, vault) == {silent.file: silent.reservations}
    assert brought().entry == silent.entry
    robots = folder.root / "media" / "robots.txt"
    robots.write_text("User-agent: GPTBot\nDisallow: /", "utf-8")
    loud = brought()
    assert loud.entry > silent.entry
    assert loud.reservations[1].reserved is Answer.YES
    act = [*journal.acts("step")][-1]
    assert act.entry == loud.entry
    facts = json.loads(vault.read(act.facts["outputs"]["facts"]))
    assert facts["reservations"][1]["found"] == "Disallow for gptbot"
    assert reservations_at_ingest(journal, vault) == {loud.file: loud.reservations}


def test_what_was_ingested_without_a_scan_was_not_looked_at(tmp_path: Path) -> None:
    vault, journal = FolderVault(tmp_path / "vault"), memory_journal()
    kept = vault.put_bytes(b'{"essence": "sha256:00"}')
    for name, facts in (("a", kept), ("b", digest_of(b"gone"))):
        recipe: dict[str, Json] = {"verb": "ingest"}
        outputs: dict[str, Json] = {"file": digest_of(name.encode()), "facts": facts}
        journal.record(
            "step", {"facts": facts}, {"recipe": recipe, "outputs": outputs}, step_key=kept
        )
    journal.record("step", {"facts": kept}, {"recipe": {"verb": "cut"}}, step_key=kept)
    assert reservations_at_ingest(journal, vault) == {}
