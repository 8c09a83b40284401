"""The examples in the documents are complete and belong together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generique.model.shot import ShotList
from generique.script.breakdown import break_down
from generique.script.direction import read_direction
from generique.script.fountain import parse_fountain
from generique.script.shot_toml import (
    LINE_KEYS,
    MEDIA_KEYS,
    REFERENCE_KEYS,
    SHOT_KEYS,
    SOUND_KEYS,
)
from generique.script.shotlist import read_shots, write_shots
from generique.script.translation import draft_translation, read_title, read_translation

FORMATS = Path(__file__).parents[3] / "docs" / "formats"


def example(document: str, language: str) -> str:
    text = (FORMATS / document).read_text(encoding="utf-8")
    found = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture(scope="module")
def shots() -> ShotList:
    screenplay = parse_fountain(example("fountain-notes.md", "fountain"), where="example")
    return break_down(screenplay, language="en", title="Dawn Chorus")


def test_the_script_becomes_the_shot_list(shots: ShotList) -> None:
    assert write_shots(shots, None) == example("shots.md", "toml")
    assert read_shots(example("shots.md", "toml"), where="shots.md") == shots


def test_the_translation_covers_the_script(shots: ShotList) -> None:
    text = example("language.md", "toml")
    lines = read_translation(text, shots, language="fr", where="language.md")
    assert list(lines) == ["1-L1", "2A-L1"]
    assert read_title(text, where="language.md") == "Le chœur de l’aube"
    assert draft_translation(shots, text, "fr") == text


def test_every_direction_and_key_is_documented() -> None:
    notes = (FORMATS / "fountain-notes.md").read_text(encoding="utf-8")
    said = {"transition": "dissolve", "class": "altered", "reference": "a.png as style"}
    for word in ("shot", "media", "sound", "sfx", "class", "person", "transition", "music", *said):
        assert f"| `[[{word}: " in notes
        assert read_direction(f"{word}: {said.get(word, 'a.mp4')}", where="a:1")
    keys = (FORMATS / "shots.md").read_text(encoding="utf-8").split("```")[0]
    for key in (*SHOT_KEYS, *MEDIA_KEYS, *SOUND_KEYS, *REFERENCE_KEYS, *LINE_KEYS):
        assert f"`{key}`" in keys or f".{key}]" in keys
