from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generique.backends.world.bake import Baked, Layer, layers_of
from generique.backends.world.plate_renderer import PlateFrame, PlateRenderer
from generique.backends.world.receivers import Receivers, receivers_of
from generique.backends.world.renderer import EFFORTS
from generique.model.element import Quality, Raster
from generique.world.arrays import Floats
from generique.world.camera import Pose
from generique.world.layout import Landmark, Layout
from generique.world.optics import in_frame
from generique.world.owners import NUMBERS, Thing
from generique.world.places.grammars import build
from generique.world.scene import Family
from generique.world.staging import stage
from generique.world.words.reading import Brief, read_prompt

RASTER = Raster(width=256, height=144)
GROWN = (Thing.GROUND, Thing.WATER, Thing.TREE, Thing.FOREST, Thing.SKY, Thing.SKYLINE, Thing.BIRD)
"""What is not built."""
NAMED = {
    "lighthouse": Thing.LIGHTHOUSE,
    "barn": Thing.BARN,
    "cabin": Thing.CABIN,
    "chimney": Thing.CHIMNEY,
    "church": Thing.CHURCH,
    "diner": Thing.DINER,
    "elevator": Thing.ELEVATOR,
    "house": Thing.HOUSE,
    "station": Thing.STATION,
    "tower": Thing.TOWER,
    "viaduct": Thing.BRIDGE,
}
SHOTS = {
    Family.SUBURB: ("suburb, overcast day, aerial", 200),
    Family.TERRACES: ("terraced street, overcast day, aerial", 200),
    Family.BLOCKS: ("housing blocks, overcast day, aerial", 300),
    Family.MAIN_STREET: ("main street, overcast day, aerial", 300),
    Family.CITY: ("city, overcast day, aerial", 400),
    Family.INDUSTRY: ("container port, overcast day, aerial", 300),
    Family.FARMLAND: ("farmland, overcast day, aerial", 300),
    Family.BOREAL_FOREST: ("boreal forest, overcast day, aerial", 300),
    Family.BROADLEAF_FOREST: ("beech forest, overcast day, aerial", 300),
    Family.LAKE: ("lake, overcast day, aerial", 200),
    Family.RIVER: ("river, overcast day, aerial", 200),
    Family.COAST: ("sea coast, overcast day, aerial", 200),
    Family.MOUNTAINS: ("mountain valley, overcast day, aerial", 300),
    Family.DESERT: ("desert, overcast day, aerial", 200),
    Family.HIGHWAY: ("highway, overcast day, aerial", 300),
    Family.INTERIOR: ("interior, night", 100),
}
MARKED = (Family.SUBURB, Family.TERRACES, Family.MAIN_STREET)
"""Families whose landmarks are in the first frame of these shots."""


def dark(receivers: Receivers, layer: Layer) -> Baked:
    """A layer without any light: who owns a pixel does not depend on it."""

    def none(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float16]]:
        return np.zeros(shape, np.float16)

    vertices, trees = receivers.vertices, len(receivers.tree_points)
    side = receivers.side // 2 if layer is Layer.SKY else receivers.side
    if layer in (Layer.LAMPS, Layer.HOMES):
        return Baked(none(side, side, 3), none(vertices, 3), none(trees, 4, 3))
    return Baked(none(side, side), none(vertices), none(trees))


def shot(prompt: str, extent: int, seed: int = 7) -> tuple[PlateFrame, Layout, Pose]:
    """The first frame of a prompt with its passes, the plan of its place, and the camera."""
    scene = read_prompt(prompt, Brief(place_seed=seed, extent=extent)).scene
    site = build(scene.place, scene.life)
    path = stage(scene, site.layout)
    receivers = receivers_of(site)
    light = receivers, {layer: dark(receivers, layer) for layer in layers_of(scene)}
    with PlateRenderer(scene, site, light, path, ()).open(RASTER, EFFORTS[Quality.DRAFT]) as drawn:
        frame = drawn.plate(0)
    return frame, site.layout, path.pose(float(scene.rate.seconds(1)) * scene.camera.shutter / 720)


def kinds(owners: Floats) -> set[Thing]:
    return {Thing(int(code)) for code in np.unique(owners // NUMBERS)}


def hits(frame: PlateFrame, pose: Pose) -> Floats:
    """Where the line of sight of every pixel ends, height x width x 3 metres."""
    y, x = np.mgrid[0 : RASTER.height, 0 : RASTER.width] + 0.5
    half = np.tan(pose.hfov / 2)
    across = (2 * x / RASTER.width - 1) * half
    up = (1 - 2 * y / RASTER.height) * half * RASTER.height / RASTER.width
    ways = pose.forward + across[..., None] * pose.right + up[..., None] * pose.up
    ways /= np.linalg.norm(ways, axis=-1, keepdims=True)
    return np.asarray(pose.position + ways * frame.distance[..., None])


def inside(mark: Landmark) -> Callable[[Floats], Floats]:
    def within(points: Floats) -> Floats:
        gap = np.linalg.norm(points - np.array(mark.middle), axis=-1)
        return np.asarray(gap < 0.8 * mark.radius)

    return within


@pytest.mark.parametrize("family", list(Family))
def test_everything_that_is_seen_has_a_name(family: Family) -> None:
    frame, layout, pose = shot(*SHOTS[family])
    seen = kinds(frame.owners[0])
    assert Thing.BUILDING not in seen
    assert seen - set(GROWN)
    ends, checked = hits(frame, pose), 0
    for mark in layout.landmarks:
        if mark.owner is not None:  # a thing of a room: the next test asks for its very id
            continue
        there = kinds(frame.owners[0][inside(mark)(ends)]) - {*GROWN, Thing.CAR, Thing.WINDOW}
        if there and layout.in_sight(mark, pose.position):
            checked += 1
            assert there & {NAMED[word] for word in mark.words if word in NAMED}, mark.words
    assert checked or family not in MARKED


@pytest.mark.parametrize(
    "prompt", ["a bedroom, night", "a living room, night", "a hotel room, night"]
)
def test_a_thing_of_a_room_that_can_be_named_is_seen_in_the_ids(prompt: str) -> None:
    frame, layout, pose = shot(prompt, 100)
    seen = set(np.unique(frame.owners[0]).astype(int))
    checked = 0
    assert layout.furniture is not None
    for mark in layout.landmarks:
        if mark.owner is None or not in_frame(pose, mark):
            continue
        # A window is a hole: what is seen of it is its frame.
        if layout.in_sight(mark, pose.position) and mark.words != {"window"}:
            assert mark.owner in seen, mark.words
            checked += 1
        elif layout.furniture.shown(mark.owner, pose.position) == 0:
            assert np.mean(frame.owners[0] == mark.owner) < 0.002, mark.words
    assert checked >= 4


@pytest.mark.parametrize(
    ("prompt", "extent", "thing"),
    [
        ("a lighthouse on a rocky coast, overcast day, aerial", 200, Thing.LIGHTHOUSE),
        ("a container port with cranes, overcast day, aerial", 300, Thing.CRANE),
        ("a container port, overcast day, aerial", 300, Thing.SHIP),
        ("farmland with a barn, overcast day, aerial", 300, Thing.BARN),
        ("a bridge over a river, overcast day, aerial", 200, Thing.BRIDGE),
        ("a small town with a church, overcast day, aerial", 300, Thing.CHURCH),
        ("a living room, night", 100, Thing.ARMCHAIR),
    ],
)
def test_what_a_prompt_names_is_seen_in_the_ids_of_some_place(
    prompt: str, extent: int, thing: Thing
) -> None:
    found = (thing in kinds(shot(prompt, extent, seed)[0].owners[0]) for seed in (7, 8, 9, 10))
    assert any(found)
