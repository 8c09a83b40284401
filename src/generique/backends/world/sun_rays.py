"""Rays towards the sun, whose disc makes the edge of a shadow soft."""

from __future__ import annotations

import math

import numpy as np

from generique.backends.world.bake_kernels import Single

SUN_RADIUS = math.radians(0.267)
"""Half the angle that the sun covers; the moon covers the same."""


def rounded(direction: tuple[float, float, float]) -> tuple[float, float]:
    """Altitude and azimuth of a direction in steps of half a degree, which no shadow tells apart.

    Args:
        direction: Unit vector; x east, y north, z up.
    """
    east, north, up = direction
    altitude = math.degrees(math.asin(max(-1.0, min(1.0, up))))
    azimuth = math.degrees(math.atan2(east, north)) % 360
    return round(altitude * 2) / 2, round(azimuth * 2) / 2 % 360


def sun_rays(starts: Single, towards: Single, count: int, texel: float) -> tuple[Single, Single]:
    """Rays to the disc of the sun, from the middle of each texel's parts.

    Args:
        starts: n x 3 metres.
        towards: Unit vector to the middle of the disc.
        count: A square number; rays for each start.
        texel: Side of the square about a start that the rays leave from, metres.

    Returns:
        Origins and directions, n * count x 3.
    """
    side = math.isqrt(count)
    line = (np.arange(side) + 0.5) / side - 0.5
    x, y = (part.ravel() for part in np.meshgrid(line, line))
    shifts = np.stack([x, y, np.zeros(count)], axis=-1) * texel
    # On the disc the same pattern, turned by a quarter so that place and angle do not go together.
    across = np.cross(towards, (0.0, 0.0, 1.0) if abs(towards[2]) < 0.9 else (1.0, 0.0, 0.0))
    across /= np.linalg.norm(across)
    over = np.cross(across, towards)
    disc = (y[:, None] * across - x[:, None] * over) * (2 * SUN_RADIUS)
    rays = towards + disc
    rays /= np.linalg.norm(rays, axis=1, keepdims=True)
    origins = (starts[:, None] + shifts).reshape(-1, 3)
    directions = np.broadcast_to(rays, (len(starts), count, 3)).reshape(-1, 3)
    return origins.astype(np.float32), np.ascontiguousarray(directions, np.float32)
