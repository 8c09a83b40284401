"""Shots of the ``world`` backend at draft quality: several places, hours, seasons and cameras."""

from __future__ import annotations

from pathlib import Path

from generique.backends.world.backend import WorldBackend
from generique.model.element import ElementKind, Quality
from generique.production.ports import Request
from generique.testing.stage import FolderStage
from mark_material.drawing import Frames
from mark_material.recipe import Recipe, Split
from mark_material.video import read_frames

PROMPTS = (
    "winter night, slow aerial over a suburb, snow falling",
    "summer day, aerial over a suburb, orbit left",
    "autumn dusk over a suburb, crane up, rain",
    "dawn, suburb in fog, static shot",
    "night, low drone shot over houses, moving forward, traffic",
    "spring day, aerial over houses, pull back",
    "winter dusk, residential street, truck right, light snow",
    "summer night, suburb, orbit right, smoke",
    "autumn day, rooftops, flying forward, wind",
    "winter day, aerial view of a suburb, sinking",
    "dusk, suburb in haze, flying to the left",
    "night, suburb in heavy rain, static aerial",
)
_EXTENT = "280"
_PLACES = {Split.TUNE: (101, 102), Split.REPORT: (201, 202, 203)}


def world(recipe: Recipe, folder: Path) -> Frames:
    """Render a shot once, keeping the light of its place for the next one."""
    places = _PLACES[recipe.split]
    request = Request(
        kind=ElementKind.SHOT,
        prompt=PROMPTS[recipe.seed % len(PROMPTS)],
        seed=recipe.seed,
        rate=recipe.rate,
        frames=recipe.frames,
        raster=recipe.raster,
        quality=Quality.DRAFT,
        options={"extent": _EXTENT, "place_seed": str(places[(recipe.seed // 5) % len(places)])},
    )
    delivery = WorldBackend().generate(request, FolderStage(folder))
    yield from read_frames(delivery.path)
    delivery.path.unlink()
