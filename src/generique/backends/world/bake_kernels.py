"""Rays of the light bake, in numba: from receivers to lights and to the sky.

Each kernel releases the interpreter, so that two threads bake at the same time. Chance comes from a
hash of the receiver and the light, never from a shared generator: the result does not depend on how
the work is divided.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray

Single: TypeAlias = NDArray[np.float32]
Rays: TypeAlias = tuple[Single, Single, Single, NDArray[np.int32], NDArray[np.int32], Single]
"""Origins, directions, lengths, receivers, lights and strengths, one row a ray."""

FAINTEST = 0.004
"""Irradiance below which a light is left out; the night sky gives about 0.1."""
NEAREST = 0.35
"""Squared metres added to no distance, but the least one counted, against fireflies."""


@numba.njit(nogil=True, fastmath=False)  # type: ignore[untyped-decorator, unused-ignore]
def _hash(a: int, b: int) -> int:
    """A 32-bit hash of two numbers (the finaliser of MurmurHash3)."""
    h = (np.uint64(a) * np.uint64(0x9E3779B1) + np.uint64(b) * np.uint64(0x85EBCA77)) & np.uint64(
        0xFFFFFFFF
    )
    h ^= h >> np.uint64(16)
    h = (h * np.uint64(0x85EBCA6B)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    h = (h * np.uint64(0xC2B2AE35)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(16)
    return h


@numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _share(a: int, b: int) -> float:
    """A number from 0 to 1 that belongs to two numbers."""
    return _hash(a, b) / 4294967296.0


@numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _beam(kind: int, cosine: float) -> float:
    """Relative intensity of a kind of light at an angle from its axis."""
    if kind == 0:
        if cosine <= 0:
            return 0.0
        wide = (0.35 + 0.65 * cosine**0.5) * min(cosine * 4, 1.0)
        return wide * (1.25 - 0.45 * cosine**3)
    if kind == 1:
        return max(cosine, 0.0)
    return 0.4 + 0.6 * max(cosine, 0.0) if cosine > -0.2 else 0.15


@numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _light_rays(
    points: Any,
    normals: Any,
    position: Any,
    axis: Any,
    beam: Any,
    strength: Any,
    reach: Any,
    chosen: Any,
    first: int,
    soft: float,
    all_round: bool,
) -> Any:
    count = 0
    for fill in range(2):
        if fill == 1:
            origins = np.empty((count, 3), np.float32)
            directions = np.empty((count, 3), np.float32)
            lengths = np.empty(count, np.float32)
            receivers = np.empty(count, np.int32)
            lights = np.empty(count, np.int32)
            weights = np.empty(count, np.float32)
            count = 0
        for k in range(len(chosen)):
            light = chosen[k]
            limit = reach[light]
            spread = 0.3 if beam[light] == 1 else soft
            for p in range(len(points)):
                key = first + p
                a, b, c = light * 3 + 1, light * 3 + 2, light * 3 + 3
                jx = (_share(key, a) - 0.5) * 3.4 * spread
                jy = (_share(key, b) - 0.5) * 3.4 * spread
                jz = (_share(key, c) - 0.5) * 3.4 * spread
                dx = position[light, 0] - points[p, 0]
                dy = position[light, 1] - points[p, 1]
                if dx * dx + dy * dy > limit * limit:
                    continue
                dx += jx
                dy += jy
                dz = position[light, 2] + jz - points[p, 2]
                square = dx * dx + dy * dy + dz * dz
                far = np.sqrt(square) + 1e-6
                if far >= limit:
                    continue
                dx, dy, dz = dx / far, dy / far, dz / far
                facing = 1.0
                if not all_round:
                    facing = dx * normals[p, 0] + dy * normals[p, 1] + dz * normals[p, 2]
                    if facing <= 0:
                        continue
                cosine = -(dx * axis[light, 0] + dy * axis[light, 1] + dz * axis[light, 2])
                fade = 1 - (far / limit) ** 4
                weight = _beam(beam[light], cosine) / max(square, 0.35) * fade * fade * facing
                if weight * strength[light] <= 0.004:
                    continue
                if fill == 1:
                    origins[count, 0] = points[p, 0] + dx * 0.06
                    origins[count, 1] = points[p, 1] + dy * 0.06
                    origins[count, 2] = points[p, 2] + dz * 0.06
                    if not all_round:
                        origins[count, 0] += 0.05 * normals[p, 0]
                        origins[count, 1] += 0.05 * normals[p, 1]
                        origins[count, 2] += 0.05 * normals[p, 2]
                    directions[count, 0] = dx
                    directions[count, 1] = dy
                    directions[count, 2] = dz
                    lengths[count] = max(far - 0.45, 0.01)
                    receivers[count] = p
                    lights[count] = light
                    weights[count] = weight
                count += 1
    return origins, directions, lengths, receivers, lights, weights


@numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _add_light(hit: Any, receivers: Any, lights: Any, weights: Any, intensity: Any, out: Any) -> None:
    for ray in range(len(hit)):
        if hit[ray] == -1:
            for channel in range(3):
                out[receivers[ray], channel] += weights[ray] * intensity[lights[ray], channel]


@numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _add_harmonics(
    hit: Any, directions: Any, receivers: Any, lights: Any, weights: Any, intensity: Any, out: Any
) -> None:
    for ray in range(len(hit)):
        if hit[ray] == -1:
            for channel in range(3):
                light = weights[ray] * intensity[lights[ray], channel]
                out[receivers[ray], 0, channel] += 0.25 * light
                for i in range(3):
                    out[receivers[ray], 1 + i, channel] += 0.5 * light * directions[ray, i]


@numba.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
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
    position, axis, beam, strength, reach = lights
    used = np.zeros((1, 3), np.float32) if normals is None else normals
    rays: Rays = _light_rays(
        points, used, position, axis, beam, strength, reach, chosen, first, soft, normals is None
    )
    return rays


def add_light(hit: NDArray[np.int32], rays: Rays, intensity: Single, out: Single) -> None:
    """Add the light of unblocked rays to irradiance ``out``, n x 3."""
    _, _, _, receivers, lights, weights = rays
    _add_light(hit, receivers, lights, weights, intensity, out)


def add_harmonics(hit: NDArray[np.int32], rays: Rays, intensity: Single, out: Single) -> None:
    """Add the light of unblocked rays to spherical harmonics ``out``, n x 4 x 3.

    Irradiance on a normal n is ``out[0] + n . out[1:4]`` (Ramamoorthi and Hanrahan 2001, cut after
    the first order and kept positive by the reader).
    """
    _, directions, _, receivers, lights, weights = rays
    _add_harmonics(hit, directions, receivers, lights, weights, intensity, out)


def sky_rays(points: Single, normals: Single, samples: int, first: int) -> tuple[Single, Single]:
    """Cosine-weighted rays round the normals: origins and directions, n * samples x 3."""
    rays: tuple[Single, Single] = _sky_rays(points, normals, samples, first)
    return rays
