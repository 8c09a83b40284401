"""Which master a delivered file is held against."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from generique.marks.identification.sighting import Place
from generique.marks.works import Work, WorkSegment
from generique.model.element import Raster
from generique.model.lineage import Lineage
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.final_cut import FinalCutRoom

LINEAGE: Lineage = cast("Any", Lineage).model_construct(
    production="dawn", languages=("en", "fr"), frames=100
)


def master(language: str) -> Work:
    return Work(
        id=digest_of(language.encode()),
        title="Dawn",
        kind="master",
        production="dawn",
        language=language,
        protected=False,
        locator=f"master.{language}.mp4",
        rate=Rate(numerator=24),
        frames=100,
        raster=Raster(width=320, height=180),
        segments=(WorkSegment(start=0, end=100, title="Shot 1"),),
    )


MASTERS = {language: master(language) for language in ("en", "fr")}


def shown(*order: str, sound: str = "") -> Any:
    """A file whose one segment is placed in masters, the best supported first."""
    places = tuple(Place(work=MASTERS[name].id, segment=0, at=0) for name in order)
    segment = SimpleNamespace(start=0, end=100, places=places)
    heard = [SimpleNamespace(says=f"sound of Dawn ({sound})")] if sound else []
    found = SimpleNamespace(segments=(segment,), frames=100)
    return SimpleNamespace(identification=found, sound=heard)


@pytest.mark.parametrize("archived", [("en", "fr"), ("fr", "en")])
@pytest.mark.parametrize("best", ["en", "fr"])
def test_the_version_whose_writing_is_nearest_is_the_one(
    best: str, archived: tuple[str, ...]
) -> None:
    """Versions share their pictures: what is written on them, and so their order, differs."""
    archive = SimpleNamespace(works=lambda: [MASTERS[name] for name in archived])
    room = FinalCutRoom(cast("Any", None), cast("Any", archive), cast("Any", None))
    other = "fr" if best == "en" else "en"
    assert room._master(shown(best, other), LINEAGE).language == best
    assert room._master(shown("en", "fr", sound="en"), LINEAGE).language == "en"
