"""What an operator would refuse of a way through a window."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.layout import Layout, Passage
from generique.world.reasons import staging as told
from generique.world.reasons.telling import refused
from generique.world.scene import Move, SceneDocument
from generique.world.window_way import LEVEL

LENS_ROOM = 0.25
"""Metres that the lens needs from the frame of the window and from walls."""
THING_ROOM = 0.2
"""Metres that it needs from what stands in the room."""
BEYOND = 0.5
"""Metres beyond the wall that count as out, and before it as in."""
MOST_JUMP = 0.5
"""By which the acceleration may differ from one twenty-fourth of a second to the next, m/s^2."""
HOUSE_ROOM = 1.0
GROUND_ROOM = 0.7
"""Metres that the lens needs from ground and water outside."""
ROOF_ROOM = 3.0
"""Metres that it needs above whatever is built below it, once the wall is behind it."""
OFF_THE_WALL = 9.0
"""Metres beyond the wall from which that counts: roofs are known on a coarse map."""


def check_window(scene: SceneDocument, layout: Layout, passage: Passage, places: Floats) -> None:
    """Refuse a way that does not get through, that touches something, or that jolts.

    Args:
        scene: For its weather.
        layout: Its landmarks are the houses across the street; its relief, water and roofs count.
        passage: The room and its window.
        places: n x 3 metres, the camera every twenty-fourth of a second.

    Raises:
        NotCapable: It fails; says which test and what to change.
    """
    if scene.weather.rain > 0 or scene.weather.snowfall > 0:
        raise refused(told.FALLS_IN_THE_ROOM)
    ahead = passage.ahead(places)
    through = ahead.min() <= -BEYOND and ahead.max() >= passage.depth + BEYOND
    if scene.camera.move is Move.THROUGH and not through:
        raise refused(told.NOT_THROUGH, first=ahead[0], last=ahead[-1])
    _check_opening(passage, places, ahead)
    _check_room(passage, places, ahead)
    if layout.roofs is None:
        _check_houses(layout, places)
    _check_open(layout, places[ahead > passage.depth + LEVEL], passage)
    jolts = np.linalg.norm(np.diff(places, 3, axis=0), axis=1) * 24**2
    if jolts.max(initial=0.0) > MOST_JUMP:
        raise refused(told.JOLTS, jolt=jolts.max(), most=MOST_JUMP)


def clearance(passage: Passage, places: Floats) -> Floats:
    """Metres from points (n x 3) to the nearest thing in the room: n.

    Args:
        passage: Its solids.
        places: Where the camera is.
    """
    low, high = passage.solids[:, 0], passage.solids[:, 1]
    gaps = np.maximum(np.maximum(low - places[:, None], places[:, None] - high), 0.0)
    return np.asarray(np.linalg.norm(gaps, axis=2).min(axis=1))


def _check_opening(passage: Passage, places: Floats, ahead: Floats) -> None:
    """The lens stays within the opening from before the wall to the ends of the open leaves."""
    within = (ahead > -LENS_ROOM) & (ahead < passage.depth + LEVEL)
    aside = np.array([-passage.out[1], passage.out[0]])
    gap = places[within] - np.array(passage.window)
    off = np.stack([np.abs(gap[:, :2] @ aside), np.abs(gap[:, 2])], axis=1)
    spare = (np.array(passage.half) - off).min(initial=np.inf)
    if spare < LENS_ROOM:
        low, high = (passage.window[2] + sign * (passage.half[1] - LENS_ROOM) for sign in (-1, 1))
        raise refused(told.TOUCHES_THE_FRAME, room=LENS_ROOM, spare=spare, low=low, high=high)


def _check_room(passage: Passage, places: Floats, ahead: Floats) -> None:
    """Nothing that stands in the room is touched."""
    inside = places[ahead < 0]
    if len(inside) == 0:
        return
    room = passage.room
    spare = np.minimum(inside - np.array(room.low), np.array(room.high) - inside)
    across = int(np.argmax(np.abs(passage.out)))
    spare[:, across] = (np.array(room.high) - np.array(room.low))[across] + ahead[ahead < 0]
    if spare.min() < LENS_ROOM or clearance(passage, inside).min() < THING_ROOM:
        raise refused(told.TOUCHES_THE_ROOM, walls=LENS_ROOM, things=THING_ROOM)


def _check_houses(layout: Layout, places: Floats) -> None:
    """No house across the street is touched."""
    for house in (mark for mark in layout.landmarks if mark.owner is None):
        gaps = np.linalg.norm(places - np.array(house.middle), axis=1)
        if gaps.min() < house.radius + HOUSE_ROOM:
            raise refused(told.INTO_THE_HOUSE_ACROSS, gap=gaps.min())


def _check_open(layout: Layout, places: Floats, passage: Passage) -> None:
    """Neither ground nor water nor a roof is touched outside."""
    if len(places) == 0:
        return
    above = places[:, 2] - layout.surface_at(places[:, :2])
    if above.min() < GROUND_ROOM:
        raise refused(told.INTO_THE_GROUND, above=above.min(), least=GROUND_ROOM)
    off = places[passage.ahead(places) > passage.depth + OFF_THE_WALL]
    if layout.roofs is None or len(off) == 0:
        return
    roofs = layout.roofs.at(off[:, :2])
    spare = np.where(roofs > 0, off[:, 2] - roofs, np.inf).min()
    if spare < ROOF_ROOM:
        raise refused(told.INTO_A_ROOF, above=spare, least=ROOF_ROOM)
