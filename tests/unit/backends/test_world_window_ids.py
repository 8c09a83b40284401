"""What the ids show through a window: the place outside, from where the shot begins."""

from __future__ import annotations

import numpy as np
import pytest
from test_world_ids import dark

from generique.backends.world.bake import layers_of
from generique.backends.world.plate_renderer import PlateFrame, PlateRenderer
from generique.backends.world.receivers import receivers_of
from generique.backends.world.renderer import EFFORTS
from generique.model.element import Quality, Raster
from generique.world.layout import Passage
from generique.world.owners import NUMBERS, Thing
from generique.world.places.grammars import build
from generique.world.staging import stage
from generique.world.words.reading import Brief, read_prompt

RASTER = Raster(width=320, height=180)
BUILT = (Thing.TOWER, Thing.BLOCK, Thing.SKYLINE, Thing.WINDOW)


def shots(prompt: str, moments: tuple[float, ...]) -> tuple[list[PlateFrame], Passage]:
    """Frames of a prompt at shares of its length, without light, and its window."""
    scene = read_prompt(prompt, Brief(place_seed=2, extent=300)).scene
    site = build(scene.place, scene.life)
    path, receivers = stage(scene, site.layout), receivers_of(site)
    light = receivers, {layer: dark(receivers, layer) for layer in layers_of(scene)}
    with PlateRenderer(scene, site, light, path, ()).open(RASTER, EFFORTS[Quality.DRAFT]) as drawn:
        frames = [drawn.plate(int(share * (scene.frames - 1))) for share in moments]
    assert site.layout.passage is not None
    return frames, site.layout.passage


def share_of(frame: PlateFrame, *things: Thing) -> float:
    """Share of the picture that things of some kinds own."""
    kinds = frame.owners[0] // NUMBERS
    return float(np.isin(kinds, [int(thing) for thing in things]).mean())


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("out of the window of a cabin to the lake at dawn", (Thing.WATER,)),
        ("from a bedroom through the window to the sea, morning", (Thing.WATER,)),
        (
            "living room, out through the window to the farmland, noon",
            (Thing.BARN, Thing.SILO, Thing.HOUSE),
        ),
        ("through the window of a hotel room onto the city at night", BUILT),
    ],
)
def test_the_place_outside_is_seen_through_the_window(
    prompt: str, things: tuple[Thing, ...]
) -> None:
    (inside, outside), passage = shots(prompt, (0.0, 1.0))
    far = inside.distance > passage.inside + 4.0
    room = (Thing.WALL, Thing.CEILING, Thing.FLOOR)
    # The window is a small part of the first picture, and the open is seen in it.
    assert far.mean() < 0.4
    assert share_of(inside, *room) > 0.2
    assert share_of(inside, *things) > 0.002
    assert share_of(outside, *room) == 0
    assert share_of(outside, *things) > 0.05
