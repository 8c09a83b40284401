"""Every command: help, one JSON document, exit codes, progress, no traceback."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
import studio_fixtures
from studio_fixtures import Run

from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.keys import KeyRing
from generique.marks.credential.claims import Generator
from generique.marks.credential.file_claims import file_claim
from generique.marks.credential.source_types import TRAINED_DATA
from generique.model.values import digest_of
from generique.studio.cli import main as command_line

run, film = studio_fixtures.run, studio_fixtures.film


@pytest.mark.parametrize("command", command_line.COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    said = run(command, "--help")
    assert said.code == 0
    assert "Usage: generique" in said.out
    assert command in said.out
    assert "completion" not in said.out


def test_the_program_says_its_version_and_its_commands(run: Run) -> None:
    assert run("--version").out.startswith("generique ")
    listed = run("--help").out
    assert all(command in listed for command in command_line.COMMANDS)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "nowhere"), 2),
        (("produce", "nowhere"), 2),
        (("audit", "nowhere"), 2),
        (("status", "nowhere"), 2),
        (("verify", "nowhere.mp4"), 2),
        (("trace", "nowhere.mp4", "--at", "1"), 2),
        (("nosuch",), 2),
        (("plan", "--nosuch"), 2),
        (("shoot", "night", "--seconds", "nan"), 2),
        (("shoot", "night", "--rate", "0"), 2),
        (("shoot", "night", "--size", "huge"), 2),
        (("shoot", "night", "--seed", "-1"), 2),
        (("shoot", "night", "-o", "shot.avi"), 2),
        (("shoot", "a lion in a kitchen"), 4),
        (("shoot", "night", "--backend", "nosuch"), 5),
        (("shoot", "breaking red", "--seconds", "1", "--backend", "canned"), 5),
    ],
)
def test_errors_are_one_document_too(run: Run, words: tuple[str, ...], code: int) -> None:
    said = run(*words, "--json")
    assert said.code == code, said
    document = said.document
    assert document["schema"] == "generique/error/1"
    assert document["exit_code"] == code
    assert document["what"]
    assert document["next"]
    assert run(*words).out == ""


def test_a_new_production_can_be_planned(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "New film"
    assert run("new", folder, "--title", 'Neige "fine" \x1b[31m\n').code == 0
    unanswered = run("plan", folder, "--quality", "draft", "--json")
    assert unanswered.code == 3
    assert {refusal["rule"] for refusal in unanswered.document["refusals"]} == {"GEN-01"}
    uses = folder / "rights" / "uses.toml"
    uses.write_text(uses.read_text("utf-8").replace('= "unknown"', '= "yes"'), "utf-8")
    by_nobody = run("plan", folder, "--quality", "draft", "--json").document["refusals"]
    assert {(refusal["rule"], "after by" in refusal["lift"]) for refusal in by_nobody} == {
        ("GEN-01", True)
    }
    person = ("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", folder)
    assert run(*person).code == 0
    uses.write_text(uses.read_text("utf-8").replace('by = "nobody"', 'by = "mira"'), "utf-8")
    said = run("plan", folder, "--quality", "draft", "--json")
    assert said.code == 0, said.err
    assert {step["name"] for step in said.document["steps"]} >= {"breakdown", "shoot 1-1"}
    assert said.document["refusals"] == []
    again = run("new", folder)
    assert again.code == 2
    assert "holds a production already" in again.err


def test_explain_says_what_became_of_every_word_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    words = ("night aerial over a Canadian residential suburb in light snow, 2 s", "--explain")
    document = run("shoot", *words, "--json").document
    became = {word["text"]: word["became"] for word in document["words"]}
    assert became["night"] == "time = 22:00 on day 15"
    assert json.loads(document["scene"])["frames"] == 48
    assert "night" in run("shoot", *words).out
    assert not list((tmp_path / "home" / "scratch").rglob("*.mp4"))


def test_what_cannot_be_shown_is_named(run: Run) -> None:
    said = run("shoot", "a lion in a kitchen")
    assert said.code == 4
    assert '"lion"' in said.err
    assert '"kitchen"' in said.err


def test_a_prompt_makes_a_shot(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "shot.mp4"
    small = ("--backend", "canned", "--size", "64x48", "--seconds", "1")
    words = ("shoot", "red", *small, "-o", target, "--json")
    document = run(*words).document
    assert set(document) >= {"take", "file", "seed", "scene", "warnings"}
    made = target.read_bytes()
    assert run(*words).document == document
    assert target.read_bytes() == made
    assert run(*words, "--seed", "2").document["essence"] != document["essence"]


def test_each_stage_can_be_asked_for(run: Run, film: Path) -> None:
    assert run("breakdown", film, "--json").document["shots"][0]["id"] == "1-1"
    assert run("spot", film, "--json").document["timing"]["frames"] > 48
    assert run("plan", film, "--json").document["refusals"] == []
    takes = run("shoot", "-p", film, "--json").document["takes"]
    assert [take["id"] for take in takes] == ["1-1.t1", "1-L1-en.t1", "notice-en.t1", "music.t1"]
    assert run("cut", film, "--json").document["segments"]
    assert (film / "out" / "timeline.otio").is_file()
    assert (film / "out" / "cut.edl").is_file()
    (mix,) = run("mix", film, "--json").document["mixes"]
    assert abs(mix["loudness"]["integrated"] + 23) <= 0.5
    said = run("produce", film)
    assert said.code == 7
    assert "director" in said.err


def test_progress_is_on_stderr_and_can_be_silenced(run: Run, film: Path) -> None:
    loud = run("breakdown", film)
    assert loud.err.splitlines() == ["breakdown: started", "breakdown: done"]
    assert "1-1" in loud.out
    assert run("breakdown", film, "-q").err == ""
    assert run("breakdown", film, "--json").err == ""


def test_people_decide_on_takes(run: Run, film: Path) -> None:
    run("shoot", "-p", film, "-q")
    assert run("person", "list", "-p", film, "--json").document["people"][0]["id"] == "mira"
    words = ("review", "approve", "1-1.t1", "--as", "mira", "--reason", "good", "-p", film)
    keyless = run(*words)
    assert keyless.code == 2
    assert "person add" in keyless.err
    added = run(*("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", film))
    assert added.code == 0
    assert run(*words).code == 0
    assert run(*words[:-4], "--reason", " ", "-p", film).code == 2
    assert run(*words, "--role", "producer").code == 3
    assert run("review", "approve", "1-1.t1", "--as", "zoe", "--reason", "x", "-p", film).code == 2

    def standings() -> dict[str, str]:
        listed = run("review", "list", "-p", film, "--json").document["takes"]
        return {take["take"]: take["standing"] for take in listed}

    assert standings() == {"1-1.t1": "approved"} | dict.fromkeys(
        ("1-L1-en.t1", "notice-en.t1", "music.t1"), "waiting"
    )
    assert run("review", "reject", *words[2:]).code == 0
    assert standings()["1-1.t1"] == "rejected"
    assert run("produce", film, "--demo-review", "-q").code == 7
    said = run("retake", "1-1", "darker", "-p", film, "--json")
    assert (said.code, said.document["take"]) == (0, "1-1.t2"), said.err
    assert standings()["1-1.t2"] == "waiting"
    rows = {row["element"]: row for row in run("status", film, "--json").document["rows"]}
    assert (rows["1-1"]["take"], rows["1-1"]["waits_for"]) == ("1-1.t2", "director")
    assert run("review", "choose", "1-1.t1", "-p", film).code == 0
    assert run("review", "approve", "1-1.t1", *words[3:]).code == 0
    assert run("review", "sheet", "1-1.t2", "-p", film).code == 0
    assert (film / "out" / "review" / "1-1.t2.png").read_bytes()[1:4] == b"PNG"
    assert run("review", "sheet", "music.t1", "-p", film).code == 2


def test_an_edited_shot_voids_the_approval_of_its_take(run: Run, film: Path) -> None:
    run("shoot", "-p", film, "-q")
    run("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", film)
    said = ("--as", "mira", "--reason", "good", "-p", film)
    assert run("review", "approve", "1-1.t1", *said).code == 0
    script = film / "script.fountain"
    script.write_text(script.read_text("utf-8").replace("red, 2 s", "blue, 2 s"), "utf-8")
    run("shoot", "-p", film, "-q")
    rows = {row["element"]: row for row in run("status", film, "--json").document["rows"]}
    assert (rows["1-1"]["take"], rows["1-1"]["state"]) == ("1-1.t2", "waiting")


def test_a_film_that_people_approved_is_no_demonstration(run: Run, film: Path) -> None:
    run("shoot", "-p", film, "-q")
    run("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", film)
    said = ("--as", "mira", "--reason", "good", "-p", film)
    for take in ("1-1.t1", "1-L1-en.t1", "notice-en.t1", "music.t1"):
        assert run("review", "approve", take, *said).code == 0
    uncut = run("produce", film, "--json")
    assert [refusal["rule"] for refusal in uncut.document["refusals"]] == ["GEN-06"]
    assert run("review", "approve", "cut", "--matter", "cut", *said).code == 0
    made = run("produce", film, "--json")
    assert (made.code, made.document["demonstration"]) == (0, False)
    assert left_open(run, film) == {"AUD-04", "GEN-07"}  # no contract; the master waits
    assert run("verify", film / "out" / "master.en.mp4", "--require-trusted").code == 0
    moment = run("trace", film / "out" / "master.en.mp4", "--at", "1")
    assert "approved by mira (director)" in moment.out
    _endorsed(run, film)
    assert left_open(run, film) == {"AUD-04"}
    assert run("deliver", film).code == 0
    assert run("vault", "check", "-p", film).code == 0
    keys = run("keys", "--json").document["keys"]
    assert {key["name"] for key in keys} == {"studio", "person/mira"}


def left_open(run: Run, film: Path) -> set[str]:
    """Rules of the audit that did not pass."""
    rules = run("audit", film, "--json").document["rules"]
    return {rule["id"] for rule in rules if rule["status"] not in {"passed", "not applicable"}}


def _endorsed(run: Run, film: Path) -> None:
    """A director approves the finished master, and its file carries that from then on."""
    master = film / "out" / "master.en.mp4"
    before = run("verify", master, "--json").document
    words = ("review", "endorse", "en", "--as", "mira", "--reason", "seen in the cinema")
    said = run(*words, "--credit", "Edited by Zoé", "-p", film, "--json")
    assert said.code == 0, said.err
    assert said.document["essence"] == before["essence"]
    after = run("verify", master, "--require-trusted", "--json")
    assert after.code == 0, after.out
    assert (after.document["verdict"], after.document["essence"]) == ("trusted", before["essence"])
    assert after.document["file"] != before["file"]
    assert run("produce", film, "--json").code == 0  # the film is made: it stays endorsed
    assert run("verify", master, "--json").document["file"] == after.document["file"]
    assert run("review", "endorse", "fr", *words[3:], "-p", film).code == 2
    assert run("review", "endorse", "en", "--as", "zoe", "--reason", "x", "-p", film).code == 2


def test_a_demonstration_is_not_endorsed(run: Run, film: Path) -> None:
    run("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", film)
    assert run("produce", film, "--demo-review", "-q").code == 0
    said = run("review", "endorse", "en", "--as", "mira", "--reason", "good", "-p", film)
    assert said.code == 3
    assert "demonstration" in said.err


def test_a_file_with_its_credential_beside_it_is_verified(run: Run, tmp_path: Path) -> None:
    weights = tmp_path / "weights.bin"
    weights.write_bytes(bytes(range(200)))
    maker = CredentialMaker(KeyRing(tmp_path / "home" / "keys"))
    digest = digest_of(weights.read_bytes())
    claim = file_claim("weights.bin", digest, "model", TRAINED_DATA, Generator(version="0"))
    assert run("keys").code == 0
    maker.sign_beside(weights, claim, {})
    said = run("verify", weights, "--json")
    assert (said.code, said.document["verdict"]) == (0, "trusted"), said.out
    weights.write_bytes(bytes(range(201)))
    assert run("verify", weights).code == 1


def test_a_time_stamp_that_is_not_to_be_had_stops_the_seal(
    run: Run, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENERIQUE_TIMESTAMP_URL", "http://127.0.0.1:9/")
    said = run("produce", film, "--demo-review", "--json")
    assert said.code == 5
    assert "no stamp" in said.document["what"]
    assert not list((film / "out").glob("master.*"))
    monkeypatch.setenv("GENERIQUE_TIMESTAMP_URL", "nowhere")
    assert run("produce", film, "--demo-review").code == 2
    monkeypatch.delenv("GENERIQUE_TIMESTAMP_URL")
    assert run("produce", film, "--demo-review", "-q").code == 0


def test_backends_are_listed_with_what_is_known_of_them(run: Run) -> None:
    listed = {entry["name"]: entry for entry in run("backends", "--json").document["backends"]}
    assert {"canned", "foley", "pico", "score", "world"} <= set(listed)
    assert listed["world"]["rights"]["training"]["statement"] == "none"
    assert listed["pico"]["rights"]["training"]["statement"] == "undisclosed"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_can_be_resumed(
    run: Run, film: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    draw = "generique.testing.canned._frame"
    frame: Any = __import__("generique.testing.canned", fromlist=["_frame"])._frame

    def stop(request: object, index: int) -> Any:
        if index == 5:
            os.kill(os.getpid(), number)
            time.sleep(0.2)
        return frame(request, index)

    monkeypatch.setattr(draw, stop)
    said = run("shoot", "-p", film, "--json")
    assert (said.code, said.document["code"]) == (130, "interrupted"), said
    assert "same command" in said.document["next"]
    assert not list((film / ".generique" / "stage").iterdir())
    monkeypatch.setattr(draw, frame)
    assert run("shoot", "-p", film, "-q").code == 0
