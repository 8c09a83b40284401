from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import studio_fixtures
from studio_fixtures import Run

from generique.ledger.envelope import open_envelope
from generique.ledger.proof import read_proof
from generique.machineroom.bench import MediaBench
from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import digest_of

run, film = studio_fixtures.run, studio_fixtures.film

TAKES = ("1-1.t1", "1-L1-en.t1", "notice-en.t1", "music.t1")
LISTED = {
    *("master.en.mp4", "master.en.proof", "readback.en.json", "captions.en.vtt"),
    *("cue_sheet.csv", "cut.edl", "lineage.json", "timeline.otio"),
}


SAID = ("--as", "mira", "--reason", "good")


def approved(run: Run, film: Path) -> tuple[str | Path, ...]:
    """Make the film, with all that people have to approve; gives how mira says it."""
    run("shoot", "-p", film, "-q")
    approved_takes(run, film)
    run("cut", film, "-q")
    said = (*SAID, "-p", film)
    cut = run("review", "approve", "--matter", "cut", "cut", *said)
    assert cut.code == 0, cut.err
    made = run("produce", film, "-q")
    assert made.code == 0, made.err
    approved_master(run, film)
    return said


def approved_takes(run: Run, film: Path) -> None:
    run("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", film)
    run("person", "add", "ada", "--name", "Ada", "--role", "producer", "-p", film)
    for take in TAKES:
        assert run("review", "approve", take, *SAID, "-p", film).code == 0


def approved_master(run: Run, film: Path) -> None:
    for person in ("mira", "ada"):
        words = ("--as", person, "--reason", "seen", "-p", film)
        assert run("review", "approve", "--matter", "master", "en", *words).code == 0


def rules(document: dict[str, Any]) -> set[str]:
    return {refusal["rule"] for refusal in document["refusals"]}


def test_an_approved_film_is_delivered_whole_and_once(run: Run, film: Path) -> None:
    assert run("deliver", film, "--json").code == 2  # nothing was made yet
    said = approved(run, film)
    first = run("deliver", film, "--json")
    assert first.code == 0, first.err
    folder = film / "out" / "delivery"
    names = {path.name for path in folder.iterdir()}
    assert names == LISTED | {"manifest.json", "manifest.proof", "checkpoint.txt"}
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["schema"] == "generique/delivery/1"
    assert {row["name"] for row in manifest["files"]} == LISTED
    for row in manifest["files"]:
        data = (folder / row["name"]).read_bytes()
        assert (row["bytes"], f"sha256:{row['sha256']}") == (len(data), digest_of(data))
    proof = read_proof((folder / "manifest.proof").read_text("utf-8"))
    assert proof.included()
    statement = open_envelope(proof.entry, where="proof").statement()
    assert statement.digest_of("file") == digest_of((folder / "manifest.json").read_bytes())
    assert statement.digest_of("master.en.mp4") == digest_of(
        (folder / "master.en.mp4").read_bytes()
    )
    verified = run("verify", folder / "master.en.mp4", "--json")
    assert (verified.code, verified.document["verdict"]) == (0, "trusted")

    (folder / "master.en.mp4").write_bytes(b"scribbled over")
    again = run("deliver", film, "--json")
    assert (again.code, again.document["entry"]) == (0, first.document["entry"])
    assert (folder / "manifest.json").read_text("utf-8") == json.dumps(
        manifest, ensure_ascii=False, indent=2
    ) + "\n"
    assert run("verify", folder / "master.en.mp4").code == 0

    reached = run("withdraw", "model", "canned", film, "--json").document
    (master,) = reached["masters"]
    assert master["delivered"] == [first.document["entry"]]
    assert "tell those who received" in str(reached["who"])
    words = ("--record", "--as", "ada", "--reason", "its licence ended")
    assert run("withdraw", "model", "canned", film, *words).code == 0
    withdrawn = run("deliver", film, "--json")
    assert withdrawn.code == 3
    assert "GEN-02" in rules(withdrawn.document)

    for take in TAKES[:1]:
        assert run("review", "reject", take, *said).code == 0
    refused = run("deliver", film, "--json")
    assert refused.code == 3
    assert "TAKE-1" in rules(refused.document)
    assert "rejected" in refused.err
    assert "it was approved when the master was made" in refused.err
    assert run("verify", folder / "master.en.mp4").code == 0  # what was delivered stays


def test_a_demonstration_never_leaves_the_house(run: Run, film: Path) -> None:
    assert run("produce", film, "--demo-review", "-q").code == 0
    settings = film / "production.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("seed =", 'policy_packs = ["c2pa-2.4"]\nseed ='), "utf-8")
    said = run("deliver", film, "--json")
    settings.write_text(text, "utf-8")
    assert said.code == 3
    assert "TAKE-2" in rules(said.document)
    # What its credential says was read from the file: all that it lacks is a time stamp.
    assert {name for name in rules(said.document) if name.startswith("CPA")} == {"CPA-08"}
    shown = {one["element"] for one in said.document["refusals"] if one["rule"] == "TAKE-2"}
    assert shown == {*TAKES, None}
    assert all(refusal["lift"] and refusal["who"] for refusal in said.document["refusals"])
    # Not even when people approve everything later: the picture says that nobody had.
    approved_takes(run, film)
    assert run("review", "approve", "--matter", "cut", "cut", *SAID, "-p", film).code == 0
    approved_master(run, film)
    late = run("deliver", film, "--json")
    assert (late.code, rules(late.document)) == (3, {"TAKE-2"})
    assert "without --demo-review" in late.err
    assert not (film / "out" / "delivery").exists()


def test_what_counts_is_the_cut_that_was_mastered(run: Run, film: Path) -> None:
    said = approved(run, film)
    mastered = run("cut", film, "--json", "-q").document["timeline"]
    settings = film / "production.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("credits_seconds = 20.0", "credits_seconds = 21.0"), "utf-8")
    other = run("cut", film, "--json", "-q").document["timeline"]
    assert other != mastered
    assert run("deliver", film).code == 0
    assert run("review", "approve", "--matter", "cut", "cut", *said).code == 0
    assert run("review", "revoke", "--matter", "cut", mastered, *said).code == 0
    refused = run("deliver", film, "--json")
    assert refused.code == 3
    settings.write_text(text, "utf-8")
    assert run("cut", film, "--json", "-q").document["timeline"] == mastered
    listed = run("review", "list", "-p", film, "--json").document
    (cut,) = (one for one in listed["matters"] if one["matter"] == "cut")
    assert (cut["digest"], cut["approved"]) == (mastered, False)


def test_a_film_that_comes_out_the_same_after_a_choice_is_fresh(run: Run, film: Path) -> None:
    approved(run, film)
    assert run("review", "choose", "1-1.t1", "-p", film).code == 0
    assert "FRESH-1" in rules(run("deliver", film, "--json").document)
    assert run("produce", film, "-q").code == 0
    again = run("deliver", film)
    assert again.code == 0, again.err


def test_a_master_without_its_label_is_made_sealed_and_refused(
    run: Run, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = MediaBench.encode

    def spoilt(
        self: MediaBench,
        frames: Iterable[Any],
        raster: Raster,
        rate: Rate,
        sound: Path,
        target: Path,
    ) -> None:
        def covered() -> Iterator[Any]:
            for index, frame in enumerate(frames):
                hidden = frame.copy()
                if index < 48:
                    hidden[: raster.height // 4, : raster.width // 2] = 90
                yield hidden

        encode(self, covered(), raster, rate, sound, target)

    monkeypatch.setattr(MediaBench, "encode", spoilt)
    approved(run, film)
    said = run("deliver", film, "--json")
    assert (said.code, rules(said.document)) == (3, {"LABEL-2"})
    assert "is not found" in said.err
    audit = json.loads((film / "out" / "audit.json").read_text("utf-8"))
    assert {rule["id"]: rule["status"] for rule in audit["rules"]}["LABEL-2"] == "failed"
    assert not (film / "out" / "delivery").exists()
