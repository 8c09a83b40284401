from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from titles_films import RATE

from generique.machineroom.typesetter import Typesetter
from generique.model.element import Raster
from generique.model.errors import UnreadableInput, UsageError
from generique.titles.labels import Label
from generique.titles.overlay import Frame, Layer, Picture, composite, overlay, place_label
from generique.titles.phrases import phrases
from generique.titles.roll import plan_roll, roll_credits
from generique.titles.typeset import label_source

HD = Raster(width=1280, height=720)


def words(width: int = 300, height: int = 20) -> Picture:
    """Letters are strokes of full white."""
    picture = np.zeros((60, 1280, 4), dtype=np.uint8)
    picture[20 : 20 + height, 64 : 64 + width : 4] = 255
    picture[20 : 20 + height, 65 : 64 + width : 4] = 255
    return picture


def label(kind: str = "picture", start: int = 10, end: int = 110) -> Label:
    return Label.model_validate(
        {"kind": kind, "head": "GENERATED", "tail": "not filmed", "start": start, "end": end}
    )


def contrast(one: float, other: float) -> float:
    """Contrast of two grey levels, WCAG 2 formula."""
    light, dark = sorted(
        (((level / 255 + 0.055) / 1.055) ** 2.4 + 0.05 for level in (one, other)), reverse=True
    )
    return float(light / dark)


@pytest.mark.parametrize("level", [0, 20, 128, 255])
def test_the_label_reads_on_any_picture(level: int) -> None:
    frame = np.full((720, 1280, 3), level, dtype=np.uint8)
    placed = place_label(label(), words(), HD)
    out = composite(frame, placed.layer)
    text = out[40:60, 64:364]
    assert text.max() == 255
    assert contrast(255, float(text.min())) >= 4.5
    assert np.array_equal(out[300:], frame[300:])


def test_labels_fade_and_leave_the_film_alone_outside_their_time() -> None:
    frame = np.full((720, 1280, 3), 60, dtype=np.uint8)
    out = list(overlay((frame for _ in range(130)), [place_label(label(), words(), HD)]))
    assert len(out) == 130
    assert out[9] is frame
    assert out[110] is frame
    assert out[10].max() < out[14].max() < out[18].max() == out[60].max() == 255
    assert out[109].max() < 255


def test_places_do_not_collide_and_scale_with_the_raster() -> None:
    kinds = ("picture", "voice", "demonstration")
    small = {kind: place_label(label(kind), words(), HD).layer for kind in kinds}
    assert small["picture"].x == small["voice"].x < 64
    assert small["voice"].y >= small["picture"].y + 40
    assert small["demonstration"].x > 640
    huge = np.kron(words(), np.ones((3, 3, 1), dtype=np.uint8))
    big = place_label(label(), huge, Raster(width=3840, height=2160)).layer
    assert abs(big.x - 3 * small["picture"].x) <= 3
    assert abs(big.alpha.shape[0] - 3 * small["picture"].alpha.shape[0]) <= 6


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "raster", [HD, Raster(width=1080, height=1920), Raster(width=320, height=240)]
)
def test_no_phrase_runs_into_the_demonstration(language: str, raster: Raster) -> None:
    words_ = phrases(language)

    def drawn(kind: str, phrase: tuple[str, str]) -> Layer:
        one = label(kind).model_copy(update={"head": phrase[0], "tail": phrase[1]})
        return place_label(one, Typesetter().render(label_source(one), raster.width), raster).layer

    standing = drawn("demonstration", words_.demonstration)
    assert standing.x + standing.alpha.shape[1] <= raster.width
    for phrase in (words_.generated, words_.trained, words_.staged, *words_.classes.values()):
        layer = drawn("picture", phrase)
        assert layer.x + layer.alpha.shape[1] <= standing.x + 40 * raster.width // 1280


def test_a_demonstration_does_not_fade() -> None:
    placed = place_label(label("demonstration", 0, 100), words(), HD)
    assert placed.opacity(0) == placed.opacity(99) == 1.0


def test_empty_and_too_wide_labels_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="empty"):
        place_label(label(), np.zeros((60, 1280, 4), dtype=np.uint8), HD)
    with pytest.raises(UnreadableInput, match="wider"):
        place_label(label(), words(1210), HD)


def test_a_layer_outside_the_frame_draws_nothing() -> None:
    layer = place_label(label(), words(), HD).layer
    tiny = np.zeros((4, 4, 3), dtype=np.uint8)
    assert composite(tiny, layer) is tiny


def roll_picture(height: int) -> Picture:
    """Every row has its own level, so that rows can be told apart."""
    picture = np.zeros((height, 1280, 4), dtype=np.uint8)
    picture[:, :, :3] = (np.arange(height) % 200 + 50).astype(np.uint8)[:, None, None]
    picture[:, :, 3] = 255
    return picture


def black() -> Frame:
    return np.zeros((720, 1280, 3), dtype=np.uint8)


def test_the_roll_moves_by_whole_pixels_and_ends_at_its_end() -> None:
    roll = plan_roll(1200, HD, RATE, 100, 500, 36)
    rows = [roll.row(index) for index in range(roll.frames)]
    moves = {after - before for before, after in pairwise(rows)}
    assert moves <= {0, roll.step} | {roll.travel % roll.step}
    assert rows[0] == -216
    assert rows[-1] == 1200 - round(720 * 0.72)
    assert roll.row(roll.frames - 37) == rows[-1]


def test_the_roll_shows_the_rows_that_it_says() -> None:
    picture, roll = roll_picture(1200), plan_roll(1200, HD, RATE, 2, 402, 36)
    out = list(roll_credits((black() for _ in range(402)), picture, roll))
    assert len(out) == 402
    assert out[1].max() == 0
    index = 200
    assert out[index + 2][360, 640, 0] == picture[roll.row(index) + 360, 640, 0]
    assert out[index + 2][:40].max() == 0
    assert 0 < out[401].max() < 20


def test_credits_that_fit_stand_still_in_the_middle() -> None:
    roll = plan_roll(300, HD, RATE, 0, 100, 10)
    assert {roll.row(index) for index in range(100)} == {-210}
    out = list(roll_credits((black() for _ in range(100)), roll_picture(300), roll))
    assert out[50][209].max() == 0
    assert out[50][250].max() > 0


def test_a_roll_too_fast_to_read_says_the_seconds_that_it_needs() -> None:
    with pytest.raises(UsageError) as caught:
        plan_roll(3000, HD, RATE, 0, 240, 36)
    assert "credits_seconds = 31" in str(caught.value.next_step)
    plan_roll(3000, HD, RATE, 0, 31 * 24, 36)
