from __future__ import annotations

import hashlib
import itertools
import tomllib
from fractions import Fraction
from pathlib import Path

import av
import pytest

from generique.model.production import MediaItem, MediaList

MEDIA = Path(__file__).parents[3] / "examples" / "dawn-chorus" / "media"
MEDIA_LIST = MediaList.read(
    tomllib.loads((MEDIA / "media.toml").read_text("utf-8")), where="media.toml"
)


def test_the_list_names_exactly_the_files_that_are_shipped() -> None:
    notices = {Path(item.rights.notice).name for item in MEDIA_LIST.media}
    named = {item.file for item in MEDIA_LIST.media} | notices | {"media.toml"}
    assert named == {path.name for path in MEDIA.iterdir()}


@pytest.mark.parametrize("item", MEDIA_LIST.media, ids=lambda item: str(item.file))
def test_a_shipped_medium_is_what_the_list_says(item: MediaItem) -> None:
    assert hashlib.sha256((MEDIA / item.file).read_bytes()).hexdigest() == item.sha256
    assert item.captured
    assert set(item.rights.credit) == {"en", "fr"}
    for credit in item.rights.credit.values():
        assert item.rights.holder in credit
        assert item.rights.licence in credit


@pytest.mark.parametrize("item", MEDIA_LIST.media, ids=lambda item: str(item.file))
def test_the_notice_is_the_licence_of_the_holder(item: MediaItem) -> None:
    notice = (MEDIA.parent / item.rights.notice).read_text("utf-8")
    assert "Copyright (c)" in notice
    assert item.rights.holder in notice
    assert "AS IS" in notice


def test_the_media_stay_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in MEDIA.iterdir()) < 5_000_000


def test_the_finch_is_intact_camera_footage() -> None:
    with av.open(str(MEDIA / "zebra-finch.mp4")) as container:
        stream = container.streams.video[0]
        times = [packet.pts for packet in container.demux(stream) if packet.pts is not None]
        assert (stream.width, stream.height, stream.average_rate) == (1280, 720, Fraction(25))
        assert len(container.streams) == 1
    steps = {later - earlier for earlier, later in itertools.pairwise(times)}
    assert (len(times), times[0], steps) == (360, 0, {512})
