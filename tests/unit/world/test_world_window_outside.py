"""A room in open land or high in a city: its spot, its fitted ground, its way out, its words."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from generique.model.errors import NotCapable
from generique.testing.scenes import shot_of
from generique.world.layout import Layout, Passage
from generique.world.mesh import Surface
from generique.world.owners import NUMBERS, Thing, kinds_of, owner
from generique.world.places.grammars import GRAMMARS, build, lay_out
from generique.world.places.interior.clearing import LANDS, YARD, from_the_yard
from generique.world.places.interior.frame import Frame
from generique.world.places.interior.passage import STANDINGS
from generique.world.places.interior.plan import ROOM, kind_of, opening_of
from generique.world.places.interior.standing import OWN_NUMBERS, in_the_house
from generique.world.places.interior.tower import HIGHEST, LOWEST
from generique.world.scene import (
    WINDOWS,
    Country,
    Family,
    Life,
    Move,
    Place,
    Room,
    SceneDocument,
    Season,
)
from generique.world.staging import stage
from generique.world.staging_window import GROUND_ROOM, LENS_ROOM, ROOF_ROOM
from generique.world.words.reading import Brief, read_prompt

OPEN = tuple(LANDS)
EXTENT = 300.0


def place(outside: Family, seed: int = 2, room: Room | None = None) -> Place:
    return Place(
        family=Family.INTERIOR,
        country=GRAMMARS[outside].countries[0],
        seed=seed,
        extent=EXTENT,
        room=room or WINDOWS[outside][0],
        outside=outside,
    )


def shot(where: Place, direction: str = "out", frames: int = 192) -> SceneDocument:
    camera = {"direction": direction, "altitude": 1.5, "pitch": 3, "speed": 2.2}
    return shot_of(where, Season.AUTUMN, frames, move=Move.THROUGH, **camera)


def frame_of(where: Place, passage: Passage) -> Frame:
    """The room's axes, from its window."""
    middle = sum(opening_of(kind_of(where))[0]) / 2
    out = (int(passage.out[0]), int(passage.out[1]))
    turned = Frame(out, (0.0, 0.0)).placed(np.array([middle, ROOM[1][1], 0.0]))
    x, y = (passage.window[k] - float(turned[k]) for k in (0, 1))
    return Frame(out, (x, y), passage.foot)


def test_what_documents_allow_is_what_can_be_built() -> None:
    assert set(WINDOWS) == set(STANDINGS)
    assert set(OPEN) < set(WINDOWS)
    for family in set(Family) - set(WINDOWS) - {Family.INTERIOR}:
        with pytest.raises(ValidationError, match="way through its window"):
            Place(family=Family.INTERIOR, seed=1, room=Room.LIVING, outside=family)
    for family in OPEN:
        with pytest.raises(ValidationError, match="way through its window"):
            Place(family=Family.INTERIOR, seed=1, room=Room.HOTEL_ROOM, outside=family)


@pytest.mark.parametrize("direction", ["out", "in"])
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("outside", [*OPEN, Family.CITY])
def test_the_way_goes_through_and_touches_nothing(
    outside: Family, seed: int, direction: str
) -> None:
    scene = shot(place(outside, seed), direction)
    layout = lay_out(scene.place)
    passage, path = layout.passage, stage(scene, layout)
    assert passage is not None
    places = np.array([path.pose(float(at)).position for at in np.arange(0, 8, 1 / 96)])
    ahead = passage.ahead(places)
    assert ahead.min() < -1
    assert ahead.max() > 4
    within = (ahead > -LENS_ROOM) & (ahead < passage.depth + 1.2)
    gap = places[within] - np.array(passage.window)
    aside = np.abs(gap[:, :2] @ np.array([-passage.out[1], passage.out[0]]))
    assert aside.max() < passage.half[0] - LENS_ROOM
    assert np.abs(gap[:, 2]).max() < passage.half[1] - LENS_ROOM
    beyond = places[ahead > passage.depth + 9]
    assert np.all(beyond[:, 2] - layout.surface_at(beyond[:, :2]) > GROUND_ROOM)
    if layout.roofs is not None:
        assert np.all(beyond[:, 2] - layout.roofs.at(beyond[:, :2]) > ROOF_ROOM)


@pytest.mark.parametrize("outside", OPEN)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_house_stands_dry_on_ground_that_is_fitted_to_it(outside: Family, seed: int) -> None:
    where = place(outside, seed)
    layout, bare = lay_out(where), lay_out_of(where)
    passage = layout.passage
    assert passage is not None
    frame = frame_of(where, passage)
    x, y = np.meshgrid(np.linspace(-60, 60, 61), np.linspace(-60, 60, 61))
    near = np.array(passage.window[:2]) + np.stack([x.ravel(), y.ravel()], axis=-1)
    gap = from_the_yard(frame, near)
    fitted, before = layout.relief.at(near), bare.relief.at(near)
    assert np.ptp(fitted[gap == 0]) < 0.02
    assert abs(float(fitted[gap == 0][0]) - passage.foot) < 0.2
    assert np.array_equal(fitted[gap > 11], before[gap > 11])
    if layout.water is not None:
        level = layout.water.level
        assert np.array_equal(fitted < level, before < level)
        assert np.all(fitted[in_the_house(frame, near, YARD)] > level)
    # The camera's height counts from the floor of the room, not from height 0.
    scene = shot(where)
    start = stage(scene, layout).pose(0.0).position
    assert start[2] == pytest.approx(passage.foot + 1.5, abs=0.06)


def lay_out_of(where: Place) -> Layout:
    said = {"family": where.outside, "room": None, "outside": None}
    return lay_out(where.model_copy(update=said))


@pytest.mark.parametrize("outside", OPEN)
def test_nothing_of_the_land_is_left_in_the_house_or_before_its_window(outside: Family) -> None:
    where = place(outside)
    site, again = build(where, Life()), build(where, Life())
    assert np.array_equal(site.quads.corners, again.quads.corners)
    passage = site.layout.passage
    assert passage is not None
    frame = frame_of(where, passage)
    mine = int(owner(Thing.HOUSE, OWN_NUMBERS))
    assert mine in site.quads.owner
    middles = site.quads.corners.mean(axis=1)
    room = passage.room.holds(middles, -0.05)
    things = {Thing(int(code) // NUMBERS) for code in np.unique(site.quads.owner[room])}
    assert {Thing.SOFA, Thing.LAMP, Thing.TABLE} <= things
    assert not things & {Thing.FENCE, Thing.ROCK, Thing.CAR, Thing.BALE, Thing.CABIN}
    # Nothing solid stands across the way, and nothing grows there.
    gap = middles[site.quads.surface == Surface.SOLID] - np.array(passage.window)
    along = gap[:, :2] @ np.array(passage.out)
    aside = np.abs(gap[:, :2] @ np.array([-passage.out[1], passage.out[0]]))
    blocked = (along > -0.8) & (along < 40) & (aside < 0.6) & (np.abs(gap[:, 2]) < 0.45)
    assert not blocked.any()
    local = frame.local(site.trees.position)
    assert not in_the_house(frame, site.trees.position, 3.0).any()
    assert not ((np.abs(local[:, 0]) < 3) & (local[:, 1] > -5) & (local[:, 1] < 38)).any()
    # Trees stand on the fitted ground.
    close = from_the_yard(frame, site.trees.position) < 25
    gap_to_ground = site.trees.foot - site.layout.relief.at(site.trees.position)
    assert np.abs(gap_to_ground[close]).max(initial=0.0) < 0.05


def test_the_room_of_a_city_lies_behind_a_hole_in_a_facade() -> None:
    where = place(Family.CITY)
    site, said = build(where, Life()), {"family": Family.CITY, "room": None, "outside": None}
    bare = build(where.model_copy(update=said), Life())
    passage = site.layout.passage
    assert passage is not None
    assert LOWEST <= passage.foot <= HIGHEST + 1
    a, b, low, top = *opening_of(kind_of(where))[0], *opening_of(kind_of(where))[1]
    frame = frame_of(where, passage)

    def in_the_hole(corners: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> int:
        """Quads of the facade that a grid of points in the opening lies in."""
        flat = corners.reshape(-1, 3).astype(float)
        local = np.c_[frame.local(flat[:, :2]), flat[:, 2] - frame.foot].reshape(-1, 4, 3)
        face = ROOM[1][1] + passage.depth
        near = np.abs(local[..., 1] - face).max(axis=1) < 0.4
        least, most = local[near].min(axis=1), local[near].max(axis=1)
        hits = 0
        for x in np.linspace(a + 0.1, b - 0.1, 7):
            for z in np.linspace(low + 0.1, top - 0.1, 5):
                over = (least[:, 0] < x) & (most[:, 0] > x) & (least[:, 2] < z) & (most[:, 2] > z)
                hits += bool(over.any())
        return hits

    assert in_the_hole(bare.quads.corners) == 35
    assert in_the_hole(site.quads.corners) == 0
    # The facade about the hole is as large as it was: only the hole and what hung there is gone.
    kind = kinds_of(np.unique(site.quads.owner))
    assert {int(owner(Thing.TOWER)), int(owner(Thing.BLOCK))} & set(kind.tolist())
    windows = bare.quads.owner[kinds_of(bare.quads.owner) == owner(Thing.WINDOW)]
    assert (windows % NUMBERS).max() < OWN_NUMBERS
    # What stands before the window is lower than it for as far as a take goes.
    ahead = np.array(passage.window[:2]) + np.arange(6, 60, 3.0)[:, None] * np.array(passage.out)
    assert site.layout.roofs is not None
    assert site.layout.roofs.at(ahead).max() < passage.window[2] - 3


def test_rooms_of_a_home_have_no_window_at_the_back_in_a_tower() -> None:
    for outside, count in ((Family.CITY, 1), (Family.LAKE, 2)):
        passage = lay_out(place(outside, room=Room.BEDROOM)).passage
        assert passage is not None
        assert len(passage.room.windows) == count


@pytest.mark.parametrize(
    ("prompt", "room", "outside", "direction"),
    [
        ("through the window of a hotel room onto the city at night", "hotel room", "city", "out"),
        ("from a hotel room through the window at night", "hotel room", "city", "out"),
        ("out of the window of a cabin to the lake at dawn", "living room", "lake", "out"),
        ("lake at dawn, in through the window of a cabin", "living room", "lake", "in"),
        ("from the lake through the window of a cabin", "living room", "lake", "in"),
        ("par la fenêtre de la chambre, la mer", "bedroom", "sea-coast", "out"),
        ("from a room through the window to the harbour", "living room", "sea-coast", "out"),
        ("from a bedroom through the window to the skyline, night", "bedroom", "city", "out"),
        ("living room at noon, out through the window, farmland", "living room", "farmland", "out"),
        ("par la fenêtre d'une chambre d'hôtel, la ville de nuit", "hotel room", "city", "out"),
        ("d'un salon par la fenêtre, un lac à l'aube", "living room", "lake", "out"),
        ("bedroom, out of the window, mountains at dawn", "bedroom", "mountain-valley", "out"),
        ("from a cabin, out of the window, taiga, noon", "living room", "boreal-forest", "out"),
        ("terres agricoles, entre par la fenêtre d'un salon", "living room", "farmland", "in"),
    ],
)
def test_words_name_the_place_outside(prompt: str, room: str, outside: str, direction: str) -> None:
    scene = read_prompt(prompt, Brief(place_seed=2, extent=EXTENT)).scene
    assert scene.place.family is Family.INTERIOR
    assert (scene.place.room, scene.place.outside) == (Room(room), Family(outside))
    assert scene.camera.direction == direction
    assert SceneDocument.read(scene.to_json(), where="test") == scene


def test_a_country_of_the_outside_is_taken_and_others_are_refused() -> None:
    found = read_prompt("bedroom in Norway, out of the window to the lake", Brief(extent=EXTENT))
    assert found.scene.place.country is Country.NORWAY
    with pytest.raises(NotCapable, match="in Russia"):
        read_prompt("hotel room in Russia, out of the window to the city", Brief(extent=EXTENT))


def test_a_place_without_a_spot_is_refused_by_name() -> None:
    where = place(Family.CITY).model_copy(update={"extent": 100.0})
    with pytest.raises(NotCapable, match="no spot for a room") as caught:
        lay_out(where)
    assert "seed" in str(caught.value.next_step)
