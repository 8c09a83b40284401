from __future__ import annotations

from pathlib import Path

import pytest

from generique.backends.world.backend import WorldBackend
from generique.backends.world.bake import Layer, layers_of
from generique.backends.world.costs import (
    MEASURED,
    PIXELS,
    area_of,
    frame_ratio,
    layer_ratio,
    set_up_ratio,
)
from generique.backends.world.take import BAKE, BUILD, COLD_START, frame_seconds
from generique.model.element import ElementKind, Quality, Raster
from generique.model.time import Rate
from generique.production.ports import Request
from generique.testing.stage import FolderStage
from generique.world.places.grammars import GRAMMARS
from generique.world.scene import Family, Place
from generique.world.words.reading import Brief, read_prompt

HD = Raster(width=1280, height=720)
SMALL = Raster(width=640, height=360)


def own(family: Family) -> Place:
    grammar = GRAMMARS[family]
    return Place(family=family, country=grammar.countries[0], seed=7, extent=grammar.extent)


def request(prompt: str, extent: int) -> Request:
    return Request(
        kind=ElementKind.SHOT,
        prompt=prompt,
        raster=HD,
        rate=Rate(numerator=24),
        frames=24,
        seed=1,
        quality=Quality.PREVIEW,
        options={"extent": str(extent)},
    )


def seconds(prompt: str, folder: Path, extent: int) -> float:
    return WorldBackend().estimate(request(prompt, extent), FolderStage(folder)).seconds


@pytest.mark.parametrize("family", list(Family))
def test_every_family_has_a_measured_row(family: Family) -> None:
    cost = MEASURED[family]
    assert min(*cost[:5], *cost.draft, *cost.preview) >= 0
    assert min(cost.set_up, *cost.draft, *cost.preview) > 0
    for small, large in (cost.draft, cost.preview):
        assert small < large
    assert cost.draft[1] < cost.preview[1]
    assert area_of(own(family)) == 1


def test_costs_are_in_ratio_to_the_suburb() -> None:
    suburb = own(Family.SUBURB)
    assert set_up_ratio(suburb) == 1
    assert [layer_ratio(suburb, layer) for layer in Layer] == [1, 1, 1, 1]
    for quality in Quality:
        for pixels in (1, *PIXELS, 10_000_000):
            assert frame_ratio(Family.SUBURB, quality, pixels) == 1
    half = suburb.model_copy(update={"extent": 512.0})
    assert set_up_ratio(half) == 0.25
    forest = MEASURED[Family.BOREAL_FOREST].preview[1] / MEASURED[Family.SUBURB].preview[1]
    assert frame_ratio(Family.BOREAL_FOREST, Quality.FINAL, PIXELS[1]) == pytest.approx(forest)
    between = frame_ratio(Family.BOREAL_FOREST, Quality.FINAL, sum(PIXELS) // 2)
    ends = [frame_ratio(Family.BOREAL_FOREST, Quality.FINAL, pixels) for pixels in PIXELS]
    assert min(ends) <= between <= max(ends)


def test_a_frame_costs_more_where_more_is_drawn() -> None:
    forest, farm = (frame_seconds(own(f), Quality.PREVIEW, HD) for f in
                    (Family.BOREAL_FOREST, Family.FARMLAND))  # fmt: skip
    assert forest > 1.5 * farm
    for family in Family:
        place = own(family)
        small, large = (frame_seconds(place, Quality.DRAFT, raster) for raster in (SMALL, HD))
        assert small < large < frame_seconds(place, Quality.FINAL, HD)
        assert large < frame_seconds(place, Quality.DRAFT, HD, subframes=2)


def test_an_estimate_is_the_sum_of_what_a_family_costs(tmp_path: Path) -> None:
    forest = own(Family.BOREAL_FOREST)
    asked = request("boreal forest at night", round(forest.extent))
    brief = Brief(frames=24, rate=asked.rate, seed=1, place_seed=7, extent=forest.extent)
    scene = read_prompt(asked.prompt, brief).scene
    light = sum(BAKE[layer] * layer_ratio(forest, layer) for layer in layers_of(scene))
    drawn = 24 * frame_seconds(forest, Quality.PREVIEW, HD)
    expected = COLD_START + BUILD * set_up_ratio(forest) + light + drawn
    found = WorldBackend().estimate(asked, FolderStage(tmp_path)).seconds
    assert found == pytest.approx(expected, abs=0.06)


def test_a_room_costs_the_same_whatever_extent_is_asked_for(tmp_path: Path) -> None:
    prompt = "living room at night"
    assert seconds(prompt, tmp_path, 100) == seconds(prompt, tmp_path, 1024)
    assert seconds(prompt, tmp_path, 100) < seconds("city at night", tmp_path, 768)
