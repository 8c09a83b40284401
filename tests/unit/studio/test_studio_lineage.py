"""From a pixel to the dataset and back, through the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import studio_fixtures
from imageio_ffmpeg import get_ffmpeg_exe
from studio_fixtures import FILM, Run

from generique.machineroom.files import digest_of_file
from generique.machineroom.folder import DiskFolder
from generique.model.errors import BackendFailed
from generique.production.journal import Journal
from generique.studio.wiring import Studio
from generique.testing.canned import CannedBackend, TrainedCannedBackend
from generique.testing.memory import ListedProgress

run = studio_fixtures.run


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return replace(FILM, backend="trained").write(tmp_path / "film")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test leaves its film and keys for the others."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def master(run: Run, film: Path, kept: Path, tmp_path: Path) -> Path:
    """The master of a film that was produced once; each test has a copy of its own."""
    if not (kept / "film").exists():
        assert run("produce", film, "--demo-review", "-q").code == 0
        shutil.copytree(tmp_path / "home", kept / "home")
        shutil.copytree(film, kept / "film")
    shutil.copytree(kept / "home", tmp_path / "home", dirs_exist_ok=True)
    shutil.copytree(kept / "film", film, dirs_exist_ok=True)
    return film / "out" / "master.en.mp4"


def journal(folder: Path) -> Journal:
    return Studio(DiskFolder(folder), ListedProgress()).journal


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("ledger.sqlite"):
            yield str(path), digest_of_file(path)


def test_what_was_withdrawn_is_found_recorded_and_shown(run: Run, film: Path, master: Path) -> None:
    before = run("withdraw", "dataset", "colours-1", film, "--json")
    assert before.code == 0, before.err
    found = before.document
    assert found["statement"] == "dataset colours-1 was in the training set of a model used"
    wanted = {"1-1.t1", "1-L1-en.t1", "notice-en.t1", "music.t1"}
    assert {take["take"] for take in found["takes"]} == wanted
    assert all(take["mastered"] for take in found["takes"])
    assert [item["published"] for item in found["masters"]] == ["master.en.mp4"]
    assert found["masters"][0]["file"] == digest_of_file(master)
    picture = next(part for part in found["segments"] if part["element"] == "1-1 (V1)")
    assert (picture["start"], picture["end"]) == (0, 48)
    assert picture["timecode_out"] == "00:00:02:00"
    assert {item["role"] for item in found["who"]} == {"producer", "director"}
    shown = run("withdraw", "dataset", "colours-1", film).out.splitlines()
    stretches = shown[shown.index("  master en: master.en.mp4") + 1 :]
    assert "    00:00:00:00 - 00:00:02:00  1-1 (V1)" in stretches
    for kind, name in (("model", "trained"), ("model", "trained@1"), ("consent", "mira-voice")):
        reached = run("withdraw", kind, name, film, "--json").document
        assert reached["takes"] == found["takes"], name
    unknown = run("withdraw", "dataset", "nosuch", film)
    assert unknown.code == 2
    assert "colours-1, firmament-skies, tones-1" in unknown.err
    passed = {rule["id"]: rule for rule in run("audit", film, "--json").document["rules"]}
    assert passed["WITHDRAWN-1"]["status"] == "passed"

    words = ("withdraw", "dataset", "colours-1", film, "--record")
    assert run(*words).code == 2
    run("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", film)
    recorded = run(*words, "--as", "mira", "--reason", "the licence ended", "--json")
    assert recorded.code == 0, recorded.err
    (entry,) = recorded.document["recorded"]
    again = run(*words, "--as", "mira", "--reason", "the licence ended")
    assert again.code == 2
    assert f"entry {entry}" in again.err
    audit = run("audit", film, "--json")
    rule = next(rule for rule in audit.document["rules"] if rule["id"] == "WITHDRAWN-1")
    assert (audit.code, rule["status"], rule["who"]) == (1, "failed", "producer")
    assert "1-1.t1" in rule["evidence"][0]
    status = run("status", film, "--json").document
    assert {row["state"] for row in status["rows"]} == {"withdrawn"}
    assert len(status["withdrawn"]) == 4
    assert run("verify", master).code == 0


def test_the_graph_can_be_thrown_away(run: Run, film: Path, master: Path) -> None:
    words = ("withdraw", "dataset", "colours-1", film, "--json")
    first = run(*words).document
    (film / ".generique" / "lineage.sqlite").unlink()
    assert run(*words).document == first
    (film / ".generique" / "lineage.sqlite").write_bytes(b"rubbish" * 999)
    assert run(*words).document == first
    assert master.is_file()


def test_a_moment_is_traced_by_frame_and_without_a_credential(
    run: Run, film: Path, master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run("trace", master, "--at", "1", "--json").document
    assert whole["source"] == "credential"
    shot = next(element for element in whole["elements"] if element["track"] == "V1")
    assert [dataset["id"] for dataset in shot["datasets"]] == ["colours-1", "tones-1"]
    assert shot["consents"] == ["mira-voice"]
    by_frame = run("trace", master, "--frame", "24", "--json").document
    assert by_frame["elements"] == whole["elements"]
    assert run("trace", master).code == 2
    assert run("trace", master, "--at", "1", "--frame", "24").code == 2
    assert run("trace", master, "--frame", "-1").code == 2
    stripped = tmp_path / "web" / "copy.mp4"
    stripped.parent.mkdir()
    copied = [get_ffmpeg_exe(), "-v", "error", "-i", str(master), "-c", "copy", str(stripped)]
    subprocess.run(copied, check=True, timeout=60)
    monkeypatch.chdir(tmp_path)
    assert run("trace", stripped, "--at", "1").code == 2
    monkeypatch.chdir(film)
    found = run("trace", stripped, "--at", "1", "--json")
    assert found.code == 0, found.err
    assert found.document["elements"] == whole["elements"]
    assert found.document["verdict"] == "unknown"
    assert found.document["source"].startswith("entry ")


def test_lineage_is_exported(run: Run, master: Path, tmp_path: Path) -> None:
    prov, lineage = tmp_path / "prov.json", tmp_path / "openlineage.json"
    said = run("trace", master, "--at", "1", "--prov", prov, "--openlineage", lineage, "--json")
    assert said.code == 0, said.err
    document: dict[str, Any] = json.loads(prov.read_text("utf-8"))
    defined = {name for kind in ("entity", "activity", "agent") for name in document[kind]}
    kinds = {"prefix", "entity", "activity", "agent"}
    roles = {
        "wasDerivedFrom": {"prov:generatedEntity", "prov:usedEntity"},
        "wasGeneratedBy": {"prov:entity", "prov:activity"},
        "wasAssociatedWith": {"prov:activity", "prov:agent"},
        "used": {"prov:activity", "prov:entity"},
        "wasInfluencedBy": {"prov:influencee", "prov:influencer"},
    }
    assert set(document) == kinds | set(roles)
    for relation, wanted in roles.items():
        for record in document[relation].values():
            assert set(record) == wanted
            assert set(record.values()) <= defined
    assert "generique:dataset/colours-1" in document["entity"]
    events: list[dict[str, Any]] = json.loads(lineage.read_text("utf-8"))
    assert len(events) == 4
    for event in events:
        assert set(event) >= {"eventTime", "producer", "schemaURL", "run", "job"}
        assert event["eventType"] == "COMPLETE"
    assert {item["name"] for item in events[1]["inputs"]} >= {"colours-1", "tones-1"}
    made = {item["name"] for event in events[1:] for item in event["outputs"]}
    assert {item["name"] for item in events[0]["inputs"]} == made
    assert len({event["run"]["runId"] for event in events}) == 4


def test_a_take_is_made_again(run: Run, film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("shoot", "-p", film, "-q").code == 0
    before = dict(contents(film))
    for take in ("1-1.t1", "1-L1-en.t1", "notice-en.t1", "music.t1"):
        said = run("reproduce", take, film, "--json")
        assert (said.code, said.document["verdict"]) == (0, "same"), said
        assert said.document["comparison"] is None
    assert run("reproduce", "9-9.t1", film).code == 2

    drawn = CannedBackend._shot

    def later(self: CannedBackend, request: Any, stage: Any) -> Any:
        return drawn(self, request.model_copy(update={"seed": request.seed + 5}), stage)

    monkeypatch.setattr(CannedBackend, "_shot", later)
    said = run("reproduce", "1-1.t1", film, "--json")
    assert (said.code, said.document["verdict"]) == (1, "different")
    assert said.document["comparison"]["first"] == 0
    assert 20 < said.document["comparison"]["psnr"] < 60
    assert [item["what"] for item in said.document["conditions"]] == ["seed"]
    newer = (
        TrainedCannedBackend().passport().model_copy(update={"version": "2", "repeatable": False})
    )
    monkeypatch.setattr(TrainedCannedBackend, "passport", lambda self: newer)
    told = run("reproduce", "1-1.t1", film)
    assert told.code == 1
    assert "passport version: 1 then, 2 now" in told.out

    def refused(self: CannedBackend, request: Any, stage: Any) -> Any:
        raise BackendFailed("out of paint")

    monkeypatch.setattr(CannedBackend, "_shot", refused)
    assert run("reproduce", "1-1.t1", film).code == 5
    after = dict(contents(film))
    asked = {q for act in journal(film).acts("clearance") for q in act.facts["asked"].values()}
    assert {path: after.get(path) for path in before} == before
    assert {digest for path, digest in after.items() if path not in before} <= asked
    attempts = [act.facts for act in journal(film).acts("reproduction")]
    verdicts = [attempt["verdict"] for attempt in attempts]
    assert verdicts == ["same"] * 4 + ["different", "different", "failed"]
    assert attempts[-1]["take"] == "1-1.t1"
    assert "out of paint" in attempts[-1]["why"]


def test_the_ledger_is_witnessed_and_exported(run: Run, film: Path, tmp_path: Path) -> None:
    run("shoot", "-p", film, "-q")
    (studio,) = [
        key["vkey"] for key in run("keys", "--json").document["keys"] if key["name"] == "studio"
    ]
    request = tmp_path / "request.txt"
    answer = tmp_path / "answer.txt"

    def submit(old: int) -> Any:
        request.write_text(run("ledger", "submit", "--old", old, "-p", film).out, "utf-8")
        return run("ledger", "witness", request, "--log", studio, "--json")

    said = submit(0)
    assert said.code == 0, said.err
    answer.write_text(said.document["cosignature"], "utf-8")
    words = ("ledger", "cosign", answer, "--request", request, "-p", film)
    kept = run(*words, "--witness", said.document["witness"], "--json")
    assert kept.code == 0, kept.err
    assert run(*words, "--witness", studio).code == 2
    held = film / "out" / "checkpoint.witnessed.txt"
    assert run("ledger", "extends", held, "-p", film).code == 0
    size = kept.document["size"]
    refused = submit(0)
    assert refused.code == 3
    assert f"at {size} entries" in refused.err
    assert submit(size).code == 0
    shorter = held.read_text("utf-8").replace(f"\n{size}\n", f"\n{size - 1}\n")
    request.write_text(shorter, "utf-8")
    assert run("ledger", "extends", request, "-p", film).code == 1
    tiles = run("ledger", "tiles", tmp_path / "log", "-p", film, "--json").document["files"]
    assert tiles == [f"tile/0/000.p/{size}", f"tile/entries/000.p/{size}", "checkpoint"]
    assert (tmp_path / "log" / tiles[0]).stat().st_size == 32 * size
