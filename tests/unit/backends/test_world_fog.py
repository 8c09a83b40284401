"""Fog that lies on the ground, and the programs that know it."""

from __future__ import annotations

from importlib.resources import files

import moderngl
import numpy as np
import pytest

from generique.backends.world.graphics import Program, open_context
from generique.backends.world.terrain_pass import PARTS
from generique.world.arrays import Floats

DEPTH = 18.0
"""Metres."""


def clearness(eye: Floats, points: Floats, layer: float) -> Floats:
    """What the shaders see of points (n x 3 metres) through fog of some extinction (1/m) alone."""
    common = files("generique.backends.world") / "shaders" / "common.glsl"
    head = f"#version 330\n#define FOG\n{common.read_text('utf-8')}"
    text = f"{head}in vec3 place; out float seen; void main() {{ seen = clearness(place); }}"
    context = open_context(fog=True)
    with context:
        program = context.program(vertex_shader=text, varyings=("seen",))
        settings = {"eye": tuple(eye), "layer": layer, "layerDepth": DEPTH, "scaleHeight": 26.0}
        for name, value in settings.items():
            uniform = program[name]
            assert isinstance(uniform, moderngl.Uniform)
            uniform.value = value
        buffer = context.buffer(np.ascontiguousarray(points, np.float32))
        found = context.buffer(reserve=4 * len(points))
        array = context.vertex_array(program, [(buffer, "3f4", "place")])
        # Nothing is drawn, but Mesa wants somewhere to draw to.
        context.simple_framebuffer((4, 4)).use()
        array.transform(found, moderngl.POINTS)
        seen = np.frombuffer(found.read(), np.float32).copy()
    context.release()
    return seen


@pytest.mark.parametrize("height", [2.0, 62.0])
def test_what_is_seen_through_fog_is_its_integral_along_the_line_of_sight(height: float) -> None:
    eye, layer = np.array([10.0, -20.0, height]), 4e-4
    # So far off that the banks are evened out.
    tops = np.array([-3.0, 0.0, 1.98, 2.0, 8.0, 30.0, 62.0, 90.0])
    points = np.c_[np.full(len(tops), 800.0), np.full(len(tops), 2400.0), tops]
    share = (np.arange(4000) + 0.5) / 4000
    for point, seen in zip(points, clearness(eye, points, layer), strict=True):
        z = eye[2] + (point[2] - eye[2]) * share
        thick = np.where(z < 0, 1.0, 1 / np.cosh(np.maximum(z, 0) / DEPTH) ** 2)
        along = layer * thick.mean() * np.linalg.norm(point - eye)
        assert seen == pytest.approx(np.exp(-along), abs=2e-3)


def test_what_stands_out_of_fog_is_seen_and_what_stands_in_it_is_not() -> None:
    eye = np.array([0.0, 0.0, 62.0])
    foot, top = clearness(eye, np.array([[0.0, 500.0, 0.0], [0.0, 500.0, 55.0]]), 0.02)
    assert top > 0.8
    assert foot < 0.4 * top


@pytest.mark.parametrize("plate", [False, True])
@pytest.mark.parametrize("fog", [False, True])
def test_every_program_compiles_with_every_part(*, plate: bool, fog: bool) -> None:
    context = open_context(plate=plate, fog=fog)
    with context:
        for near in ((), ("NEAR",)):
            programs = [Program(context, name, *near) for name in ("ground", "static")]
            programs += [Program(context, "terrain", *parts, *near) for parts in PARTS]
            assert all("VP" in program.handle for program in programs)
        for name in ("water", "tree", "tree_card", "car", "halo", "smoke", "boat", "bird"):
            assert ("layer" in Program(context, name).handle) == fog
    context.release()
