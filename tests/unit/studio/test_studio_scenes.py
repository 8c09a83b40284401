"""Scenes as files, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import studio_fixtures
from studio_fixtures import Run

run = studio_fixtures.run

PROMPTS = (
    "night aerial over a Canadian residential suburb in light snow, slow push-in",
    "vue aérienne de nuit d'une banlieue sous une neige légère, lent travelling avant",
)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_prompt_written_as_a_scene_is_the_same_shot(
    run: Run,
    tmp_path: Path,
    prompt: str,
) -> None:
    target = tmp_path / "scene.toml"
    asked = ("--seconds", "1.5", "--rate", "25", "--seed", "9")
    written = run("shoot", prompt, *asked, "--write-scene", target, "--json")
    assert written.code == 0, written.err
    again = run("shoot", "--scene", target, "--explain", "--json")
    assert again.code == 0, again.err
    assert again.document["scene"] == written.document["scene"]
    scene = json.loads(again.document["scene"])
    assert (scene["frames"], scene["seed"]) == (38, 9)
    assert prompt in target.read_text("utf-8")
    assert not list((tmp_path / "home" / "scratch").rglob("*.mp4"))


def test_an_edited_scene_is_what_is_shot(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "scene.toml"
    assert run("shoot", PROMPTS[0], "--write-scene", target).code == 0
    text = target.read_text("utf-8")
    target.write_text(text.replace("altitude = 62.0", "altitude = 80").replace("0.44", "0.2"))
    scene = json.loads(run("shoot", "--scene", target, "--explain", "--json").document["scene"])
    assert (scene["camera"]["altitude"], scene["life"]["lit_windows"]) == (80, 0.2)


def test_explain_says_the_language(run: Run) -> None:
    for prompt, language in zip(PROMPTS, ("en", "fr"), strict=True):
        assert run("shoot", prompt, "--explain", "--json").document["language"] == language
    assert "lu comme du français" in run("shoot", PROMPTS[1], "--explain").out


def test_what_would_lose_something_is_refused(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "scene.toml"
    assert run("shoot", PROMPTS[0], "--write-scene", target).code == 0
    for words, code, said in (
        (("shoot", PROMPTS[0], "--write-scene", target), 2, "there already"),
        (("shoot", PROMPTS[0], "--write-scene", tmp_path / "scene.json"), 2, ".toml"),
        (("shoot", PROMPTS[0], "--scene", target), 2, "not be read"),
        (("shoot", "--scene", target, "--explain", "--seed", "3"), 4, "seed"),
        (("shoot", "--scene", target, "--explain", "--seconds", "2"), 4, "frames"),
        (("shoot", "--scene", tmp_path / "none.toml"), 2, "none.toml"),
        (("shoot", "red", "--backend", "canned", "--write-scene", tmp_path / "x.toml"), 2, "scene"),
    ):
        refused = run(*words)
        assert refused.code == code, refused
        assert said in refused.err
    target.write_text(target.read_text("utf-8").replace("pitch = ", "pich = "), "utf-8")
    wrong = run("shoot", "--scene", target)
    assert wrong.code == 2
    assert 'unknown field camera.pich, did you mean "pitch"?' in wrong.err
    assert str(target) in wrong.err
