"""The encoder gives the same bytes for the same frames, whatever lay in its memory before."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from generique.machineroom.ffmpeg import Encoder
from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import Digest, digest_of

RASTER = Raster(width=320, height=180)


def encoded(path: Path) -> Digest:
    """Eight seconds of texture that moves, with a cut in the middle, encoded."""
    encoder = Encoder(path, RASTER, Rate(numerator=24), crf=17)
    for shot in range(2):
        noise = np.random.default_rng(shot).integers(0, 255, (280, 420, 3), dtype=np.uint8)
        place = cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 3), None, 0, 255, cv2.NORM_MINMAX)  # type: ignore[call-overload]
        for index in range(96):
            encoder.write(place[index : index + 180, index : index + 320].copy())
    return digest_of(encoder.close().read_bytes())


def test_bytes_do_not_depend_on_what_lay_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = encoded(tmp_path / "clean.mp4")
    for filling in ("85", "200"):
        # glibc fills what it hands out with these bytes, as a process that ran before would.
        monkeypatch.setenv("MALLOC_PERTURB_", filling)
        assert encoded(tmp_path / f"{filling}.mp4") == clean
