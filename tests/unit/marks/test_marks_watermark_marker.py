from __future__ import annotations

import math

import numpy as np
import pytest

from generique.marks.watermark import FLOOR_DB, PictureMarker, kernels
from generique.model.errors import UsageError
from generique.testing.drawn_shots import MARK_ID, luma, luma8, marked, psnr, shot, texture


@pytest.mark.parametrize(
    ("width", "height"), [(426, 240), (1280, 720), (360, 640), (719, 405), (1920, 800)]
)
def test_luma_stays_above_the_floor(width: int, height: int) -> None:
    frame = texture(width, height)
    out = marked([frame])[0]
    assert out.dtype == np.uint8
    assert FLOOR_DB <= psnr(luma(frame), luma(out)) < 58


@pytest.mark.parametrize("frames", [40, 48, 240])
def test_a_shot_opens_strongly_and_keeps_above_the_floor(frames: int) -> None:
    frame = texture(320, 180)
    marker = PictureMarker(MARK_ID, width=320, height=180, frames=frames)
    errors = [
        float(np.mean((luma(frame) - luma(marker.mark_rgb(frame, number=number))) ** 2))
        for number in (0, 1, 2, 3, 4, frames - 1)
    ]
    assert errors[0] > errors[1] > errors[2] > errors[3] > errors[4] == errors[5]
    mean = (sum(errors[:4]) + (frames - 4) * errors[4]) / frames
    assert FLOOR_DB <= 10 * math.log10(255**2 / mean) < FLOOR_DB + 0.6


@pytest.mark.parametrize("frames", [0, 1, 39])
def test_a_short_shot_bears_the_mark_evenly(frames: int) -> None:
    frame = texture(320, 180)
    marker = PictureMarker(MARK_ID, width=320, height=180, frames=frames)
    assert np.array_equal(marker.mark_rgb(frame, number=0), marked([frame])[0])


def test_the_opening_lies_where_the_mark_lies() -> None:
    frame = texture(320, 180)
    frame[:90] = 160
    marker = PictureMarker(MARK_ID, width=320, height=180, frames=48)
    assert np.array_equal(marker.mark_rgb(frame, number=0)[:80], frame[:80])


def test_colour_stays() -> None:
    frame = texture(640, 360)
    change = marked([frame])[0].astype(int) - frame
    inside = ((frame > 20) & (frame < 235)).all(-1)
    assert (change[inside] == change[inside][:, :1]).all()


@pytest.mark.parametrize("level", [0, 3, 16, 128, 255])
def test_flat_pictures_are_not_touched(level: int) -> None:
    frame = np.full((360, 640, 3), level, np.uint8)
    assert np.array_equal(marked([frame])[0], frame)


def test_sky_gradients_are_not_touched() -> None:
    ramp = np.linspace(90, 200, 360)[:, None, None] + np.linspace(0, 12, 640)[None, :, None]
    frame = np.repeat(ramp, 3, axis=2).astype(np.uint8)
    assert np.array_equal(marked([frame])[0], frame)
    noise = np.random.default_rng(2).integers(-1, 2, frame.shape)
    grainy = (frame + noise).astype(np.uint8)
    assert psnr(grainy, marked([grainy])[0]) > 60


def test_letterbox_bars_and_the_sky_above_a_ridge_stay_clean() -> None:
    frame = texture(640, 360)
    frame[:44] = 0
    frame[-44:] = 0
    out = marked([frame])[0]
    assert not out[:44].any()
    assert not out[-44:].any()
    assert not np.array_equal(out, frame)
    frame[:180] = 200
    assert np.array_equal(marked([frame])[0][:176], frame[:176])


def test_white_titles_on_black_are_hardly_touched() -> None:
    frame = np.zeros((360, 640, 3), np.uint8)
    frame[170:190, 200:440:12] = 255
    out = marked([frame])[0]
    assert not out[frame == 0].any()
    assert psnr(luma(frame), luma(out)) > 52


def test_the_same_frame_gives_the_same_mark() -> None:
    first, second = shot(640, 360, frames=2)
    marker = PictureMarker(MARK_ID, width=640, height=360)
    alone = marker.mark_rgb(second)
    assert np.array_equal(marked([first, second])[1], alone)
    kept = second.copy()
    marker.mark_rgb(second)
    assert np.array_equal(kept, second)


@pytest.mark.parametrize(("bits", "full"), [(8, False), (8, True), (10, False), (12, True)])
def test_luma_planes_of_all_depths(bits: int, *, full: bool) -> None:
    unit = 1 << (bits - 8)
    plane8 = luma8(texture(640, 360)).astype(np.float64)
    scaled = plane8 if full else 16 + plane8 * 219 / 255
    rounded = np.rint(scaled * unit)
    plane = rounded.astype(np.uint8) if bits == 8 else rounded.astype(np.uint16)
    plane[:30] = 0 if full else 16 * unit
    marker = PictureMarker(MARK_ID, width=640, height=360)
    out = marker.mark_luma(plane, bits=bits, full=full)
    assert out.dtype == plane.dtype
    assert psnr(plane, out, (1 << bits) - 1) >= FLOOR_DB
    assert not np.array_equal(out, plane)
    assert np.array_equal(out[:30], plane[:30])


def test_kernels_agree_with_plain_numpy() -> None:
    frame = texture(64, 48)
    blocks = np.empty((24, 32), np.float32)
    kernels.rgb_blocks(frame, 2, blocks)
    assert np.allclose(blocks, luma(frame).reshape(24, 2, 32, 2).mean((1, 3)), atol=1e-3)
    kernels.plane_blocks(frame[..., 0].copy(), 2, 16.0, 255 / 219, blocks)
    plain = (frame[..., 0].reshape(24, 2, 32, 2).mean((1, 3)) - 16) * 255 / 219
    assert np.allclose(blocks, plain, atol=1e-3)
    mark = np.random.default_rng(3).normal(size=(48, 64)).astype(np.float32) * 9
    out = np.empty_like(frame)
    change = np.floor(mark * np.float32(0.5) + np.float32(0.5)).astype(int)
    change[frame.sum(-1) == 0] = 0
    assert kernels.lay_on_rgb(frame, mark, 0.5, out) == (change**2).sum()
    assert np.array_equal(out, np.clip(frame + change[..., None], 0, 255))


@pytest.mark.parametrize(
    ("mark_id", "width", "height"),
    [(-1, 640, 360), (1 << 64, 640, 360), (1, 32, 360), (1, 9000, 360)],
)
def test_what_cannot_be_marked_is_refused(mark_id: int, width: int, height: int) -> None:
    with pytest.raises(UsageError):
        PictureMarker(mark_id, width=width, height=height)


def test_frames_that_do_not_fit_are_refused() -> None:
    marker = PictureMarker(1, width=640, height=360)
    for frame in (np.zeros((360, 640), np.uint8), np.zeros((360, 640, 3), np.uint16)):
        with pytest.raises(UsageError, match="does not fit"):
            marker.mark_rgb(frame)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="does not fit"):
        marker.mark_luma(np.zeros((360, 640), np.uint8), bits=10)
    with pytest.raises(UsageError, match="8 to 16 bits"):
        marker.mark_luma(np.zeros((360, 640), np.uint16), bits=17)
