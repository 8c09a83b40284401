"""Laws of prompts and cameras, on any text."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generique.model.element import Easing
from generique.model.errors import NotCapable, UnreadableInput
from generique.model.vocabulary import match_phrases
from generique.world.camera import camera_path, progress
from generique.world.layout import NO_LOTS, Layout, square
from generique.world.scene import Camera, Move, SceneDocument
from generique.world.staging import measure, stage
from generique.world.words.lexicon import ENTRIES, IN_ENGLISH
from generique.world.words.lexicon_entry import Role
from generique.world.words.reading import Brief, Reading, apply_note, read_prompt

NORTH = np.arange(-320.0, 880.0, 3.0)
LINE = np.stack([20 * np.sin(NORTH / 118), NORTH], axis=1)
STREET = Layout(square(1024.0), (), NO_LOTS, guide=LINE)
SCENE = read_prompt("night aerial over a suburb in light snow", Brief()).scene
PART = st.one_of(
    st.sampled_from(sorted(IN_ENGLISH.phrases)),
    st.sampled_from(sorted(IN_ENGLISH.fillers)),
    st.sampled_from([",", ".", "no", "and", "or", "suburb", "snow", "slow", "6 s", "at 40 m"]),
    st.builds(
        "{} {}".format,
        st.integers(-5, 300),
        st.sampled_from(["s", "m", "mm", "m/s", "degrees", "%", "frames", "fps", "pm"]),
    ),
)
PHRASED = st.lists(PART, max_size=9).map(" ".join)
GROUPS = (Role.TIME, Role.WEATHER, Role.LIFE, Role.MOVE, Role.SPEED, Role.HEIGHT, Role.HAND)
LIKELY = st.tuples(
    *(
        st.sampled_from(["", *(e.spellings[0] for e in ENTRIES if e.role is role)])
        for role in GROUPS
    ),
    st.sampled_from(["", "light snow", "no traffic", "few lit windows", "no fog, snow or rain"]),
).map(lambda parts: ", ".join(["suburb", *filter(None, parts)]))
ANY_TEXT = st.one_of(st.text(max_size=200), PHRASED, LIKELY)
LETTERS = re.compile(r"[^\W_]")


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_read_in_full_or_refused(text: str) -> None:
    try:
        reading = read_prompt(text, Brief())
    except (NotCapable, UnreadableInput) as error:
        refusal = error.diagnosis()
    else:
        refusal = ""
        _covers(reading, text)
    assert not refusal or "\n  next: " in refusal or "\n  ensuite : " in refusal


def _covers(reading: Reading, text: str) -> None:
    """Every letter of the text lies in exactly one word of the reading."""
    covered = [False] * len(text)
    for word in reading.words:
        assert text[word.start : word.end] == word.text
        assert not any(covered[word.start : word.end])
        covered[word.start : word.end] = [True] * (word.end - word.start)
        assert (word.use == "used") == bool(word.became)
    assert not any(LETTERS.match(text[at]) for at, seen in enumerate(covered) if not seen)
    assert SceneDocument.read(reading.scene.to_json(), where="test") == reading.scene


@settings(max_examples=200, deadline=None)
@given(PHRASED.map(lambda text: f"suburb, {text}"))
def test_reading_is_repeatable_and_order_of_lists_is_kept(text: str) -> None:
    def read() -> SceneDocument | tuple[str, tuple[str, ...]]:
        try:
            return read_prompt(text, Brief(seed=3)).scene
        except NotCapable as error:
            places = [text.find(word.split()[0]) for word in error.unknown]
            assert all(place >= 0 for place in places)
            return error.what, error.unknown

    assert read() == read()


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_any_note_is_applied_or_refused(text: str) -> None:
    try:
        changed = apply_note(SCENE, text).scene
    except (NotCapable, UnreadableInput):
        return
    assert changed != SCENE
    assert changed.place == SCENE.place
    assert (changed.seed, changed.frames, changed.rate) == (SCENE.seed, SCENE.frames, SCENE.rate)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_the_vocabulary_covers_every_letter_once(text: str) -> None:
    matches, unknown = match_phrases(text, {"push-in": "move", "snow": "snow"}, frozenset({"a"}))
    spans = sorted([(m.start, m.end) for m in matches] + [(u.start, u.end) for u in unknown])
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    inside = {at for start, end in spans for at in range(start, end)}
    assert not {at for at, letter in enumerate(text) if LETTERS.match(letter)} - inside


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(Easing)), st.floats(0, 1), st.floats(0, 1))
def test_progress_never_goes_back(easing: Easing, one: float, other: float) -> None:
    low, high = sorted((progress(one, easing), progress(other, easing)))
    assert low <= high
    assert (progress(one, easing) <= progress(other, easing) + 1e-12) == (
        one <= other or low == pytest.approx(high, abs=1e-12)
    )
    assert low >= 0
    assert high <= 1 + 1e-12


def _camera(draw: st.DrawFn) -> Camera:
    # A way through a window needs a place with a room in it, and has tests of its own.
    move = draw(st.sampled_from([move for move in Move if move is not Move.THROUGH]))
    ways = {
        Move.TRUCK: ["left", "right"],
        Move.CRANE: ["up", "down"],
        Move.ORBIT: ["left", "right"],
    }
    return Camera.model_validate(
        {
            "move": move,
            "direction": draw(st.sampled_from(ways[move])) if move in ways else None,
            "altitude": draw(st.floats(2, 400)),
            "pitch": draw(st.floats(-30, 90)),
            "heading": draw(st.sampled_from([0.0, 45.0, 90.0, 180.0, 270.0])),
            "speed": draw(st.floats(0, 60)),
            "focal": draw(st.floats(10, 400)),
            "easing": draw(st.sampled_from(list(Easing))),
            "handheld": draw(st.floats(0, 1)),
        }
    )


@st.composite
def scenes(draw: st.DrawFn) -> SceneDocument:
    """Scenes with any camera."""
    return SCENE.model_copy(
        update={
            "camera": _camera(draw),
            "frames": draw(st.integers(12, 240)),
            "seed": draw(st.integers(-(2**70), 2**70)),
        }
    )


@settings(max_examples=80, deadline=None)
@given(scenes())
def test_every_camera_is_staged_within_limits_or_refused(scene: SceneDocument) -> None:
    path = camera_path(scene, STREET)
    if scene.camera.move is not Move.STATIC:
        assert path.length == pytest.approx(scene.camera.speed * path.seconds)
    assert path.travelled(0) == 0
    assert path.travelled(path.seconds) == pytest.approx(path.length)
    for at in (0.0, path.seconds / 3, path.seconds):
        pose = path.pose(at)
        assert np.isfinite(pose.position).all()
        assert np.linalg.norm(pose.forward) == pytest.approx(1)
    try:
        stage(scene, STREET)
    except NotCapable:
        return
    found = measure(path, STREET)
    assert found.speed <= 30
    assert found.acceleration <= 3 + 0.25 * scene.camera.altitude
    assert found.turning <= 25 or scene.camera.move is Move.WHIP
    assert found.lowest >= 1.6
