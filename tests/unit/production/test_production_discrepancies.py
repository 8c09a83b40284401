from __future__ import annotations

from generique.marks.identification.fusion import identify
from generique.marks.identification.sighting import (
    Evidence,
    EvidenceKind,
    Identification,
    Place,
    Sighting,
)
from generique.marks.works import Work, WorkSegment
from generique.model.element import ElementClass, Raster
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.discrepancies import Discrepancy, Kind, compare

MASTER = digest_of(b"master")
TAKE = digest_of(b"second take")
FOREIGN = digest_of(b"foreign")


def film(digest: str, production: str, *segments: tuple[int, int, str, str]) -> Work:
    return Work(
        id=digest,
        title="Dawn",
        kind="master",
        production=production,
        language="en",
        protected=False,
        locator="master.mp4",
        rate=Rate(numerator=24),
        frames=segments[-1][1],
        raster=Raster(width=320, height=180),
        segments=tuple(
            WorkSegment(
                start=start,
                end=end,
                shot=shot,
                take=take,
                element_class=ElementClass.SYNTHETIC,
                title=f"Shot {shot}",
                facts={"model": "world"},
            )
            for start, end, shot, take in segments
        ),
    )


WORKS = {
    MASTER: film(
        MASTER, "dawn", (0, 100, "1", "1.t1"), (100, 200, "2", "2.t1"), (200, 300, "3", "3.t1")
    ),
    TAKE: film(TAKE, "dawn", (0, 120, "2", "2.t2")),
    FOREIGN: film(FOREIGN, "elsewhere", (0, 500, "9", "9.t1")),
}
CROP = (0.05, 0.05, 0.9, 0.9)


def shown(frames: int, *parts: tuple[int, int, Place]) -> Identification:
    evidence = Evidence(kind=EvidenceKind.FINGERPRINT, says="seen", wrong=1e-9)
    seen = [
        Sighting(start=start, end=end, evidence=evidence, places=(place,))
        for start, end, place in parts
    ]
    return identify(frames, seen, WORKS)


def at(frame: int, **more: object) -> Place:
    segment = min(frame // 100, 2)
    whole = (0.0, 0.0, 1.0, 1.0)
    return Place.model_validate(
        {"work": MASTER, "segment": segment, "at": frame, "crop": whole, **more}
    )


def differences(found: Identification) -> list[tuple[Kind, int, int]]:
    return [(d.kind, d.start, d.end) for d in told(found)]


def told(found: Identification) -> tuple[Discrepancy, ...]:
    return compare(found, WORKS[MASTER])[1]


def whole_film() -> tuple[tuple[int, int, Place], ...]:
    return ((0, 100, at(0)), (100, 200, at(100)), (200, 300, at(200)))


def test_the_master_itself_has_no_discrepancy() -> None:
    assert told(shown(300, *whole_film())) == ()


def test_a_transfer_of_the_whole_film_is_told_once_and_is_no_discrepancy() -> None:
    pace = {"pace": 0.96, "crop": CROP, "mirrored": True}
    found = shown(
        312, (0, 104, at(0, **pace)), (104, 208, at(100, **pace)), (208, 312, at(200, **pace))
    )
    whole, differs = compare(found, WORKS[MASTER])
    assert differs == ()
    assert (whole.pace, whole.crop, whole.mirrored, whole.shown) == (0.96, CROP, True, 312)


def test_a_foreign_shot_cut_in_is_located_and_named() -> None:
    foreign = Place(work=FOREIGN, segment=0, at=40)
    found = shown(
        340, (0, 100, at(0)), (100, 140, foreign), (140, 240, at(100)), (240, 340, at(200))
    )
    (only,) = told(found)
    assert (only.kind, only.start, only.end) == (Kind.UNDECLARED, 100, 140)
    assert "elsewhere" in only.says
    assert "9.t1" in only.says
    assert "world" in only.says


def test_an_unknown_shot_in_place_of_a_shot_is_undeclared_and_the_shot_is_missing() -> None:
    found = shown(300, (0, 100, at(0)), (200, 300, at(200)))
    assert differences(found) == [(Kind.MISSING, 100, 200), (Kind.UNDECLARED, 100, 200)]
    assert "shot 2 is replaced" in told(found)[0].says


def test_a_replaced_take_is_named() -> None:
    second = Place(work=TAKE, segment=0, at=10)
    found = shown(300, (0, 100, at(0)), (100, 200, second), (200, 300, at(200)))
    assert (Kind.REPLACED, 100, 200) in differences(found)
    assert any("2.t2" in d.says and "2.t1" in d.says for d in told(found))


def test_a_shot_left_out_is_missing_where_it_was() -> None:
    found = shown(200, (0, 100, at(0)), (100, 200, at(200)))
    (only,) = told(found)
    assert (only.kind, only.start, only.master_start, only.master_end) == (
        Kind.MISSING, 100, 100, 200,
    )  # fmt: skip


def test_a_missing_end_is_missing() -> None:
    (only,) = told(shown(200, *whole_film()[:2]))
    assert (only.kind, only.master_start, only.master_end) == (Kind.MISSING, 200, 300)


def test_a_trimmed_shot_is_found_to_the_frame() -> None:
    found = shown(290, (0, 100, at(0)), (100, 190, at(100)), (190, 290, at(200)))
    (only,) = told(found)
    assert (only.kind, only.master_start, only.master_end) == (Kind.MISSING, 190, 200)


def test_shots_in_another_order_are_found() -> None:
    found = shown(300, (0, 100, at(0)), (100, 200, at(200)), (200, 300, at(100)))
    assert Kind.REPEATED in {d.kind for d in told(found)}


def test_a_re_timed_shot_is_found() -> None:
    found = shown(320, (0, 100, at(0)), (100, 220, at(100, pace=100 / 120)), (220, 320, at(200)))
    (only,) = told(found)
    assert (only.kind, only.start, only.end) == (Kind.RETIMED, 100, 220)
    assert "0.833" in only.says


def test_a_re_framed_and_a_mirrored_shot_are_found() -> None:
    found = shown(
        300,
        (0, 100, at(0)),
        (100, 200, at(100, crop=CROP)),
        (200, 300, at(200, mirrored=True)),
    )
    assert differences(found) == [(Kind.REFRAMED, 100, 200), (Kind.REFRAMED, 200, 300)]
