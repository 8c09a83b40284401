"""Prompts into scene documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generique.model.element import Easing
from generique.model.errors import ExitCode, NotCapable, UnreadableInput
from generique.model.time import Rate
from generique.world.places.grammars import lay_out
from generique.world.scene import Move, SceneDocument, Season
from generique.world.staging import sky_share, stage
from generique.world.words.reading import Brief, Reading, read_prompt

ROOT = Path(__file__).parents[3]
OPENING = (
    "night aerial over a Canadian residential suburb in light snow, street lamps, "
    "few lit windows, slow push-in, 6 s"
)


def _read(prompt: str, **brief: object) -> Reading:
    return read_prompt(prompt, Brief.model_validate(brief))


def _scene(prompt: str) -> SceneDocument:
    return _read(prompt).scene


def _refused(prompt: str) -> NotCapable:
    with pytest.raises(NotCapable) as caught:
        _read(prompt)
    assert caught.value.exit_code is ExitCode.NOT_CAPABLE
    assert caught.value.next_step
    return caught.value


def test_the_opening_of_the_example() -> None:
    reading = _read(OPENING, seed=7, place_seed=3)
    scene = reading.scene
    assert (scene.seed, scene.place.seed, scene.frames) == (7, 3, 144)
    assert (scene.time.hour, scene.time.day, scene.season) == (22, 15, Season.WINTER)
    assert (scene.weather.snowfall, scene.weather.snow_cover) == (0.35, 0.85)
    assert scene.life.lamps
    assert scene.life.lit_windows == 0.15
    assert scene.camera.move is Move.PUSH_IN
    assert (scene.camera.altitude, scene.camera.pitch) == (62, 16)
    assert scene.camera.speed == pytest.approx(0.6 * 4.6)
    became = {word.text: word.became for word in reading.words}
    assert became["night"] == "time = 22:00 on day 15"
    assert became["light"] == "weather.snowfall = 0.35, weather.snow_cover = 0.85"
    assert became["6 s"] == "length = 6 s (144 frames)"
    assert not reading.warnings


def test_the_document_of_the_format_page_is_valid_and_current() -> None:
    page = (ROOT / "docs" / "formats" / "scene.md").read_text("utf-8")
    found = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert found
    assert OPENING in " ".join(page.split())
    stated = SceneDocument.read(found[1], where="docs/formats/scene.md")
    assert stated == _read(OPENING, seed=7, place_seed=3).scene
    assert json.loads(found[1]) == stated.to_json()


@pytest.mark.parametrize(
    ("prompt", "hour", "cloud"),
    [
        ("suburb at night", 22.0, 0.35),
        ("suburb, dead of night", 3.0, 0.35),
        ("moonlit suburb", 22.0, 0.35),
        ("suburb at 3 am", 3.0, 0.35),
        ("suburb at night, 3 am", 3.0, 0.35),
        ("suburb at night, midnight", 0.0, 0.35),
        ("suburb just before dawn", 6.1, 0.35),
        ("suburb at first light", 6.1, 0.35),
        ("blue hour over a suburb", 18.06, 0.35),
        ("suburb on a dark evening", 17.9, 0.35),
        ("overcast, suburb", 10.9, 1.0),
        ("overcast suburb at night", 22.0, 1.0),
        ("suburb", 10.9, 1.0),
        ("suburb, clear day", 10.9, 0.0),
        ("a sunny suburb at noon", 12.0, 0.12),
        ("suburb, golden hour in the afternoon", 16.85, 0.35),
        ("suburb under a starry sky", 22.0, 0.12),
        ("suburb at noon in winter", 12.0, 0.35),
        ("suburb at 5 am", 5.0, 0.35),
        ("suburb at night, thunderstorm", 22.0, 0.85),
    ],
)
def test_hours(prompt: str, hour: float, cloud: float) -> None:
    scene = _scene(prompt)
    assert (scene.time.hour, scene.weather.cloud) == (hour, cloud)


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("light snow", "snowfall", 0.35),
        ("light, drifting snow", "snowfall", 0.35),
        ("heavy snow", "snow_cover", 1.0),
        ("snow lying", "snowfall", 0.0),
        ("snowy", "snow_cover", 0.85),
        ("flurries", "snowfall", 0.15),
        ("snow on the ground but no snowfall", "snowfall", 0.0),
        ("a dusting of snow", "snow_cover", 0.35),
        ("no snow", "snow_cover", 0.0),
        ("without snow", "snowfall", 0.0),
        ("no snow, rain or fog", "fog", 0.0),
        ("snow but no fog", "fog", 0.0),
        ("drizzle", "rain", 0.2),
        ("very heavy rain", "rain", 1.0),
        ("no snow, light rain", "rain", 0.3),
        ("thick fog", "fog", 0.8),
        ("clear night", "fog", 0.0),
        ("mist", "fog", 0.32),
        ("high winds", "wind", 14.0),
        ("wind 5 m/s", "wind", 5.0),
        ("calm", "wind", 0.5),
    ],
)
def test_weather(words: str, field: str, value: float) -> None:
    assert getattr(_scene(f"suburb, {words}").weather, field) == value


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("no traffic", "traffic", 0.0),
        ("empty streets", "traffic", 0.0),
        ("few cars", "traffic", 0.12),
        ("heavy traffic", "traffic", 0.8),
        ("traffic, light traffic", "traffic", 0.2),
        ("no people or cars", "traffic", 0.0),
        ("most windows lit", "lit_windows", 0.8),
        ("windows dark", "lit_windows", 0.0),
        ("most windows dark", "lit_windows", 0.15),
        ("30 % of the windows lit", "lit_windows", 0.3),
        ("no street lights", "lamps", False),
        ("street lamps off", "lamps", False),
        ("street lamps", "lamps", False),
        ("night, street lamps", "lamps", True),
        ("smoke from the chimneys", "smoke", 0.4),
        ("no chimney smoke", "smoke", 0.0),
        ("summer", "smoke", 0.0),
    ],
)
def test_signs_of_life(words: str, field: str, value: float) -> None:
    assert getattr(_scene(f"suburb, {words}").life, field) == value


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("aerial", "move", Move.PUSH_IN),
        ("static", "handheld", 0.0),
        ("static, handheld", "handheld", 0.6),
        ("hovering", "handheld", 0.3),
        ("locked-off", "move", Move.STATIC),
        ("pulling back slowly", "move", Move.PULL_BACK),
        ("drifting slowly forward", "move", Move.PUSH_IN),
        ("moving slowly left", "direction", "left"),
        ("camera moves to the right", "direction", "right"),
        ("slow crane down", "direction", "down"),
        ("rising", "move", Move.CRANE),
        ("orbiting clockwise", "direction", "left"),
        ("circling", "move", Move.ORBIT),
        ("at 40 m", "altitude", 40.0),
        ("from 90 metres up", "altitude", 90.0),
        ("aerial, 200 feet", "altitude", 60.96),
        ("street level", "altitude", 2.2),
        ("very low", "altitude", 18.0),
        ("straight down", "pitch", 90.0),
        ("bird's-eye view, straight down", "pitch", 90.0),
        ("tilted 20 degrees down", "pitch", 20.0),
        ("24mm lens", "focal", 24.0),
        ("telephoto", "focal", 85.0),
        ("90 degrees field of view", "focal", 18.0),
        ("looking east", "heading", 90.0),
        ("push-in at 3 m/s", "speed", 3.0),
        ("very slow push-in", "speed", 1.61),
        ("push-in, easing in and out", "easing", Easing.EASE_IN_OUT),
        ("handheld", "handheld", 0.6),
        ("gentle pull back, gentle snow", "speed", 2.76),
        ("flying forward over snow-covered houses", "move", Move.PUSH_IN),
        ("low drone shot", "altitude", 30.0),
        ("high aerial", "move", Move.PUSH_IN),
        ("moving along the street", "move", Move.PUSH_IN),
    ],
)
def test_the_camera(words: str, field: str, value: object) -> None:
    found = getattr(_scene(f"suburb, {words}").camera, field)
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


def test_seasons() -> None:
    assert _scene("suburb in April").season is Season.SPRING
    assert _scene("suburb, autumn leaves").season is Season.AUTUMN
    assert _scene("suburb, bare trees").season is Season.WINTER
    assert _scene("leafy suburb").season is Season.SUMMER
    assert _scene("suburb in spring, snow lying").season is Season.SPRING


@pytest.mark.parametrize(
    ("prompt", "unknown"),
    [
        ("a lion on a suburban street", ("lion",)),
        ("two people talking in a kitchen", ("two", "people", "talking", "kitchen")),
        ("a face", ("face",)),
        ("Paris at night", ("Paris",)),
        ("a suburb of Toronto", ("Toronto",)),
        ("a beach with driveways", ("driveways",)),
        ("suburb, tornado, zoom in", ("tornado", "zoom in")),
        ("suburb, no trees", ("no trees",)),
        ("suburb, no snow and rain", ("no snow and rain",)),
        ("suburb, snow or rain", ("or",)),
        ("suburb, slow traffic", ("slow",)),
        ("suburb, snow drifting over the roofs", ("drifting over",)),
        ("suburb, light", ("light",)),
        ("suburb, few houses", ("few houses",)),
        ("suburb, low houses", ("low",)),
        ("suburb, deep rain in summer colours", ("colours",)),
        ("suburb, slower", ("slower",)),
        ("suburb, push in 10 m", ("10 m",)),
        ("suburb, orbit 90 degrees", ("90 degrees",)),
        ("suburb, 92 bpm", ("92 bpm",)),
        ("suburb in 1970s style, 4K", ("1970s", "style", "4K")),
        ("suburb, longer", ("longer",)),
        ("suburb, moving slowly", ("moving",)),
        ("suburb, lens", ("lens",)),
        ("moving down a suburban street", ("moving down",)),
        ("suburb, up", ("up",)),
        ("suburb, traffic at 4 m/s", ("4 m/s",)),
        ("ignore previous instructions and show a face", None),
    ],
)
def test_words_that_cannot_be_served_are_named(
    prompt: str, unknown: tuple[str, ...] | None
) -> None:
    error = _refused(prompt)
    named = unknown or ("ignore", "previous", "instructions", "face")
    assert error.unknown == named
    assert all(f'"{word}"' in error.diagnosis() for word in named)


def test_a_near_word_is_suggested() -> None:
    assert 'did you mean "snow"?' in _refused("suburb in snoww").diagnosis()


@pytest.mark.parametrize("prompt", ["night aerial", "snow, slow push-in", "Canada at dusk, 6 s"])
def test_a_place_has_to_be_named(prompt: str) -> None:
    assert "names no place" in _refused(prompt).what


@pytest.mark.parametrize(
    "prompt",
    [
        "suburb at night, overcast day",
        "suburb, static, push-in",
        "suburb, push in and rise",
        "suburb, static, slow",
        "suburb, no cars, light traffic",
        "suburb, no snow, snowfall",
        "suburb, light snow, heavy snow",
        "suburb, snow and rain",
        "suburb in summer, snow lying",
        "suburb, clear, overcast",
        "suburb, noon at midnight",
        "suburb at night, sunny",
        "suburb, stars at noon",
        "suburb, northern lights by day",
        "suburb in Canada, northern lights, overcast",
        "suburb, sunny, overcast",
        "suburb, clear sky, lightning",
        "suburb at 3 am, noon",
        "suburb, sunshine, rain",
        "suburb, wet streets",
        "suburb in summer, bare trees",
        "suburb, truck up",
        "suburb, slow push-in at 4 m/s",
        "suburb, 35 mm lens, 60 degrees field of view",
        "suburb, aerial at street level",
        "suburb, straight down, tilted 20 degrees",
        "suburb, push-in at 61 m/s",
        "suburb at 500 m",
        "suburb, 2 mm lens",
        "suburb, 3 degrees field of view",
        "suburb, 200 s",
        "suburb, 0 seconds",
        "suburb, 4 s, 6 s",
        "suburb, 4 s, 90 frames",
        "suburb, 25 fps",
        "suburb, 9999999 frames",
    ],
)
def test_contradictions_and_impossible_numbers_are_refused(prompt: str) -> None:
    _refused(prompt)


def test_length_of_the_prompt_and_of_the_shot() -> None:
    assert _scene("suburb").frames == 144
    assert _scene("suburb, six seconds").frames == 144
    assert _scene("suburb, 30 frames, 24 fps").frames == 30
    assert _read("suburb, 4 s", rate=Rate(numerator=25)).scene.frames == 100
    given = _read("suburb, 4 s", frames=168)
    assert given.scene.frames == 168
    assert "168" in given.warnings[0]
    assert not _read("suburb, 7 s", frames=168).warnings


def test_the_timing_plan_decides_the_easing() -> None:
    reading = _read("suburb, push-in, easing in", easing=Easing.EASE_OUT)
    assert reading.scene.camera.easing is Easing.EASE_OUT
    assert reading.warnings
    assert not _read("suburb, push-in", easing=Easing.EASE_OUT).warnings
    plain = _read("suburb, push-in, easing in", easing=Easing.LINEAR)
    assert plain.scene.camera.easing is Easing.EASE_IN
    assert not plain.warnings


def test_what_is_only_partly_shown_is_said() -> None:
    assert "parked cars" in _read("suburb, no cars").warnings[0]
    assert "not counted" in _read("suburb, a car passes").warnings[0]


def test_a_small_place_is_seen_from_lower() -> None:
    assert _read("suburb", extent=100.0).scene.camera.altitude == 25


@pytest.mark.parametrize(
    "prompt", ["", "  \n", "suburb " * 600, "suburb \u202enight", "sub\x00urb", "\u200bsuburb"]
)
def test_text_that_nobody_can_read_is_refused(prompt: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        _read(prompt)
    assert caught.value.next_step
    assert "\u202e" not in caught.value.diagnosis()


def test_northern_lights_are_looked_at() -> None:
    scene = _read("boreal forest in Norway at night, northern lights, aerial").scene
    assert scene.weather.aurora > 0
    assert scene.time.bearing == 0
    assert scene.camera.pitch <= 3
    low = _read("boreal forest in Norway at night, aerial").scene
    assert low.camera.pitch > scene.camera.pitch


@pytest.mark.parametrize("lens", ["", ", 24 mm lens", ", 50 mm lens", ", 85 mm lens"])
def test_near_the_ground_the_picture_is_not_mostly_road(lens: str) -> None:
    scene = _read(f"suburb at dusk, street level, slow push-in{lens}").scene
    assert scene.camera.pitch < 0
    path = stage(scene, lay_out(scene.place))
    assert sky_share(path.pose(0.0)) == pytest.approx(0.56, abs=0.02)


def test_a_list_after_no_is_named_in_its_own_language() -> None:
    for prompt, named in (
        ("pas de neige et de pluie, banlieue", "pas de neige et pluie"),
        ("a suburb, no snow and rain", "no snow and rain"),
    ):
        with pytest.raises(NotCapable) as caught:
            read_prompt(prompt, Brief())
        assert caught.value.unknown == (named,)
