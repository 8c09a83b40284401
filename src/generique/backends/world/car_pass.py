"""Cars that drive, and the light of their lamps."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.relight import Lit
from generique.backends.world.view import View
from generique.world.arrays import Flags, Floats
from generique.world.kit.car import (
    BODIES,
    LIVERIES,
    PAINTS,
    CarShape,
    car_shape,
    far_shape,
    lamps_of,
    part_looks,
)
from generique.world.kit.car_bodies import TRIM, Part
from generique.world.kit.train_bodies import KIND_COACH, KIND_ENGINE
from generique.world.layout import Bounds
from generique.world.owners import Thing, owner
from generique.world.sky.atmosphere import Air
from generique.world.traffic import Driver, Fleet

MOST_HEADS = 4
"""As many pairs of headlights light what stands; the shader has the same number."""
HEAD_REACH = 260.0
HEAD_LIGHT = 2600.0
FULL = 120.0
"""Metres up to which a car is drawn in full."""
SEEN = 900.0
"""Metres up to which its body is drawn at all; its lamps are seen from anywhere."""
SHADES = 260.0
"""Metres up to which the shade under a car is drawn."""
POOLS = 700.0
"""Metres up to which the light before a car is drawn on the road."""
HEADLAMP = (900.0, 860.0, 770.0)
XENON = (800.0, 860.0, 920.0)
TAILLAMP = (48.0, 1.5, 0.6)
COACH_LIGHT = (1.7, 1.3, 0.82)
"""Radiance of the windows of a coach."""
CAR_LENGTH = 4.6
_ROW = 68
"""Octets of a car in the table of a body."""
_BODY = "place", "facing", "look"
_CAR = "stand", "paint", "lit"


@dataclass(frozen=True)
class _Moment:
    """Cars at a time, those far behind the camera left out.

    Attributes:
        which: n, indices in the fleet.
        pose: n x 5, as :meth:`Fleet.poses`.
        away: n metres from the camera.
    """

    which: Floats
    pose: Floats
    away: Floats


class CarPass:
    """Draws the moving cars of a shot."""

    def __init__(
        self,
        context: moderngl.Context,
        cars: tuple[Driver, ...],
        ground: tuple[Bounds, Lit],
        air: Air,
        wet: float,
    ) -> None:
        """Upload the bodies.

        Args:
            context: Where to.
            cars: Of the shot.
            ground: For the light that falls on them.
            air: The sky that they mirror, and by how much it pales their lamps.
            wet: How wet the road is, 0 to 1.
        """
        self._fleet = Fleet(cars)
        self._bounds, lit = ground
        self._light = lit.ground
        self._strength = max(air.artificial, 0.02)
        self._least = np.asarray(air.sky.ambient) * np.pi
        self._wet = wet
        self._mirrored = np.asarray(air.sky.zenith) * 0.5 + np.asarray(air.sky.horizon) * 0.5
        self._program = Program(context, "car")
        self._room = context.buffer(reserve=max(1, len(cars)) * _ROW)
        self._bodies = [
            [self._array(context, shape(kind), kind) for shape in (car_shape, far_shape)]
            for kind in range(len(BODIES))
        ]
        self._lamp, self._pool = Program(context, "carlamp"), Program(context, "pool")
        self._mirror = Program(context, "reflection")
        self._lamp_room = context.buffer(reserve=max(1, len(cars)) * 4 * 36)
        self._lamps = context.vertex_array(
            self._lamp.handle, [(self._lamp_room, "3f4 3f4 3f4", "place", "way", "light")]
        )
        corners = context.buffer(np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)], np.float32))
        self._shade = Program(context, "shade")
        self._shade_room = context.buffer(reserve=max(1, len(cars)) * 24)
        self._shades = context.vertex_array(
            self._shade.handle,
            [(corners, "2f4", "corner"), (self._shade_room, "4f4 2f4/i", "stand", "halves")],
        )
        self._pool_room = context.buffer(reserve=max(1, len(cars)) * 16)
        self._pools = context.vertex_array(
            self._pool.handle,
            [(corners, "2f4", "corner"), (self._pool_room, "4f4/i", "stand")],
        )
        self._mirror_room = context.buffer(reserve=max(1, len(cars)) * 4 * 24)
        self._mirrors = context.vertex_array(
            self._mirror.handle,
            [(corners, "2f4", "corner"), (self._mirror_room, "3f4 3f4/i", "place", "light")],
        )
        self._places = [np.concatenate(lamps_of(kind)) for kind in range(len(BODIES))]
        xenon = (self._fleet.colour * 7 + self._fleet.kind * 3) % 5 < 2
        self._heads = np.where(xenon[:, None], np.array(XENON), np.array(HEADLAMP))

    def _array(self, context: moderngl.Context, shape: CarShape, kind: int) -> moderngl.VertexArray:
        told = "owner" in self._program.handle
        rest, named = ("4f4 1i4", ("then", "owner")) if told else ("16x 4x", ())
        return context.vertex_array(
            self._program.handle,
            [
                (context.buffer(_vertices(shape, kind)), "3f4 3f4 4f4", *_BODY),
                (self._room, f"4f4 4f4 4f4 {rest}/i", *_CAR, *named),
            ],
        )

    def _moment(self, seconds: float, view: View) -> _Moment:
        pose = self._fleet.poses(seconds)
        offset = pose[:, :2] - view.eye[:2]
        away = np.linalg.norm(offset, axis=1)
        ahead = offset @ view.forward[:2] > -90
        which = np.flatnonzero(ahead)
        return _Moment(which, pose[which], away[which])

    def heads(self, seconds: float, view: View) -> dict[str, Uniform]:
        """Uniforms of the headlights nearest to the camera's aim at a time."""
        now = self._moment(seconds, view)
        near = np.argsort(now.away, kind="stable")
        near = near[self._fleet.lamps[now.which[near], 0]][:MOST_HEADS]
        near = near[now.away[near] < HEAD_REACH]
        place = np.zeros((MOST_HEADS, 4), np.float32)
        way = np.zeros((MOST_HEADS, 3), np.float32)
        for k, index in enumerate(near):
            x, y, turn, z, _ = now.pose[index]
            front = BODIES[self._fleet.kind[now.which[index]]].ends[0]
            ahead = np.array([np.cos(turn), np.sin(turn), -0.035])
            place[k] = [*(np.array([x, y, z + 0.65]) + ahead * front), HEAD_LIGHT * self._strength]
            way[k] = ahead / np.linalg.norm(ahead)
        return {"headCount": len(near), "headPlace": place.tobytes(), "headWay": way.tobytes()}

    def draw(
        self, seconds: float, view: View, uniforms: dict[str, Uniform], after: float | None = None
    ) -> None:
        """Draw the bodies of a moment.

        Args:
            seconds: The moment.
            view: Of the camera.
            uniforms: Shared by all programs.
            after: The moment that movement is told to, for the passes of a plate.
        """
        now = self._moment(seconds, view)
        then = now.pose if after is None else self._moved(now, after)
        inside = np.array(COACH_LIGHT) * self._strength
        self._program.set({**uniforms, "mirrored": self._mirrored, "inside": inside})
        kinds = self._fleet.kind[now.which]
        for kind in np.unique(kinds):
            own = kinds == kind
            # Trains are few, long and far off: in full from anywhere.
            full, seen = (np.inf, np.inf) if kind >= KIND_ENGINE else (FULL, SEEN)
            for far, there in enumerate((now.away < full, (now.away >= full) & (now.away < seen))):
                chosen = np.flatnonzero(own & there)
                if len(chosen) == 0:
                    continue
                self._room.write(self._table(now, then, chosen))
                self._bodies[kind][far].render(moderngl.TRIANGLES, instances=len(chosen))

    def _moved(self, now: _Moment, after: float) -> Floats:
        """Where cars will be; where they are, if about to come in again at the other end."""
        then = self._fleet.poses(after)[now.which]
        far = np.linalg.norm(then[:, :2] - now.pose[:, :2], axis=1) > CAR_LENGTH * 10
        return np.where(far[:, None], now.pose, then)

    def _table(self, now: _Moment, then: Floats, chosen: Floats) -> bytes:
        which, pose = now.which[chosen], now.pose[chosen]
        colour = PAINTS[self._fleet.colour[which]]
        livery = self._fleet.colour[which] % len(LIVERIES)
        stand = np.c_[pose[:, :2], pose[:, 3], pose[:, 2]]
        after = then[chosen]
        moved = np.c_[after[:, :2], after[:, 3], after[:, 2]]
        table = np.zeros(len(chosen), [("look", "16f4"), ("owner", "i4")])
        table["look"] = np.c_[stand, colour, livery, self._light_at(pose), pose[:, 4], moved]
        on_rails = self._fleet.kind[which] >= KIND_ENGINE
        table["owner"] = np.where(on_rails, owner(Thing.TRAIN, which), owner(Thing.TRAFFIC, which))
        return table.tobytes()

    def draw_shade(self, seconds: float, view: View, uniforms: dict[str, Uniform]) -> None:
        """Darken the road under the cars; blending over what is there is the caller's."""
        now = self._moment(seconds, view)
        near = np.flatnonzero(now.away < SHADES)
        if len(near) == 0:
            return
        x, y, turn, z, _ = now.pose[near].T
        bodies = [BODIES[kind] for kind in self._fleet.kind[now.which[near]]]
        ends = np.array([(body.ends[0], body.ends[1], body.width / 2) for body in bodies])
        middle = (ends[:, 0] + ends[:, 1]) / 2
        table = np.c_[
            x + np.cos(turn) * middle,
            y + np.sin(turn) * middle,
            z,
            turn,
            (ends[:, 0] - ends[:, 1]) / 2,
            ends[:, 2],
        ]
        self._shade_room.write(np.ascontiguousarray(table, np.float32).tobytes())
        self._shade.set(uniforms)
        self._shades.render(moderngl.TRIANGLE_STRIP, instances=len(near))

    def draw_light(self, seconds: float, view: View, uniforms: dict[str, Uniform]) -> None:
        """Add what their lamps throw on the road, and the lamps; blending is the caller's.

        Args:
            seconds: The moment.
            view: The camera.
            uniforms: Of the frame, with the maps of the ground.
        """
        now = self._moment(seconds, view)
        if len(now.which) == 0:
            return
        # The nearest few light the ground in its own shader.
        order = np.argsort(now.away, kind="stable")
        order = order[self._fleet.lamps[now.which[order], 0]][MOST_HEADS:]
        pools = order[(now.away[order] < POOLS)]
        if len(pools) and self._strength > 0.3:
            front = np.array([BODIES[k].ends[0] for k in self._fleet.kind[now.which[pools]]])
            x, y, turn, z, _ = now.pose[pools].T
            nose = np.c_[x + np.cos(turn) * front, y + np.sin(turn) * front, z, turn]
            self._pool_room.write(np.ascontiguousarray(nose, np.float32).tobytes())
            self._pool.set({**uniforms, "strength": HEAD_LIGHT * self._strength})
            self._pools.render(moderngl.TRIANGLE_STRIP, instances=len(pools))
        place, way, light = self._burning(now)
        if self._wet > 0:
            self._draw_mirrored(place, way, light, view, uniforms)
        table = np.c_[place, way, light]
        self._lamp_room.write(np.ascontiguousarray(table, np.float32).tobytes())
        self._lamp.set(uniforms)
        self._lamps.render(moderngl.POINTS, vertices=len(table))

    def _burning(self, now: _Moment) -> tuple[Floats, Floats, Floats]:
        """Place, direction and radiance of every lamp: 4n x 3 each, both heads, then both tails."""
        local = np.array([self._places[k] for k in self._fleet.kind[now.which]]).reshape(-1, 4, 3)
        x, y, turn, z, pitch = (value[:, None] for value in now.pose.T)
        cosine, sine = np.cos(turn), np.sin(turn)
        place = np.stack(
            [
                x + cosine * local[..., 0] - sine * local[..., 1],
                y + sine * local[..., 0] + cosine * local[..., 1],
                z + local[..., 2] + pitch * local[..., 0],
            ],
            axis=-1,
        )
        ahead = np.stack([cosine, sine, 0 * sine], axis=-1)
        way = ahead * np.array([1.0, 1.0, -1.0, -1.0])[None, :, None]
        heads = self._heads[now.which][:, None] * np.ones((1, 2, 1))
        tails = np.broadcast_to(np.array(TAILLAMP), heads.shape)
        burns = np.repeat(self._fleet.lamps[now.which], 2, axis=1)[..., None]
        light = np.concatenate([heads, tails], axis=1) * self._strength * burns
        return place.reshape(-1, 3), way.reshape(-1, 3), light.reshape(-1, 3)

    def _draw_mirrored(
        self, place: Floats, way: Floats, light: Floats, view: View, uniforms: dict[str, Uniform]
    ) -> None:
        """Streaks of the lamps in a wet road."""
        to_eye = view.eye - place
        reach = np.linalg.norm(to_eye, axis=1, keepdims=True)
        facing = np.sum(to_eye / reach * way, axis=1)
        seen: Flags = (facing > 0.3) & (reach[:, 0] < POOLS) & (place[:, 2] < 2.0)
        towards = light[seen] * (facing[seen, None] ** 2 * 0.0011)
        table = np.ascontiguousarray(np.c_[place[seen], towards], np.float32)
        if len(table) == 0:
            return
        self._mirror_room.write(table.tobytes())
        self._mirror.set({**uniforms, "strength": 7.0 * min(1.0, 0.4 + self._wet)})
        self._mirrors.render(moderngl.TRIANGLE_STRIP, instances=len(table))

    def _light_at(self, pose: Floats) -> Floats:
        """Light on the road under cars, n x 3; outside the place as at its mirrored edge."""
        side, bounds = len(self._light), self._bounds
        share = (pose[:, :2] - [bounds.x0, bounds.y0]) / bounds.extent
        cell = ((1 - np.abs(share % 2 - 1)) * side).astype(int)
        total = np.zeros((len(pose), 3))
        for shift in ((0, 0), (-2, 0), (2, 0), (0, -2), (0, 2)):
            at = np.clip(cell + shift, 0, side - 1)
            total += self._light[at[:, 1], at[:, 0]].astype(float)
        return np.maximum(total / 5, self._least)


def _vertices(shape: CarShape, kind: int) -> bytes:
    """Vertices of a car: place, normal and look (colour and what it is)."""
    looks = part_looks(shape, np.zeros((1, 3)))[0]
    if kind >= KIND_ENGINE:
        looks[shape.part == Part.HUB] = TRIM  # wheels of steel, in the shade of the frame
    what = np.zeros(len(shape.part))
    what[shape.part == Part.PAINT] = 1.0
    what[shape.part == Part.GLASS] = 4.0 if kind == KIND_COACH else 2.0
    what[shape.part == Part.LOAD] = 3.0
    order = [0, 1, 2, 0, 2, 3]
    look = np.repeat(np.c_[looks, what][:, None], 6, axis=1)
    table = np.concatenate([shape.corners[:, order], shape.normal[:, order], look], axis=2)
    return np.ascontiguousarray(table.reshape(-1, 10), np.float32).tobytes()
