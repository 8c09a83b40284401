"""Cars: what mirrors the sky in them, and their lamps from near."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, matrix, open_context
from generique.backends.world.static_pass import _sleek
from generique.backends.world.view import view_of
from generique.world.camera import Pose
from generique.world.kit.car_bodies import GLAZING, TRIM, TYRE
from generique.world.kit.solids import box
from generique.world.mesh import Finish, paint, tessellate
from generique.world.owners import Thing, owner

SIDE = 96


def test_paint_and_panes_of_cars_mirror_and_their_tyres_do_not() -> None:
    one = box(np.zeros((1, 3)), np.ones((1, 3))).reshape(-1, 4, 3)
    white = (0.6, 0.6, 0.6)
    for colour, thing, expected in (
        (white, Thing.CAR, True),
        (GLAZING, Thing.CAR, True),
        (TYRE, Thing.CAR, False),
        (TRIM, Thing.CAR, False),
        (white, Thing.HOUSE, False),
    ):
        mesh = tessellate(paint(one, Finish(colour, owner=owner(thing, 3))))
        assert (_sleek(mesh) == expected).all(), (colour, thing)


def lamp_from(metres: float) -> np.ndarray:
    """A lamp that shines into the camera from a distance: what it adds, rows and columns."""
    forward, right = np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0])
    pose = Pose(np.zeros(3), forward, right, np.cross(right, forward), 0.0, np.radians(60))
    seen = view_of(pose, 1.0)
    context = open_context()
    with context:
        program = Program(context, "carlamp")
        table = np.array([[0, metres, 0, 0, -1, 0, 900, 850, 800]], np.float32)
        array = context.vertex_array(
            program.handle,
            [(context.buffer(table.tobytes()), "3f4 3f4 3f4", "place", "way", "light")],
        )
        frame = context.framebuffer([context.texture((SIDE, SIDE), 4, dtype="f4")])
        frame.use()
        frame.clear(0.0, 0.0, 0.0, 0.0)
        context.enable(moderngl.PROGRAM_POINT_SIZE)
        pixels = SIDE / 2 / np.tan(seen.hfov / 2)
        program.set(
            {"VP": matrix(seen.matrix), "eye": seen.eye, "scaleHeight": 26.0, "pixels": pixels}
        )
        array.render(moderngl.POINTS)
        shown = np.frombuffer(frame.read(components=4, dtype="f4"), np.float32)
    context.release()
    return shown.reshape(SIDE, SIDE, 4)[..., 0]


def test_a_lamp_of_a_car_is_round_from_near() -> None:
    shown = lamp_from(1.5)
    rows, columns = np.nonzero(shown > 0)
    high, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
    assert min(high, wide) > 12
    assert abs(high - wide) <= 1
    # A disc covers 0.785 of the square about it.
    assert 0.68 < len(rows) / (high * wide) < 0.86
    assert shown.max() > 500


def test_a_lamp_keeps_its_energy_from_afar() -> None:
    energy = [float(lamp_from(metres).sum()) * metres**2 for metres in (2.0, 4.0, 40.0, 80.0)]
    assert np.allclose(energy, energy[0], rtol=0.25)
