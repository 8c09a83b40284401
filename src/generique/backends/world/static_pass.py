"""Houses, fences, lamps and parked cars, near and far, and the copies that make the skyline."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform, matrix
from generique.backends.world.receivers import Receivers
from generique.backends.world.relight import Lit, snowed
from generique.backends.world.view import View
from generique.world.arrays import Flags, Floats, Ints
from generique.world.kit.car_bodies import TRIM, TYRE
from generique.world.layout import Bounds
from generique.world.mesh import Level, Mesh
from generique.world.owners import NUMBERS, Thing
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import Air

CHUNK = 64.0
"""Side of the squares in which static things are culled and given a degree of detail, metres."""
SKYLINE_CHUNK = 256.0
SKYLINE_REACH = 1100.0


@dataclass(frozen=True)
class _Chunks:
    """Triangles sorted by square.

    Attributes:
        middle: n x 2, metres.
        first: n + 1, index of the first triangle of each square.
        low: n x 3 metres, the lowest corner of all that a square holds.
        high: n x 3, the highest.
    """

    middle: Floats
    first: Ints
    low: Floats
    high: Floats


class _Surfaces:
    """A mesh on the graphics processor, in squares."""

    def __init__(
        self,
        context: moderngl.Context,
        program: Program,
        mesh: Mesh,
        looks: tuple[Floats, Floats],
        squares: tuple[Bounds, float],
        shine: Floats | float = 1.0,
    ) -> None:
        radiance, albedo = looks
        faces, self.chunks = _sorted(mesh, *squares)
        # OpenGL has no empty buffers.
        vertices = context.buffer(_packed(mesh, radiance, albedo, shine) or bytes(28))
        names = ("place", "radiance", "albedo", "facing")
        used = [name for name in names if name in program.handle]
        layout = " ".join(
            part if name in used else pad
            for name, part, pad in zip(
                names, ("3f4", "4f2", "4f1", "4f1"), ("12x", "8x", "4x", "4x"), strict=True
            )
        )
        content = [(vertices, layout, *used)]
        if "owner" in program.handle:
            owners = mesh.owner.astype(np.int32).tobytes() or bytes(4)
            content.append((context.buffer(owners), "1i4", "owner"))
        self.array = context.vertex_array(
            program.handle, content, context.buffer(faces.astype(np.int32).tobytes() or bytes(12))
        )

    def draw(self, chunk: int) -> int:
        """Draw a square; returns how many triangles it has."""
        first, end = int(self.chunks.first[chunk]), int(self.chunks.first[chunk + 1])
        if end > first:
            self.array.render(moderngl.TRIANGLES, vertices=(end - first) * 3, first=first * 3)
        return end - first


WALLED = (
    Thing.BUILDING,
    Thing.HOUSE,
    Thing.GARAGE,
    Thing.SHED,
    Thing.TOWER,
    Thing.BLOCK,
    Thing.CHURCH,
    Thing.SHOP,
    Thing.STATION,
    Thing.HALL,
    Thing.OFFICE,
    Thing.BRIDGE,
)
"""Whose walls show from near what they are made of."""
SLEEK = 96
"""What of 255 stands beside the colours of a car: it mirrors the sky, and nothing stains it."""
INDOORS = 0.75
"""What stands for a pane or a lamp in a room, which mirrors no sky."""


def _packed(mesh: Mesh, radiance: Floats, albedo: Floats, shine: Floats | float = 1.0) -> bytes:
    vertices = np.zeros(
        len(mesh.position),
        [("p", "3f4"), ("r", "4f2"), ("a", "4u1"), ("n", "4u1")],
    )
    vertices["p"] = mesh.position
    vertices["r"][:, :3] = np.clip(radiance, 0, 2000)
    vertices["r"][:, 3] = mesh.glass * shine
    vertices["a"][:, :3] = np.sqrt(np.clip(albedo, 0, 1)) * 255
    vertices["a"][:, 3] = np.isin(mesh.owner // NUMBERS, WALLED) * 255 + _sleek(mesh) * SLEEK
    vertices["n"][:, :3] = np.clip(mesh.normal * 0.5 + 0.5, 0, 1) * 255
    return vertices.tobytes()


def _sleek(mesh: Mesh) -> Flags:
    """True for the paint and the panes of cars, not for their tyres and bumpers, n."""
    dull = [
        np.all(np.abs(mesh.albedo - np.asarray(colour)) < 1e-4, axis=1) for colour in (TYRE, TRIM)
    ]
    return np.asarray((mesh.owner // NUMBERS == Thing.CAR) & ~dull[0] & ~dull[1])


def _sorted(mesh: Mesh, bounds: Bounds, side: float) -> tuple[Ints, _Chunks]:
    count = max(1, int(np.ceil(bounds.extent / side)))
    origin = np.array([bounds.x0, bounds.y0])
    spot = mesh.position[mesh.faces[:, 0], :2] if len(mesh.faces) else np.zeros((0, 2))
    cell = np.clip(((spot - origin) / side).astype(int), 0, count - 1)
    key = cell[:, 1] * count + cell[:, 0]
    # What was collapsed to less than a triangle hides nothing.
    whole = np.flatnonzero(_spans(mesh))
    order = whole[np.argsort(key[whole], kind="stable")]
    first = np.searchsorted(key[order], np.arange(count * count + 1))
    row, column = np.divmod(np.arange(count * count), count)
    middle = origin + (np.stack([column, row], axis=-1) + 0.5) * side
    faces = mesh.faces[order]
    low, high = _boxes(mesh.position[faces], first)
    return faces, _Chunks(middle, first, low, high)


def _spans(mesh: Mesh) -> Flags:
    """False for triangles without an area, n."""
    a, b, c = (mesh.position[mesh.faces[:, k]] for k in range(3))
    return np.asarray(np.any(np.cross(b - a, c - a) != 0, axis=1))


def _boxes(triangles: Floats, first: Ints) -> tuple[Floats, Floats]:
    """Lowest and highest corners (n x 3) of runs of triangles (m x 3 x 3) from ``first`` on."""
    low, high = np.zeros((len(first) - 1, 3)), np.zeros((len(first) - 1, 3))
    filled = np.flatnonzero(np.diff(first) > 0)
    if len(filled):
        low[filled] = np.minimum.reduceat(triangles.min(axis=1), first[filled])
        high[filled] = np.maximum.reduceat(triangles.max(axis=1), first[filled])
    return low, high


class StaticPass:
    """Draws everything built. Which squares are near is fixed for the whole shot."""

    def __init__(
        self,
        context: moderngl.Context,
        site: Site,
        light: tuple[Receivers, Lit],
        path: Floats,
        near: float,
        *,
        close: bool = False,
    ) -> None:
        """Upload.

        Args:
            context: Where to.
            site: The place.
            light: Receivers and what was mixed for them.
            path: n x 3, where the camera goes, metres.
            near: Distance from the path within which full detail is drawn, metres.
            close: True where the camera comes near enough to see what walls are made of.
        """
        receivers, lit = light
        self._program = Program(context, "static", *(("NEAR",) if close else ()))
        bounds = site.layout.bounds
        squares = (bounds, CHUNK)
        looks, shine = (
            (lit.near, lit.near_albedo),
            np.where(receivers.indoors(receivers.near), INDOORS, 1),
        )
        self._near = _Surfaces(context, self._program, receivers.near, looks, squares, shine)
        self._far = _Surfaces(
            context, self._program, receivers.far, (lit.far, lit.far_albedo), squares
        )
        self._is_near = _distance(self._near.chunks.middle, path) < near + CHUNK * 0.7
        self._bounds = bounds
        self._skyline: _Surfaces | None = None

    def add_skyline(
        self, context: moderngl.Context, mesh: Mesh, looks: tuple[Floats, Floats]
    ) -> None:
        """Upload the coarse copy of the place that is repeated beyond its edge."""
        squares = (self._bounds, min(SKYLINE_CHUNK, self._bounds.extent / 2))
        self._plain = Program(context, "static", "PLAIN")
        self._skyline = _Surfaces(context, self._plain, mesh, looks, squares)

    def draw(self, view: View, uniforms: dict[str, Uniform]) -> int:
        """Draw what a view sees, front to back; returns the number of triangles."""
        self._program.set(uniforms | {"model": matrix(np.eye(4)), "noise": 0, "copied": 0})
        drawn = 0
        for chunk in _seen(self._near.chunks, view, np.eye(4)):
            surfaces = self._near if self._is_near[chunk] else self._far
            drawn += surfaces.draw(chunk)
        return drawn + self._draw_skyline(view, uniforms)

    def _draw_skyline(self, view: View, uniforms: dict[str, Uniform]) -> int:
        if self._skyline is None:
            return 0
        self._plain.set(uniforms | {"headCount": 0, "copied": 1})
        drawn = 0
        for model in _copies(self._bounds, view):
            chunks = _seen(self._skyline.chunks, view, model)
            if len(chunks):
                self._plain.set({"model": matrix(model)})
            for chunk in chunks:
                drawn += self._skyline.draw(chunk)
        return drawn


def _distance(points: Floats, path: Floats) -> Floats:
    """Level distance of points (n x 2) to the nearest point of a path (m x 3)."""
    gaps = points[:, None] - path[None, :, :2]
    return np.asarray(np.linalg.norm(gaps, axis=2).min(axis=1))


def _seen(chunks: _Chunks, view: View, model: Floats) -> Ints:
    """Squares in the picture, nearest first."""
    pick = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
    corners = chunks.low[:, None] * (1 - pick) + chunks.high[:, None] * pick
    corners = corners @ model[:3, :3].T + model[:3, 3]
    clip = corners @ view.matrix[:, :3].T + view.matrix[:, 3]
    w = clip[..., 3]
    outside = np.zeros(len(corners), bool)
    for axis in (0, 1):
        outside |= np.all(clip[..., axis] < -w, axis=1) | np.all(clip[..., axis] > w, axis=1)
    outside |= np.all(w < 0, axis=1)
    filled = np.diff(chunks.first) > 0
    which = np.flatnonzero(~outside & filled)
    return which[np.argsort(w[which].min(axis=1), kind="stable")]


def _copies(bounds: Bounds, view: View) -> list[Floats]:
    """Mirrored copies of the place near its edge, as matrices, nearest first."""
    models = []
    for row in (-1, 0, 1, 2):
        for column in (-2, -1, 0, 1, 2):
            if (row, column) == (0, 0):
                continue
            corner = np.array([bounds.x0 + column * bounds.extent, bounds.y0 + row * bounds.extent])
            nearest = np.clip(view.eye[:2], corner, corner + bounds.extent)
            gap = float(np.linalg.norm(nearest - view.eye[:2]))
            if gap < SKYLINE_REACH:
                models.append((gap, column, row))
    return [mirror(bounds, column, row) for _, column, row in sorted(models)]


def mirror(bounds: Bounds, column: int, row: int) -> Floats:
    """The 4 x 4 matrix that lays the place, mirrored at its edges, beyond them."""
    model = np.eye(4)
    for axis, steps, low in ((0, column, bounds.x0), (1, row, bounds.y0)):
        if steps % 2:
            model[axis, axis] = -1
            model[axis, 3] = 2 * low + (steps + 1) * bounds.extent
        else:
            model[axis, 3] = steps * bounds.extent
    return model


def skyline_looks(
    mesh: Mesh, scene: SceneDocument, lit: Lit, air: Air, bounds: Bounds
) -> tuple[Floats, Floats]:
    """Radiance and albedo for the skyline, from the light on the ground about each vertex."""
    albedo = snowed(mesh, scene.weather.snow_cover)
    side = len(lit.ground)
    place = mesh.position + mesh.normal * 4
    cell = ((place[:, :2] - [bounds.x0, bounds.y0]) * side / bounds.extent).astype(int)
    cell = np.clip(cell, 0, side - 1)
    ground = lit.ground[cell[:, 1], cell[:, 0]].astype(np.float32)
    ambient = np.asarray(air.sky.ambient, np.float32) * np.float32(np.pi)
    up = np.clip(mesh.normal[:, 2:] * 0.5 + 0.5, 0, 1)
    irradiance = np.minimum(ground, 6) * (0.35 * (1 - up)) + ambient * up
    # Low sun reaches little of a town: the one house stands in the shadow of the next.
    seen = 0.8 * min(1.0, 3.0 * max(float(air.sky.sun_direction[2]), 0.0))
    facing = np.clip(mesh.normal @ np.asarray(air.sky.sun_direction), 0, 1)[:, None]
    irradiance += facing * np.asarray(air.sky.sun, np.float32) * np.float32(np.pi * seen)
    radiance = albedo * irradiance / np.float32(np.pi)
    glass = mesh.glass
    lamp = mesh.emission.max(axis=1) > 60
    keep = np.where(lamp, float(scene.life.lamps), air.sky.interior)[:, None]
    radiance[glass] = (mesh.emission * keep)[glass]
    return radiance, albedo


def skyline_mesh(site: Site) -> Mesh:
    """The coarse mesh of the place."""
    return site.mesh(Level.SKYLINE)
