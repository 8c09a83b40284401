"""Scene documents as files that a person edits."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generique.model.errors import UnreadableInput
from generique.world.scene import SceneDocument
from generique.world.scene_toml import VERSION, read_scene, write_scene
from generique.world.words.reading import Brief, read_prompt

PROMPT = "night aerial over a suburb in light snow, slow orbit, 3 s"
SCENE = read_prompt(PROMPT, Brief(seed=5, place_seed=9)).scene
LONG = SceneDocument.read(
    SCENE.to_json()
    | {
        "camera": SCENE.camera.to_json()
        | {"then": [{"move": "crane", "direction": "up", "speed": 2.0, "seconds": 1.5}]},
        "changes": [{"at": 1.0, "field": "life.lamps", "value": False}],
        "rate": {"numerator": 24000, "denominator": 1001},
    },
    where="test",
)


def _refused(text: str) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        read_scene(text, where="scene.toml")
    assert caught.value.next_step
    return caught.value


@pytest.mark.parametrize("scene", [SCENE, LONG], ids=["plain", "long"])
def test_a_scene_is_read_back_as_it_was_written(scene: SceneDocument) -> None:
    text = write_scene(scene, PROMPT)
    assert read_scene(text, where="scene.toml") == scene
    assert read_scene(scene.model_dump_json(), where="scene.json") == scene


@settings(max_examples=30, deadline=None)
@given(st.floats(2, 400), st.floats(0, 1), st.integers(0, 2**32 - 1), st.sampled_from([24, 25, 60]))
def test_no_digit_is_lost(altitude: float, fog: float, seed: int, rate: int) -> None:
    document = SCENE.to_json()
    document["camera"]["altitude"] = altitude
    document["weather"]["fog"] = fog
    document |= {"seed": seed, "rate": {"numerator": rate}}
    scene = SceneDocument.read(document, where="test")
    assert read_scene(write_scene(scene), where="scene.toml") == scene


def test_the_text_says_what_each_field_can_be() -> None:
    text = write_scene(SCENE, f"{PROMPT}\nsecond line")
    assert f"# Prompt: {PROMPT}\n# Prompt: second line\n" in text
    assert "altitude = 62.0 # metres above ground; 0.3 to 400" in text
    assert 'season = "winter" # winter | spring | summer | autumn' in text
    assert 'rate = "24" # frames a second' in text
    for section in ("place", "weather", "camera", "life"):
        assert f"\n[{section}]\n# " in text
    assert "# direction: left | right | up | down" in write_scene(
        read_prompt("suburb, static", Brief()).scene
    )
    assert tomllib.loads(text)["schema"] == VERSION


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("fog = 0.15", "fgo = 0.15", "unknown field weather.fgo"),
        ("snowfall =", "snow_fall =", 'did you mean "snowfall"?'),
        ("altitude = 62.0", "altitude = 900", "camera.altitude is 900, the most is 400"),
        ("fog = 0.15", "fog = -1", "weather.fog is -1, the least is 0"),
        ("fog = 0.15", 'fog = "thick"', "weather.fog"),
        ('season = "winter"', 'season = "monsoon"', "season is 'monsoon', take 'winter'"),
        ('move = "orbit"', 'move = "teleport"', "camera.move is 'teleport'"),
        ("frames = 72", "", "frames is missing"),
        ("lamps = true", "lamps = 1", "life.lamps"),
        ("hour = 22.0", "hour = 24", "time.hour is 24, it has to be below 24"),
    ],
)
def test_a_wrong_field_is_named(old: str, new: str, why: str) -> None:
    text = write_scene(SCENE)
    assert old in text
    assert why in str(_refused(text.replace(old, new)).why)


def test_another_version_is_named() -> None:
    error = _refused(write_scene(SCENE).replace(VERSION, "generique/scene/99"))
    assert "generique/scene/99" in error.what
    assert VERSION in str(error.why)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "place",
        "{",
        "[[[",
        "x = nan",
        "[weather]\nfog = inf",
        "rate = 'often'",
        "[place]\nfamily = 'city'\n[place]",
        "a = " + "[" * 5000,
        "\x00",
        json.dumps({"schema_version": 3}),
        "{" * 100_000,
        "seed = " + "9" * 5000,
    ],
)
def test_what_is_no_scene_is_refused(text: str) -> None:
    error = _refused(text)
    assert len(error.diagnosis()) < 3000
