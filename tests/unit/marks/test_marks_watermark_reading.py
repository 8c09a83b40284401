from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from generique.marks.watermark import (
    MarkGatherer,
    MarkRegistry,
    MarkSum,
    PictureMarker,
    Placement,
    read_at,
    read_mark,
)
from generique.marks.watermark.reading import CONFUSION_LIMIT, UNMARKED_LIMIT
from generique.model.errors import UsageError
from generique.testing.drawn_shots import MARK_ID, gathered, luma8, marked, shot, texture

NAME = f"{MARK_ID:016x}"
OTHERS = np.random.default_rng(8).integers(0, 2**64, 200, dtype=np.uint64)
SHOT = shot(1280, 720, frames=8)
MARKED = marked(SHOT)


@pytest.mark.parametrize(("width", "height"), [(426, 240), (360, 640), (850, 480), (1920, 1080)])
def test_an_identity_comes_back_at_every_raster(width: int, height: int) -> None:
    reading = read_mark(gathered([luma8(f) for f in marked(shot(width, height, 4))]))
    assert reading.mark_id == NAME
    assert reading.method == "blind"
    assert reading.wrong_id_bound <= UNMARKED_LIMIT + CONFUSION_LIMIT
    assert reading.scale_across == pytest.approx(max(width, height) / 1280, rel=3e-3)
    assert not reading.mirrored


def test_ten_bits_come_back() -> None:
    marker = PictureMarker(MARK_ID, width=640, height=360)
    planes = [
        np.rint(64 + luma8(frame) * (876 / 255)).astype(np.uint16) for frame in shot(640, 360, 4)
    ]
    reading = read_mark(gathered([marker.mark_luma(p, bits=10) for p in planes], bits=10))
    assert reading.mark_id == NAME


def test_unmarked_pictures_give_no_identity() -> None:
    for frames in (SHOT, [np.zeros((360, 640, 3), np.uint8)], [texture(640, 360, 9)]):
        whole = gathered([luma8(f) for f in frames])
        for registry in (None, MarkRegistry([*OTHERS.tolist(), MARK_ID]), MarkRegistry([])):
            reading = read_mark(whole, registry=registry)
            assert reading.mark_id is None
            assert reading.method is None
            assert reading.wrong_id_bound > UNMARKED_LIMIT
            assert "none that can be told" in reading.lines()[0]


def test_a_registry_reads_what_is_too_faint_for_a_blind_answer() -> None:
    rng = np.random.default_rng(4)
    frames = [luma8(f).astype(np.float64) + rng.normal(size=f.shape[:2]) * 90 for f in MARKED[:2]]
    whole = gathered([np.clip(f, 0, 255).astype(np.uint8) for f in frames])
    assert read_mark(whole).mark_id is None
    reading = read_mark(whole, registry=MarkRegistry([*OTHERS.tolist(), MARK_ID]))
    assert reading.mark_id == NAME
    assert reading.method == "registry"
    assert read_mark(whole, registry=MarkRegistry(OTHERS)).mark_id is None


def test_a_clear_mark_of_somebody_else_is_no_known_identity() -> None:
    whole = gathered([luma8(f) for f in MARKED])
    reading = read_mark(whole, registry=MarkRegistry(OTHERS))
    assert reading.mark_id == NAME
    assert reading.method == "blind"
    assert "not among the known ones" in reading.why


def test_windows_add_up() -> None:
    planes = [luma8(f) for f in MARKED]
    parts = MarkSum.of([gathered(planes[:3]), gathered(planes[3:])])
    whole = gathered(planes)
    assert parts.frames == whole.frames == 8
    assert np.allclose(parts.residual, whole.residual, atol=1e-4)
    with pytest.raises(UsageError, match="different rasters"):
        _ = whole + gathered([planes[0][:360]])


def test_mirrored_squeezed_and_turned_pictures_need_the_thorough_search() -> None:
    planes = [luma8(f) for f in MARKED]
    turn = cv2.getRotationMatrix2D((639.5, 359.5), -1.0, 1.0)
    sets = {
        "mirror": [np.ascontiguousarray(p[:, ::-1]) for p in planes],
        "squeeze": [np.asarray(cv2.resize(p, (480, 360)), np.uint8) for p in planes],
        "turn": [np.asarray(cv2.warpAffine(p, turn, (1280, 720)), np.uint8) for p in planes],
    }
    for name, frames in sets.items():
        reading = read_mark(gathered(frames), thorough=True)
        assert reading.mark_id == NAME, name
        assert reading.mirrored == (name == "mirror")
        assert (abs(reading.turn - 1.0) < 0.2) == (name == "turn")


def test_a_known_place_needs_no_search() -> None:
    matrix = np.asarray(cv2.getRotationMatrix2D((300.0, 200.0), 25.0, 1.9), np.float64)
    matrix[:, 2] += (260, 140)
    turned = [
        np.asarray(
            cv2.warpAffine(luma8(f), matrix, (640, 400), flags=cv2.WARP_INVERSE_MAP), np.uint8
        )
        for f in MARKED
    ]
    placement = Placement(matrix, width=1280, height=720)
    assert read_mark(gathered(turned)).mark_id is None
    reading = read_at(gathered(turned), placement)
    assert reading.mark_id == NAME
    gatherer = MarkGatherer(width=640, height=400)
    for received, source in zip(turned, SHOT, strict=True):
        gatherer.add_residual(placement.without(received, luma8(source)))
    clearer = read_at(gatherer.take(), placement, registry=MarkRegistry([MARK_ID]))
    assert clearer.mark_id == NAME
    assert clearer.word > reading.word
    assert "code bits corrected" in "\n".join(clearer.lines())


def test_a_mirrored_known_place() -> None:
    planes = [np.ascontiguousarray(luma8(f)[:, ::-1]) for f in MARKED]
    placement = Placement(np.array([[-1.0, 0, 1279], [0, 1, 0]]), width=1280, height=720)
    reading = read_at(gathered(planes), placement)
    assert reading.mark_id == NAME
    assert reading.mirrored


def test_an_unmarked_picture_at_a_known_place() -> None:
    placement = Placement(np.array([[1.0, 0, 0], [0, 1, 0]]), width=1280, height=720)
    whole = gathered([luma8(f) for f in SHOT])
    assert read_at(whole, placement, registry=MarkRegistry([MARK_ID])).mark_id is None


@pytest.mark.parametrize(
    "matrix",
    [np.eye(2), np.eye(3), np.zeros((2, 3)), np.array([[1.0, np.nan, 0], [0, 1, 0]])],
)
def test_impossible_placements_are_refused(matrix: NDArray[np.float64]) -> None:
    with pytest.raises(UsageError):
        Placement(matrix, width=1280, height=720)
