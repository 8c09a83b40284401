"""One take from a lit room through its window to the suburb, and back in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from generique.model.element import Easing
from generique.model.errors import NotCapable, UnreadableInput
from generique.testing.scenes import shot_of
from generique.world.camera import CameraPath
from generique.world.layout import Passage
from generique.world.look import look_along, look_of
from generique.world.mesh import Surface
from generique.world.owners import NUMBERS, Thing, owner
from generique.world.places.grammars import build, lay_out
from generique.world.scene import (
    Country,
    Family,
    Life,
    Move,
    Place,
    Room,
    SceneDocument,
    Season,
    Weather,
)
from generique.world.staging import stage
from generique.world.staging_window import LENS_ROOM, THING_ROOM, clearance
from generique.world.window_way import INTO, LOOKS_FROM, WindowWay, paced
from generique.world.words.reading import Brief, apply_note, read_prompt

OUT = "from a living room through the window to the suburb at night"
IN = "suburb at night, in through the window of a living room"


def place(seed: int = 7, extent: float = 300, country: Country = Country.CANADA) -> Place:
    return Place(
        family=Family.INTERIOR,
        country=country,
        seed=seed,
        extent=extent,
        room=Room.LIVING,
        outside=Family.SUBURB,
    )


def shot(
    direction: str = "out", frames: int = 192, where: Place | None = None, **camera: Any
) -> SceneDocument:
    values = {"direction": direction, "altitude": 1.5, "pitch": 3, "speed": 2.2, **camera}
    return shot_of(where or place(), Season.AUTUMN, frames, move=Move.THROUGH, **values)


def followed(scene: SceneDocument) -> tuple[CameraPath, Passage, Any]:
    layout = lay_out(scene.place)
    path = stage(scene, layout)
    assert layout.passage is not None
    moments = np.arange(0, path.seconds, 1 / 96)
    places = np.array([path.pose(float(at)).position for at in moments])
    return path, layout.passage, places


@pytest.mark.parametrize("direction", ["out", "in"])
@pytest.mark.parametrize("seed", [1, 2, 3, 7])
@pytest.mark.parametrize("frames", [144, 288])
def test_the_lens_passes_inside_the_opening_and_touches_nothing(
    direction: str, seed: int, frames: int
) -> None:
    _, passage, places = followed(shot(direction, frames, place(seed)))
    ahead = passage.ahead(places)
    assert ahead.min() < -1
    assert ahead.max() > 4
    within = (ahead > -LENS_ROOM) & (ahead < passage.depth + 1.2)
    gap = places[within] - np.array(passage.window)
    aside = np.abs(gap[:, :2] @ np.array([-passage.out[1], passage.out[0]]))
    assert within.sum() > 4
    assert aside.max() < passage.half[0] - LENS_ROOM
    assert np.abs(gap[:, 2]).max() < passage.half[1] - LENS_ROOM
    assert clearance(passage, places[ahead < 0]).min() > THING_ROOM


@pytest.mark.parametrize("direction", ["out", "in"])
def test_speed_and_acceleration_do_not_jump(direction: str) -> None:
    path, passage, places = followed(shot(direction, handheld=0))
    steps = np.diff(places, axis=0) * 96
    bends = np.diff(steps, axis=0) * 96
    assert np.linalg.norm(np.diff(steps, axis=0), axis=1).max() < 0.05
    assert np.linalg.norm(np.diff(bends, axis=0), axis=1).max() < 0.12
    assert path.length == pytest.approx(2.2 * 8)
    assert np.linalg.norm(steps, axis=1).mean() == pytest.approx(2.2, rel=0.01)
    # Slow in the room, faster in the open.
    speeds, inside = np.linalg.norm(steps, axis=1), passage.ahead(places[1:]) < 0
    assert speeds[inside].mean() < 0.8 * speeds[~inside].mean()


def test_out_begins_in_the_room_and_in_ends_there() -> None:
    path, passage, places = followed(shot("out", handheld=0))
    assert passage.ahead(places)[0] == pytest.approx(-passage.inside)
    assert passage.room.holds(places[:1]).all()
    assert path.pose(0.0).forward[:2] @ passage.out > 0.99
    back, again, places = followed(shot("in", handheld=0))
    assert again.ahead(places)[-1] == pytest.approx(-INTO, abs=0.05)
    assert again.room.holds(places[-1:]).all()
    assert back.pose(8.0).forward[:2] @ again.out < -0.99
    share = [back.outdoors(float(at)) for at in np.linspace(0, 8, 60)]
    assert share[0] == 1
    assert share[-1] < 0.5
    assert np.all(np.diff(share) <= 0)


def test_the_iris_follows_without_a_jump_by_day() -> None:
    scene = read_prompt(OUT.replace("at night", "at noon") + ", 8 s", Brief(extent=300)).scene
    path = stage(scene, lay_out(scene.place))
    looks = [look_along(scene, path.outdoors(k / 24)) for k in range(scene.frames)]
    stops = np.log2([look.exposure for look in looks])
    # Six stops lie between the room and noon outside; the view must not go white for the room.
    assert 2.5 < stops[0] - stops[-1] < 4
    assert np.abs(np.diff(stops)).max() < 0.2
    open_ = scene.place.model_copy(update={"family": Family.SUBURB, "room": None, "outside": None})
    outside = scene.model_copy(update={"place": open_})
    assert looks[-1] == look_of(outside)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"speed": 0.15}, "before the camera is through"),
        ({"altitude": 2.0}, "frame of the window"),
        ({"altitude": 0.9}, "frame of the window"),
        ({"handheld": 1, "altitude": 1.93}, "frame of the window"),
        ({"speed": 3.6}, "in the room"),
        ({"easing": Easing.EASE_IN_OUT, "speed": 2.6}, "in the room"),
    ],
)
def test_what_cannot_be_walked_is_refused(changed: dict[str, Any], reason: str) -> None:
    scene = shot(**{"frames": 144, **changed})
    with pytest.raises(NotCapable, match=reason):
        stage(scene, lay_out(scene.place))


def test_nothing_falls_into_the_room() -> None:
    scene = shot().model_copy(update={"weather": Weather(rain=0.3)})
    with pytest.raises(NotCapable, match="fall in the room"):
        stage(scene, lay_out(scene.place))


def test_other_moves_are_no_passage_and_the_other_way_round() -> None:
    for move in (Move.PUSH_IN, Move.PAN, Move.ORBIT):
        with pytest.raises(ValidationError, match="needs place"):
            shot_of(place(), Season.AUTUMN, 48, move=move, speed=1)
    bare = place().model_copy(update={"outside": None})
    with pytest.raises(ValidationError, match="needs place"):
        shot_of(bare, Season.AUTUMN, 48, move=Move.THROUGH, speed=2)
    with pytest.raises(ValidationError, match="way through its window"):
        Place(family=Family.INTERIOR, seed=1, room=Room.HOTEL_ROOM, outside=Family.SUBURB)
    document = shot().to_json()
    document["camera"]["then"] = [{"move": "through-window", "speed": 2}]
    with pytest.raises(UnreadableInput) as caught:
        SceneDocument.read(document, where="test")
    assert "first move" in str(caught.value.why)


def test_a_camera_that_stays_looks_out_of_the_window() -> None:
    scene = shot_of(place(), Season.AUTUMN, 48, move=Move.STATIC, speed=0, altitude=1.5, pitch=3)
    assert SceneDocument.read(scene.to_json(), where="test") == scene
    layout = lay_out(scene.place)
    path, passage = stage(scene, layout), layout.passage
    assert passage is not None
    first, last = path.pose(0.0), path.pose(path.seconds)
    assert np.allclose(first.position, last.position, atol=0.05)
    assert passage.room.holds(first.position[None])[0]
    assert passage.ahead(first.position[None])[0] == pytest.approx(-LOOKS_FROM, abs=0.05)
    assert first.forward[:2] @ np.array(passage.out) > 0.98
    # The opening takes most of the picture, and the iris is between the room's and the open's.
    across = 2 * LOOKS_FROM * np.tan(path.hfov / 2)
    assert 0.7 < 2 * passage.half[0] / across < 1.6
    assert 0.2 < path.outdoors(0.0) < 0.8
    with pytest.raises(ValidationError, match="no subject"):
        shot_of(place(), Season.AUTUMN, 48, move=Move.STATIC, speed=0, subject="sofa")


def test_a_passage_is_written_and_read_back() -> None:
    scene = shot()
    assert SceneDocument.read(scene.to_json(), where="test") == scene


@pytest.mark.parametrize("country", [Country.CANADA, Country.UNITED_STATES])
def test_the_room_stands_in_the_suburb_and_repeats(country: Country) -> None:
    where = place(country=country)
    site, again = build(where, Life()), build(where, Life())
    assert np.array_equal(site.quads.corners, again.quads.corners)
    passage = site.layout.passage
    assert passage is not None
    room = passage.room
    middles = site.quads.corners.mean(axis=1)
    inside = room.holds(middles, -0.05)
    mine = owner(Thing.HOUSE, len(site.layout.lots))
    assert inside.sum() > 1000
    things = {Thing(int(code) // NUMBERS) for code in np.unique(site.quads.owner[inside])}
    assert {Thing.SOFA, Thing.LAMP, Thing.TABLE} <= things
    assert not things & {Thing.FENCE, Thing.SHED, Thing.CAR, Thing.GARAGE}
    assert np.isin(mine, site.quads.owner)
    assert room.holds(site.home_lights.position).sum() > 10
    near = np.linalg.norm(site.trees.position - np.array(passage.window[:2]), axis=1)
    assert near.min() > 4
    assert len(site.layout.lots) > 8
    # The wall is open where the window is: nothing solid across the way.
    gap = middles[site.quads.surface == Surface.SOLID] - np.array(passage.window)
    along = gap[:, :2] @ np.array(passage.out)
    aside = np.abs(gap[:, :2] @ np.array([-passage.out[1], passage.out[0]]))
    blocked = (np.abs(along - 0.5) < 1.4) & (aside < 0.6) & (np.abs(gap[:, 2]) < 0.45)
    assert not blocked.any()


@pytest.mark.parametrize(
    ("prompt", "direction", "language"),
    [
        (OUT, "out", "en"),
        (IN, "in", "en"),
        ("from a room through the window to the suburb at night", "out", "en"),
        ("through the window of a living room at dusk", "out", "en"),
        ("living room at night, flying out through the window", "out", "en"),
        ("from outside through the window into the living room at night", "in", "en"),
        ("suburb, towards the window and in, room, at dusk, snow lying", "in", "en"),
        ("d'un salon à travers la fenêtre vers la banlieue, la nuit", "out", "fr"),
        ("d'un salon par la fenêtre, la nuit", "out", "fr"),
        ("la banlieue la nuit, entre par la fenêtre d'un salon", "in", "fr"),
        ("d'une pièce, sort par la fenêtre, banlieue au crépuscule", "out", "fr"),
    ],
)
def test_words_send_the_camera_through(prompt: str, direction: str, language: str) -> None:
    reading = read_prompt(prompt, Brief(place_seed=2, extent=300))
    scene = reading.scene
    assert reading.language == language
    assert (scene.place.family, scene.place.room) == (Family.INTERIOR, Room.LIVING)
    assert scene.place.outside is Family.SUBURB
    assert (scene.camera.move, scene.camera.direction) == (Move.THROUGH, direction)
    stage(scene, lay_out(scene.place))


@pytest.mark.parametrize(
    ("prompt", "word", "reason"),
    [
        ("from a corridor through the window", "corridor", "no window"),
        ("a hotel corridor, out of the window", "hotel corridor", "no window"),
        ("from a hotel room through the window to the suburb", "hotel room", "on a city only"),
        ("from a room through the window to the river", "river", "residential suburb, farmland"),
        (
            "city and lake through the window of a room",
            "lake",
            "another place that is named, a city",
        ),
        ("from a room through the window to a desert at night", "desert", "suburb"),
        ("living room, push in, then out through the window", "out through", "first move"),
        ("living room in light snow, through the window", "snow", "window is open"),
        ("d'un couloir par la fenêtre", "couloir", "pas de fenêtre"),
        ("d'un salon à travers la fenêtre vers le désert", "désert", "banlieue résidentielle"),
    ],
)
def test_what_has_no_way_out_is_refused_by_name(prompt: str, word: str, reason: str) -> None:
    with pytest.raises(NotCapable, match=word) as caught:
        read_prompt(prompt, Brief(extent=300))
    assert reason in str(caught.value.why)


def test_a_note_moves_a_shot_through_no_window_and_keeps_one_that_goes() -> None:
    inside = read_prompt("living room at night", Brief(extent=300)).scene
    for scene in (inside, read_prompt("suburb at night", Brief(extent=300)).scene):
        with pytest.raises(NotCapable, match="through the window"):
            apply_note(scene, "through the window")
    passing = read_prompt(OUT, Brief(extent=300)).scene
    slower = apply_note(passing, "slower").scene
    assert slower.place == passing.place
    assert slower.camera.speed < passing.camera.speed
    assert apply_note(passing, "in through the window").scene.camera.direction == "in"
    for note in ("static", "slow pan right"):
        with pytest.raises(NotCapable) as caught:
            apply_note(passing, note)
        assert "goes through the window" in caught.value.diagnosis()
    with pytest.raises(NotCapable, match="hotel room"):
        apply_note(inside, "hotel room")


def test_a_country_without_such_suburbs_is_refused() -> None:
    with pytest.raises(NotCapable, match="in France"):
        read_prompt("living room in France, out of the window", Brief(extent=300))
    where = place(country=Country.FRANCE)
    with pytest.raises(NotCapable, match="residential-suburb in france"):
        lay_out(where)


def test_the_pace_and_the_way_have_no_jump() -> None:
    shares = np.linspace(-0.2, 1.2, 1401)
    ways = np.array([paced(float(share)) for share in shares])
    assert (paced(0), paced(1)) == (0, 1)
    assert np.all(np.diff(ways) > 0)
    layout = lay_out(place())
    assert layout.passage is not None
    way = WindowWay(layout.passage, 60.0, inwards=False)
    points = np.array([(step.ahead, step.rise) for step in map(way.at, np.linspace(0, 60, 3000))])
    slope = np.diff(points[:, 1]) / np.diff(points[:, 0])
    assert slope.max() == pytest.approx(0.75, abs=0.01)
    assert np.abs(np.diff(slope)).max() < 0.004
    assert points[:, 1].min() == 0
