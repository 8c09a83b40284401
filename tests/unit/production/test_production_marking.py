from __future__ import annotations

import numpy as np
import pytest

from generique.model.element import ElementClass, ElementKind, Raster
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import SourceType
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.marking import marked, marked_spans
from generique.testing.drawn_shots import luma, psnr, texture

RASTER = Raster(width=320, height=180)
FRAME = texture(320, 180)


def use(name: str, start: int, end: int) -> ElementUse:
    return ElementUse(
        id=name,
        title=name,
        kind=ElementKind.SHOT,
        element_class=ElementClass.AUTHENTIC,
        track="V1",
        start=start,
        end=end,
        file=digest_of(name.encode()),
        essence=digest_of(name.encode()),
        source_type=SourceType.DIGITAL_CAPTURE,
        entry=1,
    )


def film(*uses: ElementUse) -> Lineage:
    return Lineage(
        production="dawn",
        title="Dawn",
        titles={},
        languages=("en",),
        rate=Rate(numerator=24),
        frames=max(use.end for use in uses),
        demonstration=False,
        elements=uses,
    )


def quality(lineage: Lineage) -> list[float]:
    frames = marked([FRAME] * lineage.frames, marked_spans(lineage), RASTER)
    return [psnr(luma(FRAME), luma(frame)) for frame in frames]


def test_a_dissolve_is_shared_and_is_no_cut() -> None:
    spans = marked_spans(film(use("a", 0, 60), use("b", 50, 100), use("c", 100, 150)))
    assert [(span.start, span.end, span.cut) for span in spans] == [
        (0, 55, True),
        (55, 100, False),
        (100, 150, True),
    ]
    assert len({span.mark for span in spans}) == 3


def test_a_shot_bears_more_behind_a_cut_and_not_behind_a_dissolve() -> None:
    shown = quality(film(use("a", 0, 60), use("b", 50, 100)))
    assert shown[0] < 40
    assert min(shown[4:55]) > 44
    assert min(shown[55:]) > 44


def test_what_no_shot_shows_stays_as_it_is() -> None:
    shown = quality(film(use("a", 2, 5), use("b", 8, 10)))
    untouched = [number for number, value in enumerate(shown) if value > 100]
    assert untouched == [0, 1, 5, 6, 7]
    assert min(shown) == pytest.approx(44.2, abs=0.2)
    assert np.array_equal(FRAME, texture(320, 180))
