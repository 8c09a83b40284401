"""Cars that drive, and the light of their lamps."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.relight import Lit
from generique.backends.world.view import View
from generique.world.arrays import Floats
from generique.world.atmosphere import Air
from generique.world.car import GLAZING, PAINTS, SHAPES, TYRE, car_shape
from generique.world.layout import Bounds
from generique.world.mesh import normals
from generique.world.owners import Thing, owner
from generique.world.traffic import Driver

MOST_HEADS = 4
"""As many pairs of headlights light the street; the shader has the same number."""
HEAD_REACH = 260.0
HEAD_LIGHT = 2600.0
SEEN = 600.0
CAR_LENGTH = 4.6


class CarPass:
    """Draws the moving cars of a shot."""

    def __init__(
        self,
        context: moderngl.Context,
        cars: tuple[Driver, ...],
        ground: tuple[Bounds, Lit],
        air: Air,
        way: Floats,
    ) -> None:
        self._program = Program(context, "car")
        self._cars = [(k, car) for k, car in enumerate(cars) if _comes_near(car, way)]
        self._bounds, lit = ground
        self._light = lit.ground
        self._strength = max(air.artificial, 0.02)
        self._least = np.asarray(air.sky.ambient) * np.pi
        self._arrays = [
            context.vertex_array(
                self._program.handle,
                [(context.buffer(_body(kind)), "3f4 3f4 4f4", "place", "facing", "look")],
            )
            for kind in range(len(SHAPES))
        ]

    def heads(self, seconds: float, view: View) -> dict[str, Uniform]:
        """Uniforms of the headlights nearest to the camera's aim at a time."""
        near = []
        for _, car in self._cars:
            x, y, turn = car.pose(seconds)
            away = float(np.hypot(x - view.eye[0], y - view.eye[1]))
            ahead = (np.array([x, y]) - view.eye[:2]) @ view.forward[:2] > -60
            if away < HEAD_REACH and ahead:
                near.append((away, x, y, turn))
        near = sorted(near)[:MOST_HEADS]
        place = np.zeros((MOST_HEADS, 4), np.float32)
        way = np.zeros((MOST_HEADS, 3), np.float32)
        for k, (_, x, y, turn) in enumerate(near):
            ahead_ = np.array([np.cos(turn), np.sin(turn), -0.035])
            place[k] = [*(np.array([x, y, 0.65]) + ahead_ * 2.35), HEAD_LIGHT * self._strength]
            way[k] = ahead_ / np.linalg.norm(ahead_)
        return {
            "headCount": len(near),
            "headPlace": place.tobytes(),
            "headWay": way.tobytes(),
        }

    def draw(
        self, seconds: float, view: View, uniforms: dict[str, Uniform], after: float | None = None
    ) -> None:
        """Draw the cars of a moment.

        Args:
            seconds: The moment.
            view: Of the camera.
            uniforms: Shared by all programs.
            after: The moment that movement is told to, for the passes of a plate.
        """
        self._program.set(uniforms)
        for number, car in self._cars:
            pose = car.pose(seconds)
            if np.hypot(pose[0] - view.eye[0], pose[1] - view.eye[1]) > SEEN:
                continue
            self._program.set(
                {
                    "pose": pose,
                    "poseAfter": pose if after is None else _moved(car, pose, after),
                    "owner": int(owner(Thing.TRAFFIC, number)),
                    "paint": PAINTS[car.colour],
                    "irradiance": self._light_at(pose[0], pose[1]),
                }
            )
            self._arrays[car.kind].render(moderngl.TRIANGLES)

    def _light_at(self, x: float, y: float) -> Floats:
        side, bounds = len(self._light), self._bounds
        column = int((x - bounds.x0) * side / bounds.extent)
        row = int((y - bounds.y0) * side / bounds.extent)
        if not (2 <= column < side - 2 and 2 <= row < side - 2):
            return self._least
        patch = self._light[row - 2 : row + 3, column - 2 : column + 3]
        return np.asarray(np.maximum(patch.astype(float).mean(axis=(0, 1)), self._least))


def _moved(
    car: Driver, pose: tuple[float, float, float], after: float
) -> tuple[float, float, float]:
    """Where a car will be; where it is, if it is about to come in again at the other end."""
    then = car.pose(after)
    return pose if np.hypot(then[0] - pose[0], then[1] - pose[1]) > CAR_LENGTH * 10 else then


def _comes_near(car: Driver, way: Floats) -> bool:
    """True when a car is seen at some time; ``way`` has a row of the camera for each second."""
    places = np.array([car.pose(float(at))[:2] for at in range(len(way))])
    return bool(np.linalg.norm(places - way[:, :2], axis=1).min() < SEEN)


def _body(kind: int) -> bytes:
    """Vertices of a car: place, normal and look (colour and what it is)."""
    shape = car_shape(kind)
    looks = np.array([(0.0, 0.0, 0.0, 1.0), (*GLAZING, 0.0), (*TYRE, 0.2)])[shape.part]
    length = shape.corners[..., 0].max(), shape.corners[..., 0].min()
    corners, lamps = [shape.corners], []
    for y in (-0.65, 0.65):
        corners.append(_lamp(length[0] - 0.05, y, 0.66, 0.17))
        lamps.append((260.0, 245.0, 215.0, -1.0))
        corners.append(_lamp(length[1] - 0.02, y, 0.82, 0.19))
        lamps.append((30.0, 1.2, 0.5, -1.0))
    every = np.concatenate(corners)
    look = np.concatenate([looks, np.array(lamps)])
    order = [0, 1, 2, 0, 2, 3]
    facing = np.repeat(normals(every)[:, None], 6, axis=1)
    table = np.concatenate([every[:, order], facing, np.repeat(look[:, None], 6, axis=1)], axis=2)
    return np.ascontiguousarray(table.reshape(-1, 10), np.float32).tobytes()


def _lamp(x: float, y: float, z: float, half: float) -> Floats:
    rim = [(-half, -half * 0.6), (half, -half * 0.6), (half, half * 0.6), (-half, half * 0.6)]
    return np.array([[(x, y + dy, z + dz) for dy, dz in rim]])
