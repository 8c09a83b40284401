from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from generique.marks.identification.fusion import identify
from generique.marks.identification.sighting import (
    Evidence,
    EvidenceKind,
    Identification,
    Place,
    Sighting,
    Stretch,
)
from generique.marks.works import Work, WorkSegment
from generique.model.element import ElementClass, Raster
from generique.model.time import Rate
from generique.model.values import digest_of

RASTER, RATE = Raster(width=320, height=180), Rate(numerator=24)
FILM = digest_of(b"film")
OTHER = digest_of(b"other")


def segment(start: int, end: int, shot: str | None, take: str | None = None) -> WorkSegment:
    return WorkSegment(
        start=start,
        end=end,
        shot=shot,
        take=take,
        element_class=ElementClass.SYNTHETIC if take else None,
        title=f"Shot {shot}" if shot else "black",
        facts={"prompt": "a street"} if take else {},
    )


def work(digest: str, *segments: WorkSegment, production: str | None = "dawn") -> Work:
    return Work(
        id=digest,
        title="Dawn",
        kind="master",
        production=production,
        language="en",
        protected=False,
        locator="master.mp4",
        rate=RATE,
        frames=segments[-1].end,
        raster=RASTER,
        segments=segments,
    )


FILMS = {
    FILM: work(
        FILM,
        segment(0, 100, "1", "1.t1"),
        segment(100, 110, None),
        segment(110, 200, "2", "2.t1"),
    ),
    OTHER: work(OTHER, segment(0, 500, "9", "9.t1"), production="elsewhere"),
}


def sighting(
    start: int,
    end: int,
    place: Place,
    kind: EvidenceKind = EvidenceKind.FINGERPRINT,
    wrong: float = 1e-9,
) -> Sighting:
    evidence = Evidence(kind=kind, says=f"{kind.value} evidence", wrong=wrong)
    return Sighting(start=start, end=end, evidence=evidence, places=(place,))


def at(segment_: int, frame: int, film: str = FILM) -> Place:
    return Place(work=film, segment=segment_, at=frame)


def named(found: Identification) -> list[tuple[int, int, str | None]]:
    return [(s.start, s.end, s.identity.take) for s in found.segments]


def test_nothing_seen_is_unknown() -> None:
    found = identify(50, (), FILMS)
    assert found.segments == ()
    assert found.unknown == (Stretch(start=0, end=50),)


def test_stretches_that_continue_are_one_segment() -> None:
    found = identify(100, [sighting(0, 40, at(0, 0)), sighting(40, 100, at(0, 40))], FILMS)
    assert named(found) == [(0, 100, "1.t1")]
    assert found.segments[0].facts == {"prompt": "a street"}
    assert found.segments[0].confidence == 1 - 1e-9


def test_a_jump_inside_a_shot_is_a_cut() -> None:
    found = identify(80, [sighting(0, 40, at(0, 0)), sighting(40, 80, at(0, 60))], FILMS)
    assert named(found) == [(0, 40, "1.t1"), (40, 80, "1.t1")]


def test_kinds_add_up() -> None:
    mark = Place(work=FILM, segment=0)
    found = identify(
        60,
        [
            sighting(0, 60, at(0, 10)),
            sighting(0, 60, mark, EvidenceKind.WATERMARK, 1e-7),
        ],
        FILMS,
    )
    kinds = {evidence.kind for evidence in found.segments[0].evidence}
    assert kinds == {EvidenceKind.FINGERPRINT, EvidenceKind.WATERMARK}
    assert found.segments[0].disputed == ()


def test_a_mark_that_contradicts_the_picture_is_a_dispute() -> None:
    found = identify(
        60,
        [
            sighting(0, 60, at(0, 10)),
            sighting(0, 60, Place(work=OTHER, segment=0), EvidenceKind.WATERMARK, 1e-7),
        ],
        FILMS,
    )
    assert named(found) == [(0, 60, "1.t1")]
    assert len(found.segments[0].disputed) == 1
    assert found.segments[0].confidence == 0.5


def test_black_between_neighbours_is_named_by_them_and_says_so() -> None:
    seen = [sighting(0, 100, at(0, 0)), sighting(110, 200, at(2, 110))]
    found = identify(200, seen, FILMS, [Stretch(start=100, end=110)])
    assert named(found) == [(0, 100, "1.t1"), (100, 110, None), (110, 200, "2.t1")]
    assert found.segments[1].evidence[0].kind is EvidenceKind.NEIGHBOURS
    assert found.segments[1].confidence < 0.99
    assert found.unknown == ()


def test_a_picture_between_neighbours_is_never_named_by_them() -> None:
    seen = [sighting(0, 100, at(0, 0)), sighting(110, 200, at(2, 110))]
    found = identify(200, seen, FILMS)
    assert found.unknown == (Stretch(start=100, end=110),)


def test_black_that_is_too_long_for_the_work_stays_unknown() -> None:
    seen = [sighting(0, 100, at(0, 0)), sighting(130, 220, at(2, 110))]
    found = identify(220, seen, FILMS, [Stretch(start=100, end=130)])
    assert found.unknown == (Stretch(start=100, end=130),)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 190), st.integers(1, 60), st.sampled_from([FILM, OTHER]),
            st.integers(0, 90), st.sampled_from(list(EvidenceKind)),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_every_frame_is_said_once(
    drawn: list[tuple[int, int, str, int, EvidenceKind]],
) -> None:
    seen = [
        sighting(start, min(start + length, 200), at(0, frame, film), kind)
        for start, length, film, frame, kind in drawn
    ]
    found = identify(200, seen, FILMS, [Stretch(start=50, end=150)])
    spans = [(s.start, s.end) for s in found.segments]
    spans = sorted([*spans, *((s.start, s.end) for s in found.unknown)])
    assert spans[0][0] == 0
    assert spans[-1][1] == 200
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))
