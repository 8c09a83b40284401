"""The main job on a tiny production: from screenplay to verified master, offline."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import opentimelineio
import pytest
from command_line import Machine

from generique.machineroom.bench import MediaBench
from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.ffmpeg import loudness
from generique.machineroom.keys import KeyRing
from generique.marks.credential.report import Manifest
from generique.model.element import Raster
from generique.testing.productions import WORLD_FILM

pytestmark = pytest.mark.film

SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Made:
    """The film once made."""

    machine: Machine
    folder: Path
    document: dict[str, Any]

    @property
    def out(self) -> Path:
        return self.folder / "out"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    room = tmp_path_factory.mktemp("main-job")
    machine = Machine.at(room)
    folder = WORLD_FILM.write(room / "tiny")
    said = machine.run("produce", folder, "--quality", "draft", "--demo-review", "--json")
    assert said.code == 0, said.err
    assert said.err == ""
    return Made(machine, folder, said.document)


def test_everything_is_there(made: Made) -> None:
    wanted = {"timeline.otio", "cut.edl", "cue_sheet.csv", "lineage.json", "checkpoint.txt"}
    wanted |= {"audit.html", "audit.json", "keys/keys.txt", "keys/root.pem"}
    for language in LANGUAGES:
        wanted |= {f"master.{language}.mp4", f"master.{language}.proof", f"captions.{language}.vtt"}
        wanted |= {f"stems/{stem}.{language}.wav" for stem in ("DX", "MX", "FX", "BG")}
    wanted |= {"takes/1-1.t1.mp4", "takes/2-1.t1.mp4"}
    found = {str(path.relative_to(made.out)) for path in made.out.rglob("*") if path.is_file()}
    assert found == wanted
    assert set(made.document["files"]) <= wanted
    assert (made.folder / "shots.toml").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_master_is_verified_and_trusted_where_it_was_made(made: Made, language: str) -> None:
    said = made.machine.run("verify", made.out / f"master.{language}.mp4", "--json")
    assert (said.code, said.document["verdict"]) == (0, "trusted"), said.out
    assert said.document["essence"] == made.document["essences"][language]
    strict = made.machine.run(
        "verify", made.out / f"master.{language}.mp4", "--require-trusted", "--json"
    )
    assert strict.code == 0


def test_another_machine_believes_nobody_until_it_is_given_a_key(
    made: Made, tmp_path: Path
) -> None:
    other = Machine.at(tmp_path)
    sent = tmp_path / "sent"
    sent.mkdir()
    for name in ("master.en.mp4", "master.en.proof"):
        shutil.copy(made.out / name, sent)
    for place in (sent, made.out):  # alone, and beside the ledger that it was made with
        file = place / "master.en.mp4"
        said = other.run("verify", file, "--json")
        assert (said.code, said.document["verdict"]) == (0, "untrusted signer"), said.out
        assert other.run("verify", file, "--require-trusted").code == 1
        keys = ("--key", made.out / "keys" / "keys.txt")
        given = other.run("verify", file, *keys, "--require-trusted", "--json")
        assert (given.code, given.document["verdict"]) == (0, "trusted"), given.out
    (sent / "master.en.proof").unlink()
    unproven = other.run("verify", sent / "master.en.mp4", "--json")
    assert (unproven.code, unproven.document["verdict"]) == (1, "unknown")


def test_a_changed_copy_is_broken(made: Made, tmp_path: Path) -> None:
    data = bytearray((made.out / "master.en.mp4").read_bytes())
    data[len(data) - 1000] ^= 1
    changed = tmp_path / "master.en.mp4"
    changed.write_bytes(bytes(data))
    shutil.copy(made.out / "master.en.proof", tmp_path)
    said = made.machine.run("verify", changed, "--json")
    assert (said.code, said.document["verdict"]) == (1, "broken")
    assert made.machine.run("trace", changed, "--at", "1").code == 6


def trace(made: Made, at: str, language: str = "en") -> dict[str, Any]:
    said = made.machine.run("trace", made.out / f"master.{language}.mp4", "--at", at, "--json")
    assert said.code == 0, said.err
    return said.document


def test_a_generated_moment_is_traced(made: Made) -> None:
    document = trace(made, "1")
    assert (document["at"], document["frame"], document["timecode"]) == (1.0, 24, "00:00:01:00")
    assert document["verdict"] == "trusted"
    kinds = {element["track"]: element for element in document["elements"]}
    picture = kinds["V1"]
    assert set(picture) >= {
        *("class", "take", "backend", "prompt", "seed", "datasets", "approvals", "credit", "entry"),
    }
    assert picture["class"] == "synthetic"
    assert picture["take"] == "1-1.t1"
    assert picture["backend"].startswith("world ")
    assert picture["datasets"] == "none"
    assert "night aerial" in picture["prompt"]
    assert [said["verdict"] for said in picture["approvals"]] == ["demonstration"]
    assert picture["credit"]
    assert kinds["DX"]["datasets"] == "undisclosed"
    assert kinds["MX"]["class"] == "synthetic"


def test_an_authentic_moment_is_traced(made: Made) -> None:
    picture = next(e for e in trace(made, "00:00:04:00")["elements"] if e["track"] == "V1")
    assert (picture["class"], picture["take"], picture["backend"]) == ("authentic", None, None)
    assert picture["rights"]["licence"] == "BSD-3-Clause"
    assert picture["source_type"] == SYNTHETIC + "digitalCapture"
    assert picture["approvals"] == []


def test_the_dub_is_traced_in_its_own_master(made: Made) -> None:
    for language, spoken in (("en", "Here."), ("fr", "Ici.")):
        plan = json.loads((made.out / "lineage.json").read_text("utf-8"))
        line = next(e for e in plan["elements"] if e["id"] == f"1-L1-{language}")
        heard = trace(made, f"{(line['start'] + 2) / 24:.3f}", language)["elements"]
        assert [e["prompt"] for e in heard if e["track"] == "DX"] == [spoken]


def test_a_moment_after_the_end_is_refused(made: Made) -> None:
    said = made.machine.run("trace", made.out / "master.en.mp4", "--at", "999", "--json")
    assert (said.code, said.document["code"]) == (2, "usage")
    assert "long" in said.document["why"]


def test_the_audit_says_what_is_open(made: Made) -> None:
    said = made.machine.run("audit", made.folder, "--json")
    report = said.document
    assert (said.code, report["verdict"], report["demonstration"]) == (1, "open", True)
    states = {rule["id"]: rule["status"] for rule in report["rules"]}
    waits = {name for name, state in states.items() if state == "open"}
    decisions = {"APPROVAL-1", "AUD-01", "GEN-06", "GEN-07"}  # what a demonstration leaves open
    unknown = {"TRAINING-1", "AUD-02", "AUD-04"}  # what trained the voice, and no contract
    assert waits == decisions | unknown, report["rules"]
    assert set(states.values()) == {"passed", "open", "not applicable"}
    for rule in report["rules"]:
        assert set(rule) >= {"id", "status", "evidence", "who"}
    assert 0 < report["shares"]["authentic"] < 1
    assert 0 < report["shares"]["synthetic"] < 1
    stored = json.loads((made.out / "audit.json").read_text("utf-8"))
    assert stored == report


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_encoded_master_is_as_loud_as_it_should_be(made: Made, language: str) -> None:
    measured = loudness(made.out / f"master.{language}.mp4")
    assert abs(measured.integrated + 23.0) <= 0.5
    assert measured.true_peak <= -1.0


def test_the_picture_has_the_length_and_the_raster_that_were_asked_for(made: Made) -> None:
    lineage = json.loads((made.out / "lineage.json").read_text("utf-8"))
    for language in LANGUAGES:
        facts = MediaBench().picture_facts(made.out / f"master.{language}.mp4")
        assert facts.frames == lineage["frames"]
        assert facts.raster == Raster(width=320, height=180)
        assert facts.rate.fps == 24


def test_captions_stand_where_the_lines_are_heard(made: Made) -> None:
    for language, words in (("en", ("Here.", "There.")), ("fr", ("Ici.", "Là."))):
        text = (made.out / f"captions.{language}.vtt").read_text("utf-8")
        assert text.startswith("WEBVTT\n")
        assert text.count("-->") == 2
        for word in words:
            assert word in text


def test_timeline_edl_and_cue_sheet_name_every_picture(made: Made) -> None:
    timeline = opentimelineio.adapters.read_from_file(str(made.out / "timeline.otio"))
    for clip in timeline.find_clips():
        reference = clip.media_reference
        if isinstance(reference, opentimelineio.schema.ExternalReference):
            assert (made.out / reference.target_url).resolve().is_file(), reference.target_url
    edl = (made.out / "cut.edl").read_text("utf-8")
    assert edl.startswith("TITLE: Tiny\n")
    assert "* SOURCE FILE: takes/1-1.t1.mp4" in edl
    assert "* SPEED: 24/25" in edl
    with (made.out / "cue_sheet.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    lineage = json.loads((made.out / "lineage.json").read_text("utf-8"))
    assert [row["element"] for row in rows] == [use["id"] for use in lineage["elements"]]


def test_the_credential_names_every_ingredient_with_its_own_source_type(made: Made) -> None:
    lineage = json.loads((made.out / "lineage.json").read_text("utf-8"))
    tree = CredentialMaker(KeyRing(made.machine.home / "keys")).read(made.out / "master.fr.mp4")
    assert tree is not None
    assert tree.manifest is not None
    expected = {
        use["take"] or f"media-{use['file'][7:19]}": SYNTHETIC + use["source_type"]
        for use in lineage["elements"]
        if use["language"] in (None, "fr")
    }
    found = {}
    for ingredient in tree.manifest.ingredients:
        assert ingredient.manifest is not None, ingredient
        manifest = tree.manifests[ingredient.manifest]
        found[ingredient.title] = source_types(manifest)
    assert found == expected


def source_types(manifest: Manifest) -> str:
    """The one source type that a manifest's actions name."""
    named = {
        action.get("digitalSourceType")
        for assertion in manifest.assertions
        if assertion.label.startswith("c2pa.actions")
        for action in assertion.data["actions"]
    } - {None}
    assert len(named) == 1, named
    return str(named.pop())


def test_the_demonstration_is_said_in_lineage_audit_and_picture(made: Made) -> None:
    assert made.document["demonstration"] is True
    assert json.loads((made.out / "lineage.json").read_text("utf-8"))["demonstration"] is True
    page = (made.out / "audit.html").read_text("utf-8")
    assert "Demonstration." in page
    assert "demonstration" in (made.out / "cue_sheet.csv").read_text("utf-8")
    raster = Raster(width=320, height=180)
    master = next(MediaBench().frames(made.out / "master.en.mp4", 84, 1, raster))
    clip = next(MediaBench().frames(made.folder / "media" / "finch.mp4", 24, 1, raster))
    # Nothing moves in the clip's corners: what differs there is written on the picture.
    corners = np.ones((180, 320), bool)
    corners[50:100] = False
    apart = cv2.absdiff(master, clip).max(axis=2)
    assert (apart[corners] > 60).sum() > 50


def test_a_second_run_does_nothing_and_changes_nothing(made: Made) -> None:
    # What was asked of the film since may have been written down; that is published first.
    assert made.machine.run("produce", made.folder, "--quality", "draft", "--demo-review").code == 0
    before = {path: path.stat().st_mtime_ns for path in made.out.rglob("*") if path.is_file()}
    said = made.machine.run("produce", made.folder, "--quality", "draft", "--demo-review")
    assert said.code == 0
    states = {line.rpartition(": ")[2] for line in said.err.splitlines()}
    assert states == {"done before"}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_the_same_recipe_gives_the_same_essences(made: Made, tmp_path: Path) -> None:
    machine = Machine.at(tmp_path)  # other keys, another path, another time
    folder = WORLD_FILM.write(tmp_path / "a copy")
    words = ("produce", folder, "--quality", "draft", "--demo-review", "--json")
    assert machine.run(*words).document["essences"] == made.document["essences"]
