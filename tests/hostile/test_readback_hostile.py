"""Masters that were spoilt between the titles and the encoded file: each is found and refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from readback_films import (
    BENCH,
    CREDITS_START,
    FRAMES,
    LINEAGE,
    NOTICE_AT,
    RASTER,
    Film,
    Spoil,
    labels,
    make,
    programme,
    reading,
    roll,
    shortened,
    spoilt,
    use,
    written,
)

from generique.clearance.verdict import Status
from generique.production.readback_rules import reading_refusals, reading_rules
from generique.titles.overlay import Frame
from generique.titles.typeset import credits_key_source, line_numbers


def refused(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for refusal in reading_refusals([reading(path)]):
        found.setdefault(refusal.rule, []).append(refusal.reason)
    return found


def box(line: int) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of a line of the credits on its page."""
    numbers = line_numbers(BENCH.typeset(credits_key_source(written()), RASTER.width))
    rows, columns = np.nonzero(numbers == line)
    return int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1


def painted(line: int, part: float = 1.0) -> Spoil:
    """Black over a part of the width of a line of the credits, wherever it moves."""
    top, bottom, left, right = box(line)
    _, plan = roll()

    def paint(index: int, frame: Frame) -> None:
        row = plan.row(index - CREDITS_START)
        edge = right - round((right - left) * part)
        frame[max(top - row - 2, 0) : max(bottom - row + 2, 0), edge : right + 2] = 0

    return spoilt(paint, CREDITS_START)


def covered(number: int, part: float = 1.0) -> Spoil:
    """Grey over the right part of a label."""
    layer = labels()[number].layer
    height, width = layer.alpha.shape[:2]
    left = layer.x + round(width * (1 - part))

    def cover(_: int, frame: Frame) -> None:
        frame[max(layer.y, 0) : layer.y + height, max(left, 0) : layer.x + width] = 90

    return spoilt(cover, 0, CREDITS_START)


def faded(_: int, frame: Frame) -> None:
    """Fog over everything: letters keep their shape and lose their strength."""
    frame[:] = np.rint(frame * 0.25 + 190).astype(np.uint8)


def test_a_whole_master_is_read_to_the_last_line(tmp_path: Path) -> None:
    found = reading(make(tmp_path, Film()))
    assert not list(reading_refusals([found]))
    assert {rule.status for rule in reading_rules([found])} == {Status.PASSED}
    picture, voice = found.labels
    for one in (picture, voice):  # the first frames of a fade are too faint to be read
        assert one.found.first is not None
        assert one.found.last is not None
        assert 0 <= one.found.first - one.label.start <= 3
        assert 0 <= one.label.end - 1 - one.found.last <= 3
    assert picture.found.contrast > 4.5
    assert found.notice is not None
    assert abs(found.notice.heard.start - NOTICE_AT / 24) < 0.05
    summary = found.summary(credential="valid")
    assert (summary.labels_found, summary.audible_notice) == (2, True)
    assert summary.labels_missing == summary.credits_missing == ()


@pytest.mark.parametrize("part", [1.0, 0.4])
def test_a_covered_label_is_found_even_where_one_word_is(tmp_path: Path, part: float) -> None:
    found = refused(make(tmp_path, Film(spoil=covered(0, part))))
    assert found.keys() == {"LABEL-2"}
    assert "GENERATED IMAGES" in found["LABEL-2"][0]


def test_a_label_that_was_left_out_or_ends_early_is_found(tmp_path: Path) -> None:
    without = refused(make(tmp_path, Film(trim=lambda placed: placed[1:])))
    assert "is not found" in without["LABEL-2"][0]
    short = refused(make(tmp_path, Film(trim=shortened)))
    assert len(short["LABEL-2"]) == 2


def test_letters_that_fade_into_their_ground_do_not_count(tmp_path: Path) -> None:
    found = refused(make(tmp_path, Film(spoil=spoilt(faded, 0, CREDITS_START))))
    assert len(found["LABEL-2"]) == 2
    assert "contrast" in found["LABEL-2"][0]


def test_credits_that_were_cut_off_are_found(tmp_path: Path) -> None:
    found = refused(make(tmp_path, Film(length=FRAMES - 96)))
    assert f"only {FRAMES - 96} of {FRAMES} frames" in found["LABEL-2"][0]
    assert "Thanks to the birds" in " ".join(found["CREDIT-3"])


@pytest.mark.parametrize("part", [1.0, 0.25])
def test_a_credit_that_was_painted_over_is_found_and_no_other(tmp_path: Path, part: float) -> None:
    found = refused(make(tmp_path, Film(spoil=painted(2, part))))
    assert found.keys() == {"CREDIT-3"}
    assert len(found["CREDIT-3"]) == 1
    assert "speaking machine" in found["CREDIT-3"][0]


def test_a_notice_that_was_muted_cut_or_drowned_is_found(tmp_path: Path) -> None:
    cut = programme()
    word = NOTICE_AT * 2_000 + 24_000
    cut[word : word + 12_000] = programme(said=False)[word : word + 12_000]
    for sound in (programme(said=False), cut, programme(bed=0.12)):
        found = refused(make(tmp_path, Film(sound=sound)))
        assert found.keys() == {"LABEL-3"}
        assert "is not heard" in found["LABEL-3"][0]


def test_what_the_credits_never_named_is_found(tmp_path: Path) -> None:
    path = make(tmp_path, Film())
    more = LINEAGE.model_copy(update={"elements": (*LINEAGE.elements, use("9-9", 130, 150))})
    found = reading(path, more, written())
    assert found.uncredited == ("9-9",)
    owing = tuple(
        element.model_copy(
            update={
                "passport": element.passport.model_copy(
                    update={"credit_duty": {"en": "Made with the Picture Machine™"}}
                )
            }
        )
        if element.id == "1-1" and element.passport
        else element
        for element in LINEAGE.elements
    )
    unpaid = reading(path, LINEAGE.model_copy(update={"elements": owing}), written())
    assert unpaid.unpaid == ("Made with the Picture Machine™ (1-1)",)
    told = {refusal.rule for one in (found, unpaid) for refusal in reading_refusals([one])}
    assert "CREDIT-5" in told


def test_a_file_that_is_no_film_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "noise.mp4"
    path.write_bytes(np.random.default_rng(1).bytes(5_000))
    found = refused(path)
    assert {"LABEL-2", "LABEL-3", "CREDIT-3"} <= found.keys()
