"""Rays of the light bake, in numba: from receivers to lights and to the sky.

Each kernel releases the interpreter, so that two threads bake at the same time. Chance comes from a
hash of the receiver and the light, never from a shared generator: the result does not depend on how
the work is divided.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generique.backends.world.compiled import compiled

Single: TypeAlias = NDArray[np.float32]
Rays: TypeAlias = tuple[Single, Single, Single, NDArray[np.int32], NDArray[np.int32], Single]
"""Origins, directions, lengths, receivers, lights and strengths, one row a ray."""

FAINTEST = 0.004
"""Irradiance below which a light is left out; the night sky gives about 0.1."""
BRIGHTEST_BEAM = 1.01
"""No beam's relative intensity is higher."""
NEAREST = 0.35
"""Least squared distance that is counted, in square metres, against fireflies."""


@compiled
def _hash(a: int, b: int) -> Any:
    """32 bits that belong to two numbers (the finaliser of MurmurHash3)."""
    mask = np.uint64(0xFFFFFFFF)
    h = (np.uint64(a) * np.uint64(0x9E3779B1) + np.uint64(b) * np.uint64(0x85EBCA77)) & mask
    h ^= h >> np.uint64(16)
    h = (h * np.uint64(0x85EBCA6B)) & mask
    h ^= h >> np.uint64(13)
    h = (h * np.uint64(0xC2B2AE35)) & mask
    h ^= h >> np.uint64(16)
    return h


@compiled
def _share(a: int, b: int) -> float:
    """A number from 0 to 1 that belongs to two numbers."""
    return float(_hash(a, b)) / 4294967296.0


@compiled
def _beam(kind: int, cosine: float) -> float:
    """Relative intensity of a kind of light at an angle from its axis."""
    if kind in (0, 3):
        if cosine <= 0:
            return 0.0
        wide = (0.35 + 0.65 * math.sqrt(cosine)) * min(cosine * 4, 1.0)
        return wide * (1.25 - 0.45 * cosine * cosine * cosine)
    if kind == 1:
        return max(cosine, 0.0)
    return 0.4 + 0.6 * max(cosine, 0.0) if cosine > -0.2 else 0.15


@compiled
def _ray(offset: Any, normal: Any, lamp: Any, bits: Any, spread: float) -> Any:
    """Direction, distance and strength of one ray; strength 0 when it does not count.

    A normal of length 0 stands for a receiver that light reaches from all sides.
    """
    ax, ay, az, beam, strength, limit = lamp
    none = (0.0, 0.0, 0.0, 0.0, 0.0)
    # One hash gives the shift along all three axes, ten bits each.
    ten = np.uint64(1023)
    dx = offset[0] + (float(bits & ten) / 1023.0 - 0.5) * spread
    dy = offset[1] + (float((bits >> np.uint64(10)) & ten) / 1023.0 - 0.5) * spread
    dz = offset[2] + (float((bits >> np.uint64(20)) & ten) / 1023.0 - 0.5) * spread
    square = dx * dx + dy * dy + dz * dz
    far = math.sqrt(square) + 1e-6
    if far >= limit:
        return none
    dx, dy, dz = dx / far, dy / far, dz / far
    facing = dx * normal[0] + dy * normal[1] + dz * normal[2]
    if normal[0] == 0 and normal[1] == 0 and normal[2] == 0:
        facing = 1.0
    cosine = -(dx * ax + dy * ay + dz * az)
    fade = 1 - (far / limit) ** 4
    weight = _beam(beam, cosine) / max(square, NEAREST) * fade * fade * facing
    if weight * strength <= FAINTEST:
        return none
    return dx, dy, dz, far, weight


@compiled
def _in_vain(offset: Any, normal: Any, lamp: Any, spread: float) -> bool:
    """True for a pair whose ray cannot count, wherever in its lamp it ends: most, told cheaply."""
    dx, dy, dz = offset
    limit = lamp[5]
    if dx * dx + dy * dy > limit * limit:
        return True
    # The end of a ray is moved by half the spread along each axis at most, and a little is spare.
    nx, ny, nz = normal
    play = 0.51 * spread
    if dx * nx + dy * ny + dz * nz < -play * (abs(nx) + abs(ny) + abs(nz)) - 1e-3:
        return True
    least = max(math.sqrt(dx * dx + dy * dy + dz * dz) - 1.74 * play - 1e-3, 0.0)
    return bool(BRIGHTEST_BEAM * lamp[4] <= FAINTEST * max(least * least, NEAREST))


@compiled
def _fill(points: Any, normals: Any, table: Any, chosen: Any, chance: Any, out: Any) -> int:
    """Write the rays that count; returns how many there are."""
    origins, directions, lengths, receivers, lights, weights = out
    position, axis, beams, strengths, reach = table
    first, soft = chance
    count = 0
    for k in range(len(chosen)):
        light = chosen[k]
        lamp = (
            axis[light, 0],
            axis[light, 1],
            axis[light, 2],
            beams[light],
            strengths[light],
            reach[light],
        )
        spread = 3.4 * (0.3 if beams[light] == 1 and soft > 0 else soft)
        for p in range(len(points)):
            offset = (
                position[light, 0] - points[p, 0],
                position[light, 1] - points[p, 1],
                position[light, 2] - points[p, 2],
            )
            normal = (normals[p, 0], normals[p, 1], normals[p, 2])
            if _in_vain(offset, normal, lamp, spread):
                continue
            ray = _ray(offset, normal, lamp, _hash(int(first) + p, light), spread)
            if ray[4] <= 0:
                continue
            for i in range(3):
                directions[count, i] = ray[i]
                origins[count, i] = points[p, i] + 0.06 * ray[i] + 0.05 * normals[p, i]
            lengths[count] = max(ray[3] - 0.45, 0.01)
            receivers[count] = p
            lights[count] = light
            weights[count] = ray[4]
            count += 1
    return count


@compiled
def lights_near(position: Any, reach: Any, low: Any, high: Any) -> Any:
    """Indices of the lights that can reach a box.

    Args:
        position: n x 3 metres, of the lights.
        reach: n metres.
        low: 3, the lowest corner of the box; heights do not count.
        high: 3, the highest.
    """
    found = np.empty(len(position), np.int64)
    count = 0
    for k in range(len(position)):
        if (
            position[k, 0] > low[0] - reach[k]
            and position[k, 0] < high[0] + reach[k]
            and position[k, 1] > low[1] - reach[k]
            and position[k, 1] < high[1] + reach[k]
        ):
            found[count] = k
            count += 1
    return found[:count]


@compiled
def _add_light(hit: Any, rays: Any, intensity: Any, out: Any) -> None:
    _, _, _, receivers, lights, weights = rays
    for ray in range(len(hit)):
        if hit[ray] == -1:
            for channel in range(3):
                out[receivers[ray], channel] += weights[ray] * intensity[lights[ray], channel]


@compiled
def _add_harmonics(hit: Any, rays: Any, intensity: Any, out: Any) -> None:
    _, directions, _, receivers, lights, weights = rays
    for ray in range(len(hit)):
        if hit[ray] == -1:
            for channel in range(3):
                light = weights[ray] * intensity[lights[ray], channel]
                out[receivers[ray], 0, channel] += 0.25 * light
                for i in range(3):
                    out[receivers[ray], 1 + i, channel] += 0.5 * light * directions[ray, i]


@compiled
def _sky_rays(points: Any, normals: Any, samples: int, first: int) -> Any:
    count = len(points) * samples
    origins = np.empty((count, 3), np.float32)
    directions = np.empty((count, 3), np.float32)
    for p in range(len(points)):
        nx, ny, nz = normals[p, 0], normals[p, 1], normals[p, 2]
        # A frame round the normal without a branch that could divide by zero
        # (Duff et al., Building an Orthonormal Basis, Revisited, 2017).
        sign = 1.0 if nz >= 0 else -1.0
        a = -1.0 / (sign + nz)
        b = nx * ny * a
        tx, ty, tz = 1.0 + sign * nx * nx * a, sign * b, -sign * nx
        sx, sy, sz = b, sign + ny * ny * a, -ny
        turn = _share(first + p, 77)
        for k in range(samples):
            # Stratified in angle and radius, cosine-weighted about the normal.
            radius = np.sqrt((k + _share(first + p, 200 + k)) / samples)
            angle = 6.283185307 * (turn + k * 0.6180339887)
            u, v = radius * np.cos(angle), radius * np.sin(angle)
            w = np.sqrt(max(0.0, 1.0 - radius * radius))
            row = p * samples + k
            directions[row, 0] = tx * u + sx * v + nx * w
            directions[row, 1] = ty * u + sy * v + ny * w
            directions[row, 2] = tz * u + sz * v + nz * w
            origins[row, 0] = points[p, 0] + 0.08 * nx
            origins[row, 1] = points[p, 1] + 0.08 * ny
            origins[row, 2] = points[p, 2] + 0.08 * nz
    return origins, directions


def light_rays(
    points: Single,
    normals: Single | None,
    lights: tuple[Single, Single, NDArray[np.int32], Single, Single],
    chosen: NDArray[np.int64],
    first: int,
    soft: float,
) -> Rays:
    """Rays from receivers to the lights that can matter to them.

    Args:
        points: n x 3 metres.
        normals: n x 3, or None for receivers that light reaches from all sides.
        lights: Position (m x 3), axis (m x 3), beam (m), brightest channel (m), reach (m).
        chosen: Indices of the lights to try.
        first: Number of the first receiver in the whole bake, which seeds its chance.
        soft: Size of a lamp in metres, which softens its shadows.

    Returns:
        The rays; a strength is the irradiance for an intensity of 1.
    """
    used = np.zeros_like(points) if normals is None else normals
    # Room for a ray from every point to every light: memory that is never touched costs nothing.
    room = _room(len(points) * len(chosen))
    count = _fill(points, used, lights, chosen, (first, soft), room)
    origins, directions, lengths, receivers, indices, weights = room
    return (
        origins[:count],
        directions[:count],
        lengths[:count],
        receivers[:count],
        indices[:count],
        weights[:count],
    )


def _room(count: int) -> Rays:
    return (
        np.empty((count, 3), np.float32),
        np.empty((count, 3), np.float32),
        np.empty(count, np.float32),
        np.empty(count, np.int32),
        np.empty(count, np.int32),
        np.empty(count, np.float32),
    )


def add_light(hit: NDArray[np.int32], rays: Rays, intensity: Single, out: Single) -> None:
    """Add the light of unblocked rays to irradiance ``out``, n x 3."""
    _add_light(hit, rays, intensity, out)


def add_harmonics(hit: NDArray[np.int32], rays: Rays, intensity: Single, out: Single) -> None:
    """Add the light of unblocked rays to spherical harmonics ``out``, n x 4 x 3.

    Irradiance on a normal n is ``out[0] + n . out[1:4]`` (Ramamoorthi and Hanrahan 2001, cut after
    the first order and kept positive by the reader).
    """
    _add_harmonics(hit, rays, intensity, out)


def sky_rays(points: Single, normals: Single, samples: int, first: int) -> tuple[Single, Single]:
    """Cosine-weighted rays round the normals: origins and directions, n * samples x 3."""
    rays: tuple[Single, Single] = _sky_rays(points, normals, samples, first)
    return rays
