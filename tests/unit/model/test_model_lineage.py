from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generique.model.lineage import Lineage
from generique.testing.strategies import lineages

FRAMES = 1000


@given(lineages(FRAMES), st.integers(0, FRAMES - 1))
def test_what_is_on_at_a_frame_started_and_has_not_ended(lineage: Lineage, frame: int) -> None:
    on = lineage.at(frame)
    for use in lineage.elements:
        assert (use in on) == (use.start <= frame < use.end)


@given(lineages(FRAMES), st.integers(0, FRAMES - 1))
def test_a_language_version_is_what_is_shared_and_its_own(lineage: Lineage, frame: int) -> None:
    both = lineage.at(frame)
    for language in lineage.languages:
        version = lineage.at(frame, language)
        assert version == tuple(use for use in both if use.language in {None, language})


@given(lineages(FRAMES))
def test_nothing_is_on_after_the_end(lineage: Lineage) -> None:
    assert lineage.at(FRAMES) == ()


@given(lineages(FRAMES), st.integers(0, FRAMES - 1))
def test_the_order_of_the_document_is_kept(lineage: Lineage, frame: int) -> None:
    places = {id(use): place for place, use in enumerate(lineage.elements)}
    on = [places[id(use)] for use in lineage.at(frame)]
    assert on == sorted(on)
