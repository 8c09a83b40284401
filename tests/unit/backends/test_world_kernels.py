from __future__ import annotations

import numpy as np
import pytest

from generique.backends.world.bake_kernels import (
    FAINTEST,
    add_harmonics,
    add_light,
    light_rays,
    sky_rays,
)
from generique.backends.world.post import bloom
from generique.backends.world.post_kernels import finish
from generique.world.arrays import Floats


def lamps(count: int) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    chance = np.random.default_rng(4)
    position = np.c_[chance.uniform(-20, 20, (count, 2)), chance.uniform(2, 9, count)]
    axis = np.tile([0, 0, -1.0], (count, 1))
    beam = np.arange(count) % 3
    strength = chance.uniform(1, 200, count)
    reach = np.array([48.0, 13.0, 14.0])[beam]
    return (
        position.astype(np.float32),
        axis.astype(np.float32),
        beam.astype(np.int32),
        strength.astype(np.float32),
        reach.astype(np.float32),
    )


def plain(kind: int, cosine: float) -> float:
    """The beams, written down once more."""
    if kind == 0:
        if cosine <= 0:
            return 0.0
        return float((0.35 + 0.65 * cosine**0.5) * min(cosine * 4, 1) * (1.25 - 0.45 * cosine**3))
    if kind == 1:
        return max(cosine, 0.0)
    return 0.4 + 0.6 * max(cosine, 0.0) if cosine > -0.2 else 0.15


def reference(points: Floats, normals: Floats, table: tuple[Floats, ...]) -> Floats:
    """Irradiance without shadows or softness, one light and one point after the other."""
    position, axis, beam, strength, reach = table
    out = np.zeros(len(points))
    for p, point in enumerate(points):
        for k in range(len(position)):
            offset = position[k].astype(float) - point
            far = float(np.linalg.norm(offset))
            if far >= reach[k]:
                continue
            way = offset / far
            facing = max(float(way @ normals[p]), 0.0)
            weight = plain(int(beam[k]), float(-way @ axis[k])) / max(far**2, 0.35)
            weight *= (1 - (far / reach[k]) ** 4) ** 2 * facing
            if weight * strength[k] > FAINTEST:
                out[p] += weight * strength[k]
    return out


def test_the_bake_kernel_agrees_with_a_plain_loop() -> None:
    chance = np.random.default_rng(5)
    table = lamps(12)
    # No window: its softness is its own and cannot be set to nothing.
    table[2][table[2] == 1] = 2
    points = np.c_[chance.uniform(-20, 20, (60, 2)), np.zeros(60)].astype(np.float32)
    normals = np.tile([0, 0, 1], (60, 1)).astype(np.float32)
    rays = light_rays(points, normals, table, np.arange(12), 0, 0.0)
    out = np.zeros((60, 3), np.float32)
    intensity = np.repeat(table[3][:, None], 3, axis=1)
    add_light(np.full(len(rays[0]), -1, np.int32), rays, intensity, out)
    assert out[:, 0] == pytest.approx(reference(points, normals, table), rel=2e-3, abs=2e-3)
    assert np.allclose(np.linalg.norm(rays[1], axis=1), 1, atol=1e-5)


def test_blocked_rays_give_nothing() -> None:
    table = lamps(4)
    points = np.zeros((3, 3), np.float32)
    normals = np.tile([0, 0, 1], (3, 1)).astype(np.float32)
    rays = light_rays(points, normals, table, np.arange(4), 0, 0.2)
    out = np.zeros((3, 3), np.float32)
    add_light(np.zeros(len(rays[0]), np.int32), rays, np.ones((4, 3), np.float32), out)
    assert out.max() == 0


def test_light_does_not_depend_on_how_the_work_is_cut() -> None:
    table = lamps(6)
    points = np.random.default_rng(2).uniform(-9, 9, (20, 3)).astype(np.float32)
    points[:, 2] = 0
    normals = np.tile([0, 0, 1], (20, 1)).astype(np.float32)
    whole = light_rays(points, normals, table, np.arange(6), 100, 0.3)
    late = light_rays(points[8:], normals[8:], table, np.arange(6), 108, 0.3)
    chosen = whole[3] >= 8
    assert whole[1][chosen].tobytes() == late[1].tobytes()


def test_harmonics_are_brighter_towards_the_light() -> None:
    table = lamps(1)
    table[0][0] = 5, 0, 4
    point = np.array([[0, 0, 2]], np.float32)
    rays = light_rays(point, None, table, np.arange(1), 0, 0.0)
    out = np.zeros((1, 4, 3), np.float32)
    add_harmonics(np.full(1, -1, np.int32), rays, np.ones((1, 3), np.float32), out)
    towards = out[0, 0, 0] + out[0, 1, 0]
    away = out[0, 0, 0] - out[0, 1, 0]
    assert towards > 3 * max(away, 0)


def test_sky_rays_are_spread_by_the_cosine() -> None:
    chance = np.random.default_rng(1)
    normals = chance.normal(size=(400, 3))
    normals = (normals / np.linalg.norm(normals, axis=1, keepdims=True)).astype(np.float32)
    origins, directions = sky_rays(np.zeros((400, 3), np.float32), normals, 12, 0)
    cosine = np.sum(directions.reshape(400, 12, 3) * normals[:, None], axis=2)
    assert np.allclose(np.linalg.norm(directions, axis=1), 1, atol=1e-4)
    assert cosine.min() >= -1e-4
    assert cosine.mean() == pytest.approx(2 / 3, abs=0.01)
    assert np.allclose(np.linalg.norm(origins, axis=1), 0.08, atol=1e-5)


def test_the_finish_agrees_with_plain_numpy() -> None:
    chance = np.random.default_rng(3)
    linear = chance.lognormal(-2, 1.5, (24, 32, 4)).astype(np.float32)
    scattered = (linear[..., :3] * 0.02).astype(np.float32)
    out = np.zeros((24, 32, 3), np.uint8)
    for rows in ((0, 11), (11, 24)):
        finish(linear, scattered, out, (2.0, 0.15, 1.2, 1.25, 0.0), 1, rows)
    wanted = plain_finish(linear, scattered, (2.0, 0.15, 1.2, 1.25))
    assert np.abs(out.astype(float) - wanted).max() <= 1


def plain_finish(
    linear: Floats, scattered: Floats, look: tuple[float, float, float, float]
) -> Floats:
    exposure, vignette, saturation, power = look
    height, width = linear.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    radius = ((x - width / 2) ** 2 + (y - height / 2) ** 2) / (width / 2) ** 2
    light = (linear[..., :3] * 0.86 + scattered) * (exposure / (1 + vignette * radius) ** 2)[
        ..., None
    ]
    inset = np.array(
        [
            (0.842479, 0.0784336, 0.0792237),
            (0.0423283, 0.878468, 0.0791661),
            (0.0423757, 0.0784336, 0.879142),
        ]
    )
    t = np.clip((np.log2(np.maximum(light @ inset.T, 1e-8)) + 10.8) / 15.4, 0, 1)
    curve = np.polyval([15.5, -40.14, 31.96, -6.868, 0.4298, 0.1191, -0.00232], t)
    luma = curve @ np.array([0.2126, 0.7152, 0.0722])
    shown = np.maximum(luma[..., None] + (curve - luma[..., None]) * saturation, 0) ** power
    return np.asarray(np.floor(np.clip(shown * 255 + 0.5, 0, 255)))


def test_grain_is_seeded() -> None:
    linear = np.full((16, 16, 4), 0.2, np.float32)
    nothing = np.zeros((16, 16, 3), np.float32)
    shots = []
    for seed in (1, 1, 2):
        out = np.zeros((16, 16, 3), np.uint8)
        finish(linear, nothing, out, (1.0, 0.0, 1.0, 1.0, 0.03), seed, (0, 16))
        shots.append(out.tobytes())
    assert shots[0] == shots[1] != shots[2]


def test_a_lamp_blooms_and_keeps_its_place() -> None:
    linear = np.zeros((90, 160, 4), np.float32)
    linear[40:42, 80:82] = 30
    glow = bloom(linear)
    assert glow.shape == (90, 160, 3)
    assert glow[41, 81, 0] > glow[41, 95, 0] > glow[41, 130, 0] > 0
