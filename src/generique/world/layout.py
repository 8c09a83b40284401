"""The plan of a place: its bounds, its streets and lots, its relief, and the way through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Ints
from generique.world.furniture import Furniture
from generique.world.reasons import staging as told
from generique.world.reasons.names import listed
from generique.world.reasons.telling import LandmarkName, refused
from generique.world.relief import FLAT, Relief
from generique.world.water import Water

BEHIND = 0.2
"""Share of the extent that lies south of the origin, where cameras look away from."""
TURNING_CIRCLE = 10.8
"""Radius of the carriageway at the end of a closed street, metres."""
MOST_NAMED = 12
HIDING = 0.75
"""Share of a landmark's radius within which it hides what is behind it."""
LEAST_SHOWN = 0.3
"""Share of a thing in a room that has to be seen for it to be in sight."""
ABOVE_THE_TREES = 16.5
"""Metres; roofs reach 12 and trees 16, and a camera below this has to keep to the street."""
STREET_ROOM = 4.0
"""Metres to either side of the way through a place that are free for a camera."""


@dataclass(frozen=True)
class Bounds:
    """The square that is built in detail, metres."""

    x0: float
    y0: float
    extent: float

    def inside(self, points: Floats, margin: float) -> Flags:
        """True for n x 2 points at least ``margin`` inside the edge."""
        low = np.array([self.x0, self.y0]) + margin
        high = low + self.extent - 2 * margin
        return np.asarray(np.all((points > low) & (points < high), axis=1))


@dataclass(frozen=True)
class Roadway:
    """Lanes of a street that is more than one lane each way.

    Attributes:
        lanes: Metres from the centre line to the middle of each lane, fastest first; to the right
            of the way along the line, and to the left of it for those who drive back.
        speeds: Of each lane, metres a second.
        lorries: Of each lane, share of its vehicles that are lorries, vans and buses.
        spacing: Metres between vehicles in the densest traffic.
        height: n, metres of the carriageway at the line's points where it is raised above the
            ground, and no more than that of the ground elsewhere; None where it never is.
        oneway: True when nobody drives back.
    """

    lanes: tuple[float, ...]
    speeds: tuple[float, ...]
    lorries: tuple[float, ...]
    spacing: float = 34.0
    height: Floats | None = None
    oneway: bool = False


@dataclass(frozen=True)
class Street:
    """A street.

    Attributes:
        line: n x 2 points of the centre line, about 3 m apart.
        half_width: Of the carriageway, metres.
        sodium: True when its lamps are mostly sodium, else LED.
        closed: True when it ends in a turning circle at its last point.
        avenue: True for the long streets that traffic uses.
        roadway: Its lanes; None for one lane each way.
    """

    line: Floats
    half_width: float
    sodium: bool
    closed: bool
    avenue: bool
    roadway: Roadway | None = None

    def along(self) -> Floats:
        """Distance of each point from the first, along the line."""
        return np.asarray(np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(self.line, axis=0), axis=1))])

    def at(self, distance: Floats) -> tuple[Floats, Floats]:
        """Points (n x 2) and unit directions (n x 2) at distances along the line."""
        along = self.along()
        point = np.stack([np.interp(distance, along, self.line[:, k]) for k in (0, 1)], axis=-1)
        slope = np.gradient(self.line, along, axis=0)
        heading = np.stack([np.interp(distance, along, slope[:, k]) for k in (0, 1)], axis=-1)
        return point, heading / np.linalg.norm(heading, axis=-1, keepdims=True)


@dataclass(frozen=True)
class Lots:
    """Where houses stand.

    Attributes:
        centre: n x 2 metres, middle of the house.
        angle: n radians; the house's front looks along its own -y, to the street.
        reach: n metres from the middle of the house to the kerb.
        foot: n metres, height of the ground floor.
    """

    centre: Floats
    angle: Floats
    reach: Floats
    foot: Floats

    def __len__(self) -> int:
        return len(self.centre)

    def to_world(self, which: Ints, local: Floats) -> Floats:
        """Turn points in the houses' own axes into the world's.

        Args:
            which: n indices of lots.
            local: n x ... x 3 metres; x right and y to the back, seen from the street.
        """
        shape = (len(which),) + (1,) * (local.ndim - 2)
        cosine = np.cos(self.angle[which]).reshape(shape)
        sine = np.sin(self.angle[which]).reshape(shape)
        x = self.centre[which, 0].reshape(shape) + cosine * local[..., 0] - sine * local[..., 1]
        y = self.centre[which, 1].reshape(shape) + sine * local[..., 0] + cosine * local[..., 1]
        z = self.foot[which].reshape(shape) + local[..., 2]
        return np.stack([x, y, z], axis=-1)


@dataclass(frozen=True)
class Landmark:
    """Something that a camera can be told to look at.

    Attributes:
        words: What it is called and how it looks: ``house``, ``red``.
        middle: 3 metres, the middle of it.
        radius: Of a sphere that holds it, metres.
        owner: Its code in the mattes, for a thing in a room; None for what stands in the open.
    """

    words: frozenset[str]
    middle: tuple[float, float, float]
    radius: float
    owner: int | None = None


Pane: TypeAlias = tuple[tuple[float, float, float], tuple[float, float, float]]
"""Lowest and highest corner of an upright rectangle that is flat along x or y, metres."""


@dataclass(frozen=True)
class Indoors:
    """The space inside a building that a camera may not leave.

    Attributes:
        low: 3 metres, the lowest corner.
        high: 3 metres, the highest.
        gloss: How much the floor mirrors when one looks straight down, 0 for a carpet to 1.
        rough: How far what it mirrors is blurred, 0 to 1.
        windows: Openings in the outer faces of its walls: nothing of the day comes in but through
            them.
    """

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    gloss: float = 0.0
    rough: float = 0.3
    windows: tuple[Pane, ...] = ()

    def holds(self, points: Floats, margin: float = 0.0) -> Flags:
        """True for n x 3 points inside it, or less than ``margin`` metres outside."""
        low, high = np.array(self.low) - margin, np.array(self.high) + margin
        return np.asarray(np.all((points >= low) & (points <= high), axis=1))

    def leave(self, origins: Floats, ways: Floats) -> Flags:
        """True for rays (n x 3 and n x 3) from inside that leave by a window."""
        leaving = np.zeros(len(origins), bool)
        for pane in self.windows:
            leaving |= _crosses(pane, origins, ways)
        return leaving


def _crosses(pane: Pane, origins: Floats, ways: Floats) -> Flags:
    low, high = (np.array(corner, np.float32) for corner in pane)
    across = int(np.argmin(high - low))
    gap, way = low[across] - origins[:, across], ways[:, across]
    towards = gap * way > 0
    share = gap / np.where(towards, way, 1.0)
    for axis in range(3):
        if axis != across:
            meets = origins[:, axis] + ways[:, axis] * share
            towards &= (meets >= low[axis]) & (meets <= high[axis])
    return np.asarray(towards)


@dataclass(frozen=True)
class Passage:
    """A way out of a room through its open window, and on over what is outside.

    Attributes:
        room: Behind the window.
        window: 3 metres, the middle of the opening in the inner face of the wall.
        out: 2, unit vector out of the room.
        half: Half the clear width and half the clear height of the opening, metres.
        depth: Metres from the inner face of the wall to its outer one.
        inside: Metres of the way before the window, at most.
        solids: n x 2 x 3 metres, lowest and highest corners of what stands in the room.
        foot: Height from which the camera's is counted, metres: the foot of the room's house, or
            the storey of a tower.
    """

    room: Indoors
    window: tuple[float, float, float]
    out: tuple[float, float]
    half: tuple[float, float]
    depth: float
    inside: float
    solids: Floats
    foot: float = 0.0

    def ahead(self, points: Floats) -> Floats:
        """Metres beyond the window, n, of n x 3 points; less than 0 in the room."""
        return np.asarray((points[:, :2] - self.window[:2]) @ np.array(self.out))


@dataclass(frozen=True)
class Roofs:
    """How high what is built stands, on a coarse map.

    Attributes:
        origin: 2 metres, the south-west corner of the map.
        cell: Side of a cell, metres.
        height: rows from south to north x columns from west to east, metres above height 0.
    """

    origin: Floats
    cell: float
    height: Floats

    def at(self, points: Floats, reach: float = 0.0) -> Floats:
        """The highest of what stands within ``reach`` metres of n x 2 points, n metres."""
        steps = int(np.ceil(reach / self.cell))
        shifts = np.arange(-steps, steps + 1)
        cell = np.floor((points - self.origin) / self.cell).astype(int)
        row = cell[:, 1, None, None] + shifts[:, None]
        column = cell[:, 0, None, None] + shifts
        inside = (row >= 0) & (column >= 0)
        inside &= (row < self.height.shape[0]) & (column < self.height.shape[1])
        found = self.height[np.where(inside, row, 0), np.where(inside, column, 0)]
        return np.asarray(np.where(inside, found, 0.0).max(axis=(1, 2)))


@dataclass(frozen=True, eq=False)
class Railway:
    """A line on which trains pass.

    Attributes:
        line: n x 2 metres, the middle of the track.
        height: Of the top of the rails, metres.
        goods: True where goods trains pass, else trains of coaches.
    """

    line: Floats
    height: float
    goods: bool


@dataclass(frozen=True)
class Layout:
    """The plan of a place.

    Attributes:
        streets: Those that lamps, cars and pavements follow; the main street is the first.
        lots: Where houses stand; none where nothing is built in lots.
        guide: n x 2 metres, the way through the place from south to north that a camera near the
            ground keeps to: the main street, a track, a bank.
        room: Metres to either side of the guide that are free for a camera.
        relief: Heights of the ground.
        keep_left: True where cars drive on the left.
        water: Lies wherever the relief is lower than its level; None for none.
        landmarks: What can be named as the subject of a shot, the most prominent first.
        indoors: The room that is shown; None for a place in the open.
        roofs: What a camera could fly into; None where nothing is higher than the trees.
        passage: The room with a way through its window; None where there is none.
        railway: The line on which trains pass; None where there is none.
    """

    bounds: Bounds
    streets: tuple[Street, ...]
    lots: Lots
    guide: Floats
    room: float = STREET_ROOM
    relief: Relief = FLAT
    water: Water | None = None
    keep_left: bool = False
    landmarks: tuple[Landmark, ...] = ()
    indoors: Indoors | None = None
    roofs: Roofs | None = None
    passage: Passage | None = None
    furniture: Furniture | None = None
    railway: Railway | None = None

    @property
    def enclosed(self) -> Indoors | None:
        """The room whose walls keep the day out, whether a shot stays in it or not."""
        return self.indoors if self.passage is None else self.passage.room

    def surface_at(self, points: Floats) -> Floats:
        """Heights of ground or water, whichever lies higher: n metres for n x 2 points."""
        height = self.relief.at(points)
        return height if self.water is None else np.maximum(height, self.water.level)

    def named(self, name: str) -> tuple[Landmark, ...]:
        """The landmarks that every word of a name fits, the most prominent first; at least one.

        Raises:
            NotCapable: There is none; says what there is.
        """
        wanted = frozenset(name.casefold().split())
        found = tuple(mark for mark in self.landmarks if wanted and wanted <= mark.words)
        if found:
            return found
        words = sorted({listed(mark.words) for mark in self.landmarks})
        known = tuple(LandmarkName(one) for one in words[:MOST_NAMED])
        refusal = told.NO_SUCH_LANDMARK if known else told.NO_LANDMARKS
        raise refused(refusal, subject=LandmarkName(name), known=known)

    def in_sight(self, landmark: Landmark, eye: Floats) -> bool:
        """True when no other landmark stands between a point (3) and the middle of one.

        In a room it is true when :data:`LEAST_SHOWN` of a thing is seen past all others; of the
        open, what its window shows.
        """
        if self.furniture is not None:
            if landmark.owner is not None:
                return self.furniture.shown(landmark.owner, eye) >= LEAST_SHOWN
            if self.furniture.hidden(eye, np.array([landmark.middle])).any():
                return False
        others = [mark for mark in self.landmarks if mark.owner is None and mark is not landmark]
        if not others:
            return True
        middles = np.array([mark.middle for mark in others])
        to = np.array(landmark.middle) - eye
        along = np.clip((middles - eye) @ to / (to @ to), 0.0, 1.0)
        gaps = np.linalg.norm(eye + along[:, None] * to - middles, axis=1)
        return bool(np.all(gaps > HIDING * np.array([mark.radius for mark in others])))

    def street_points(self) -> Floats:
        """Points of all centre lines, n x 2."""
        return np.vstack([np.zeros((0, 2)), *(street.line for street in self.streets)])


def to_others(streets: tuple[Street, ...], index: int, points: Floats, reach: float) -> Floats:
    """Metres from points to the nearest centre line of another street; infinite beyond a reach.

    Args:
        streets: All of them.
        index: The street that the points belong to.
        points: n x 2 metres.
        reach: Metres.
    """
    if len(points) == 0:
        return np.zeros(0)
    low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
    near = [
        street.line[np.all((street.line > low) & (street.line < high), axis=1)]
        for k, street in enumerate(streets)
        if k != index
    ]
    lines = np.concatenate([np.zeros((0, 2)), *near])
    if len(lines) == 0:
        return np.full(len(points), np.inf)
    return np.asarray(cKDTree(lines).query(points, distance_upper_bound=reach)[0])


def square(extent: float) -> Bounds:
    """The square of a place: most of it lies north of the origin, ahead of the camera."""
    return Bounds(-extent / 2, -BEHIND * extent, extent)


NO_LOTS = Lots(np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.zeros(0))
