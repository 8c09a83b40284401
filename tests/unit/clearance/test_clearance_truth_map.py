"""The truth map: what is shown when, and that its picture says so without colour or script."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from generique.clearance.truth_map import Stretch, TruthMap, truth_map
from generique.clearance.truth_map_picture import truth_map_picture
from generique.model.element import ElementClass
from generique.studio.audit_words import WORDS
from generique.testing.lineages import generated, lineage_of, recorded, small_film

WORDS_EN = {**WORDS["en"], "about": "A map"}
STANDS = {"1-1": "approved", "1-2": "waiting", "3-1": "demonstration"}


def spans(stretches: tuple[Stretch, ...]) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.says) for one in stretches]


def drawn(**facts: str) -> TruthMap:
    return truth_map(small_film(), "en", {**STANDS, **facts})


def test_every_moment_counts_once_and_shares_add_up() -> None:
    found = drawn()
    assert spans(found.track("picture")) == [
        (0, 264, "synthetic"),
        (264, 480, "authentic"),
        (480, 600, "reconstruction"),
        (600, 960, ""),
    ]
    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.shares["synthetic"] == pytest.approx(264 / 960)
    assert found.shares["none"] == pytest.approx(360 / 960)


def test_a_dissolve_counts_for_the_class_further_from_the_authentic() -> None:
    film = lineage_of(recorded("1-1", 0, 100), generated("1-2", 80, 200), frames=200)
    assert spans(truth_map(film, "en", {}).track("picture")) == [
        (0, 80, "authentic"),
        (80, 200, "synthetic"),
    ]


def test_decisions_stand_under_the_generated_picture_alone_and_never_overlap() -> None:
    assert spans(drawn().track("decisions")) == [
        (0, 144, "approved"),
        (144, 264, "waiting"),
        (480, 600, "demonstration"),
    ]
    both = spans(drawn(**{"1-2": "approved"}).track("decisions"))
    assert both == [(0, 264, "approved"), (480, 600, "demonstration")]


def test_a_shot_within_another_adds_no_decision() -> None:
    film = lineage_of(generated("1-1", 0, 100), generated("1-2", 20, 60), frames=100)
    stands = {"1-1": "approved", "1-2": "waiting"}
    assert spans(truth_map(film, "en", stands).track("decisions")) == [(0, 100, "approved")]


def test_each_language_has_its_own_voices_and_notices() -> None:
    english, french = drawn(), truth_map(small_film(), "fr", STANDS)
    assert spans(english.track("DX"))[1] == (30, 90, "synthetic")
    assert spans(french.track("DX"))[1] == (30, 100, "synthetic")
    assert english.track("labels")
    assert english.track("MX") == ()


def test_elements_after_the_end_are_cut_off() -> None:
    film = lineage_of(generated("1-1", 0, 300), generated("1-2", 300, 400), frames=200)
    assert spans(truth_map(film, "en", {}).track("picture")) == [(0, 200, "synthetic")]


def test_the_picture_is_whole_svg_without_script_or_address() -> None:
    picture = truth_map_picture(drawn(), WORDS_EN)
    root = ET.fromstring(picture)  # noqa: S314 -- our own picture
    names = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert names <= {"svg", "defs", "pattern", "rect", "circle", "path", "text"}
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert {"authentic", "synthetic", "reconstruction", "altered"} == {
        node.attrib["id"] for node in root.iter() if "id" in node.attrib
    }


def test_classes_differ_in_pattern_and_not_in_colour_alone() -> None:
    picture = truth_map_picture(drawn(), WORDS_EN)
    patterns = re.findall(r'<pattern id="(\w+)"[^>]*><rect[^>]*/>(.*?)</pattern>', picture)
    assert len({drawing for _, drawing in patterns}) == len(ElementClass) == len(patterns)


def test_words_on_the_picture_cannot_become_code() -> None:
    hostile = {**WORDS_EN, "picture": "<script>x</script>", "about": '"><script>'}
    picture = truth_map_picture(drawn(), hostile)
    assert "<script" not in picture
    ET.fromstring(picture)  # noqa: S314 -- our own picture


@pytest.mark.parametrize(("seconds", "lines"), [(40, 1), (120, 1), (1200, 10), (7200, 12)])
def test_long_films_fold_into_lines(seconds: int, lines: int) -> None:
    frames = seconds * 24
    film = lineage_of(generated("1-1", 0, frames), frames=frames)
    picture = truth_map_picture(truth_map(film, "en", {"1-1": "rejected"}), WORDS_EN)
    assert picture.count(f">{WORDS_EN['decisions']}<") == lines


def test_a_moment_that_waits_is_marked_however_short() -> None:
    shots = [generated(f"{n}-1", n * 2, n * 2 + 2) for n in range(480)]
    stands = {shot.id: "approved" for shot in shots} | {"7-1": "waiting"}
    picture = truth_map_picture(truth_map(lineage_of(*shots), "en", stands), WORDS_EN)
    assert picture.count('r="3.4"') == 2  # the moment, and the legend


def test_a_film_of_many_hours_still_draws() -> None:
    frames = 15 * 3600 * 24
    picture = truth_map_picture(
        truth_map(lineage_of(recorded("1-1", 0, frames), frames=frames), "en", {}), WORDS_EN
    )
    assert ">14:00:00<" in picture
