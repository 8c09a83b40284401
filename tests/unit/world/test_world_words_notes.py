"""Notes on a take."""

from __future__ import annotations

from typing import Any

import pytest

from generique.model.errors import NotCapable, UnreadableInput
from generique.world.scene import Move, SceneDocument
from generique.world.words.reading import Brief, apply_note, read_prompt

SCENE = read_prompt(
    "night aerial over a suburb in light snow, slow push-in, light traffic, few lit windows",
    Brief(seed=5, place_seed=9),
).scene


def _changes(scene: SceneDocument, note: str) -> dict[str, Any]:
    """Fields that a note changes, with their new values."""
    changed = apply_note(scene, note).scene
    assert (changed.place, changed.seed, changed.frames) == (scene.place, scene.seed, scene.frames)
    before, after = scene.to_json(), changed.to_json()
    found: dict[str, Any] = {}
    for name, value in before.items():
        if isinstance(value, dict):
            pairs = ((key, after[name][key], part) for key, part in value.items())
            found |= {f"{name}.{key}": new for key, new, old in pairs if new != old}
        elif after[name] != value:
            found[name] = after[name]
    return found


@pytest.mark.parametrize(
    ("note", "changes"),
    [
        ("slower", {"camera.speed": 1.656}),
        ("slower, less snow", {"camera.speed": 1.656, "weather.snowfall": 0.175}),
        ("a little less snow on the roofs", {"weather.snow_cover": 0.637}),
        ("higher", {"camera.altitude": 86.8}),
        ("closer, please", {"camera.altitude": 44.64}),
        ("more fog", {"weather.fog": 0.24}),
        ("darker windows", {"life.lit_windows": 0.075}),
        ("fewer cars", {"life.traffic": 0.1}),
        ("more lit windows", {"life.lit_windows": 0.24}),
        ("wider", {"camera.focal": 24.18}),
        ("steadier", {"camera.handheld": 0.12}),
        ("windier", {"weather.wind": 4.8}),
        ("no traffic", {"life.traffic": 0.0}),
        ("no snow", {"weather.snowfall": 0.0, "weather.snow_cover": 0.0}),
        ("heavy snow", {"weather.snowfall": 0.85}),
        ("at 40 m", {"camera.altitude": 40.0}),
        ("fast", {"camera.speed": 7.82}),
        ("at a speed of 4 m/s", {"camera.speed": 4.0}),
        ("easing out", {"camera.easing": "ease-out"}),
        ("same again, but higher", {"camera.altitude": 86.8}),
        ("orbit right", {"camera.move": "orbit", "camera.direction": "right"}),
        (
            "static",
            {"camera.move": "static", "camera.speed": 0.0, "camera.handheld": 0.0},
        ),
    ],
)
def test_a_note_changes_what_it_says_and_nothing_else(note: str, changes: dict[str, Any]) -> None:
    assert _changes(SCENE, note) == pytest.approx(changes)


def test_lamps_follow_the_hour_unless_set_by_hand() -> None:
    assert _changes(SCENE, "overcast day") == {
        "time.hour": 11.09,
        "time.bearing": 54.3,
        "weather.cloud": 1.0,
        "life.lamps": False,
    }
    plain = read_prompt("suburb at night", Brief()).scene
    assert apply_note(plain, "at dawn").scene.life.lit_windows == 0.25
    dark = read_prompt("suburb at night, street lamps off", Brief()).scene
    assert not apply_note(dark, "at dusk").scene.life.lamps


def test_a_move_brings_its_speed_to_a_static_camera() -> None:
    static = read_prompt("suburb at night, static", Brief()).scene
    moved = apply_note(static, "slow pull-back").scene.camera
    assert moved.move is Move.PULL_BACK
    assert moved.speed == pytest.approx(2.76)
    assert apply_note(static, "crane up").scene.camera.speed == 2.2
    assert apply_note(static, "at dusk").scene.time.hour == 17.9


def test_a_new_season_keeps_the_height_of_the_sun() -> None:
    dusk = read_prompt("suburb at dusk in winter", Brief()).scene
    summer = apply_note(dusk, "summer").scene
    assert (summer.time.hour, summer.time.day) == (20.13, 196)
    assert summer.life.lamps


def test_more_of_nothing_is_some() -> None:
    dry = read_prompt("suburb at night, no traffic", Brief()).scene
    assert apply_note(dry, "more rain").scene.weather.rain == 0.3
    assert apply_note(dry, "more cars").scene.life.traffic == 0.2
    snowed = apply_note(dry, "more snow").scene.weather
    assert snowed.snowfall == 0.3


@pytest.mark.parametrize(
    "note",
    [
        "start later",
        "longer",
        "6 s",
        "warmer",
        "darker",
        "nice",
        "more rain",
        "more",
        "less rain",
        "slower, at 2 m/s",
        "less snow, no snow",
        "slow, static",
        "a lion",
        "please, the same again",
        "night",
        "more trees",
        "more street lamps",
        "summer",
    ],
)
def test_a_note_that_cannot_be_served_is_refused(note: str) -> None:
    with pytest.raises(NotCapable) as caught:
        apply_note(SCENE, note)
    assert caught.value.next_step


def test_the_speed_of_a_static_camera_cannot_change() -> None:
    static = read_prompt("suburb, static", Brief()).scene
    for note in ("slower", "faster"):
        with pytest.raises(NotCapable, match="stands still"):
            apply_note(static, note)
    with pytest.raises(NotCapable, match="cannot be more or less yet"):
        apply_note(static, "slower pan")


def test_what_is_at_its_limit_cannot_grow() -> None:
    full = read_prompt("suburb, very heavy fog", Brief()).scene
    with pytest.raises(NotCapable, match="no more"):
        apply_note(full, "more fog")


def test_an_unreadable_note_is_refused() -> None:
    with pytest.raises(UnreadableInput):
        apply_note(SCENE, "slower\u202e")


def test_words_of_a_note_say_what_became_of_them() -> None:
    words = apply_note(SCENE, "slower, much less snow").words
    assert [word.text for word in words] == ["slower", "much less", "snow"]
    assert words[0].became == "camera.speed = 1.656"
    assert words[1].became.startswith("weather.snowfall = 0.087")
