"""Far trees: pictures of the fine shapes, taken when a shot is opened, on cards of two triangles.

A card carries colours and normals, so that it is lit as the mesh would be. From which height it
shows the tree is fixed for the shot, and so is where cards begin, so that nothing pops.
"""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform, matrix
from generique.backends.world.view import View
from generique.world.arrays import Floats, Ints
from generique.world.kit.tree import VARIANTS, Kind, Trees
from generique.world.kit.tree_shapes import tree_shapes
from generique.world.layout import Bounds
from generique.world.scene import Season

RISES = np.radians((4.0, 22.0, 50.0))
"""Heights above the horizon from which a tree is pictured."""
TILE = 128
MIPMAPS = 4
_FINER = 2
"""Factor by which a picture is taken larger than it is kept."""
REACH = 2400.0
"""How far beyond the camera copies of a place's trees are drawn, metres."""
FULL = 900.0
"""Distance up to which all of them are, metres; beyond it they thin out."""
SMALLEST = 1.2
"""Height in pixels below which a tree, a bush or a tuft of grass is left out."""
CHUNK = 128.0
COLOUR_UNIT, LOOKS_UNIT = 8, 9
INSTANCE = "4f4 4f4 4f4 3f4 3f4 3f4 1f4 4f4"
ATTRIBUTES = ("stand", "tint", "lowLight", "lowWay", "highLight", "highWay", "foot", "card")
SPARSE, DENSE = (0.12, 0.56), (0.22, 0.5)
"""Least share of a texel that must be covered to show, and the play in it, for twigs and leaves."""


def solid_of(kind: Kind) -> float:
    """How dark the inside of a crown is, as the shaders take it."""
    return 1.0 if kind in (Kind.CONIFER, Kind.LARCH) else 0.2


class Album:
    """Pictures of trees in two texture arrays, three heights of view for each shape."""

    def __init__(
        self, context: moderngl.Context, kinds: list[Kind], season: Season, snow_cover: float
    ) -> None:
        """Take the pictures.

        Args:
            context: Where to draw.
            kinds: Those that are pictured.
            season: For the leaves.
            snow_cover: Snow on the branches, 0 to 1.
        """
        self.kinds = kinds
        self.size = np.ones(len(Kind) * VARIANTS)
        self.sparse = np.zeros(len(Kind), bool)
        self._first = np.zeros(len(Kind), int)
        camera = _Camera(context)
        # A place without trees has an album too, with one empty picture.
        blank = np.zeros((TILE, TILE, 4), np.float32)
        layers: list[tuple[Floats, Floats]] = [] if kinds else [(blank, blank)]
        for kind in kinds:
            self._first[kind] = len(layers)
            for variant in range(VARIANTS):
                shape = tree_shapes(season, variant, kind)[0]
                reach = float(np.linalg.norm(shape.position[:, :2], axis=1).max())
                size = max(0.54, 1.02 * reach)
                self.size[kind * VARIANTS + variant] = size
                vertices = np.c_[shape.position, shape.normal, shape.albedo, shape.snow]
                mesh = vertices.astype(np.float32).tobytes(), shape.faces.tobytes()
                layers += camera.pictures(mesh, (size, solid_of(kind), snow_cover))
            covered = np.array([layer[0][..., 3] for layer in layers[self._first[kind] :]])
            self.sparse[kind] = covered[covered > 0].mean() < 0.6
        camera.release()
        colours, looks = (np.array([layer[part] for layer in layers]) for part in (0, 1))
        self._width = np.array([_width(cover) for cover in colours[..., 3]])
        # Eight bits, which are read fastest: colours as shares of the brightest one, normals about
        # 127, so that none stays none.
        self.brightest = max(float(colours[..., :3].max()), 1e-3)
        colours[..., :3] /= self.brightest
        shape3 = (TILE, TILE, len(layers))
        self._textures = []
        looks[..., :3] = (looks[..., :3] + 1) * (127 / 255)
        for part in (colours, looks):
            data = np.clip(part * 255 + 0.5, 0, 255).astype(np.uint8)
            texture = context.texture_array(shape3, 4, data.tobytes())
            texture.build_mipmaps(0, MIPMAPS)
            texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
            texture.repeat_x = texture.repeat_y = False
            self._textures.append(texture)

    def use(self) -> None:
        """Bind the pictures."""
        for texture, unit in zip(self._textures, (COLOUR_UNIT, LOOKS_UNIT), strict=True):
            texture.use(unit)

    def cards(self, trees: Trees, rise: Floats, pixels: Floats) -> Floats:
        """What a card needs beside the light: picture, size (negative when mirrored), grain, width.

        Args:
            trees: n trees.
            rise: n radians, from how high above the horizon each is seen.
            pixels: n, height of each in the picture.
        """
        pick = np.abs(np.asarray(rise)[:, None] - RISES).argmin(axis=1)
        layer = self._first[trees.kind] + trees.variant * len(RISES) + pick
        side = np.where(trees.hue < 0.5, -1.0, 1.0)
        size = self.size[trees.kind * VARIANTS + trees.variant] * side
        grid = np.clip(pixels, 6, TILE)
        return np.stack([layer, size, grid, self._width[layer]], axis=-1)


def _width(cover: Floats) -> float:
    """Share of a picture's width, about its middle, outside which nothing shows at any distance."""
    widest, least = 0.0, min(SPARSE[0], DENSE[0])
    for level in range(MIPMAPS + 1):
        texel = 2**level
        pooled = cover.reshape(TILE // texel, texel, TILE // texel, texel).mean(axis=(1, 3))
        shown = np.flatnonzero((pooled > 0.5 * least).any(axis=0))
        if len(shown):
            # Between texels their covers are mixed, so that each reaches half a texel further.
            left, right = (shown[0] - 0.5) * texel, (shown[-1] + 1.5) * texel
            widest = max(widest, 1 - 2 * left / TILE, 2 * right / TILE - 1)
    return min(1.0, widest)


class _Camera:
    """Takes pictures of meshes from the side."""

    def __init__(self, context: moderngl.Context) -> None:
        side = TILE * _FINER
        self._context, self._side = context, side
        self._program = Program(context, "tree_capture")
        self._films = [context.texture((side, side), 4, dtype="f4") for _ in range(2)]
        self._frame = context.framebuffer(self._films, context.depth_renderbuffer((side, side)))

    def pictures(
        self, mesh: tuple[bytes, bytes], looks: tuple[float, float, float]
    ) -> list[tuple[Floats, Floats]]:
        """Colours and normals of a mesh from each height, weighted by coverage."""
        context, (size, solid, snow) = self._context, looks
        vertices, faces = context.buffer(mesh[0]), context.buffer(mesh[1])
        content = [(vertices, "3f4 3f4 4f4", "place", "facing", "albedo")]
        array = context.vertex_array(self._program.handle, content, faces)
        taken = []
        context.enable(moderngl.DEPTH_TEST)
        context.disable(moderngl.BLEND)
        for rise in RISES:
            self._frame.use()
            self._frame.clear(0.0, 0.0, 0.0, 0.0, depth=1.0)
            way = (float(np.cos(rise)), float(np.sin(rise)))
            self._program.set({"solid": solid, "snowCover": snow, "size": size, "rise": way})
            array.render(moderngl.TRIANGLES)
            colours, looks_ = (self._read(k) for k in (0, 1))
            taken.append((colours, looks_))
        array.release()
        vertices.release()
        faces.release()
        return taken

    def _read(self, film: int) -> Floats:
        data = self._frame.read(components=4, attachment=film, dtype="f4")
        fine = np.frombuffer(data, np.float32).reshape(TILE, _FINER, TILE, _FINER, 4)
        return np.asarray(fine.mean(axis=(1, 3)))

    def release(self) -> None:
        """Give the films back."""
        self._frame.release()
        for film in self._films:
            film.release()


@dataclass(frozen=True)
class _Group:
    """Cards that are drawn together: those of a square in one copy of the place."""

    model: Floats
    first: int
    count: int


class Cards:
    """Cards of trees, in squares, of the place itself or of its copies beyond the edge."""

    def __init__(
        self,
        context: moderngl.Context,
        program: Program,
        instances: Floats,
        squares: tuple[Bounds, float],
    ) -> None:
        """Upload.

        Args:
            context: Where to.
            program: The cards' shaders.
            instances: n x 26: as relight orders them, then the card.
            squares: Bounds and side of the squares in which they are culled.
        """
        bounds, side = squares
        cell = np.floor((instances[:, :2] - [bounds.x0, bounds.y0]) / side).astype(int)
        # Within a square in an order of chance, so that the first ones are a fair part of it.
        scramble = (np.arange(len(cell)) * 2_654_435_761) % 4_294_967_296
        order = np.lexsort((scramble, cell[:, 0], cell[:, 1]))
        instances = instances[order].astype(np.float32)
        self._program = program
        rows = context.buffer(np.repeat(instances, 4, axis=0).tobytes())
        first = np.arange(len(instances))[:, None] * 4
        faces = (first + np.array([[0, 1, 2, 0, 2, 3]])).astype(np.int32)
        content = [(rows, INSTANCE, *ATTRIBUTES)]
        self._array = context.vertex_array(program.handle, content, context.buffer(faces.tobytes()))
        starts = np.flatnonzero(np.r_[True, np.any(np.diff(cell[order], axis=0) != 0, axis=1)])
        self._starts = np.r_[starts, len(instances)]
        top = instances[:, 21] + 0.5 * instances[:, 2]
        middles = np.add.reduceat(np.c_[instances[:, :2], top], starts) if len(starts) else None
        counts = np.diff(self._starts)[:, None]
        self._middle = np.zeros((0, 3)) if middles is None else middles / counts
        self._radius = side * 0.75 + 20.0
        self._groups: list[_Group] = []
        self._places = np.zeros((0, 3))

    def arrange(self, models: list[Floats], eye: Floats) -> None:
        """Choose the copies; far ones show a part of their trees.

        Args:
            models: 4 x 4 matrices, one for each copy.
            eye: 2, where the camera is about, metres.
        """
        places = []
        for model in models:
            level = self._middle @ model[:3, :3].T + model[:3, 3]
            gaps = np.linalg.norm(level[:, :2] - eye[:2], axis=1)
            for k in np.flatnonzero(gaps < REACH):
                whole = int(self._starts[k + 1] - self._starts[k])
                share = min(1.0, FULL / max(float(gaps[k]), 1.0)) ** 0.8
                count = max(1, round(whole * share))
                self._groups.append(_Group(model, int(self._starts[k]), count))
                places.append(level[k])
        self._places = np.array(places).reshape(-1, 3)

    def draw(self, view: View) -> int:
        """Draw what a view sees, nearest first; returns the number of triangles."""
        if not self._groups:
            return 0
        seen = np.flatnonzero(view.sees(self._places, self._radius))
        gaps = np.linalg.norm(self._places[seen] - view.eye, axis=1)
        drawn, last = 0, None
        for k in seen[np.argsort(gaps, kind="stable")]:
            group = self._groups[k]
            if group.model is not last:
                self._program.set({"model": matrix(group.model)})
                last = group.model
            self._array.render(moderngl.TRIANGLES, vertices=group.count * 6, first=group.first * 6)
            drawn += 2 * group.count
        return drawn


class TreeCards:
    """All far trees of a shot."""

    def __init__(
        self,
        context: moderngl.Context,
        album: Album,
        bounds: Bounds,
        shot: tuple[Floats, float],
    ) -> None:
        """Prepare.

        Args:
            context: Where to draw.
            album: Pictures of all kinds.
            bounds: Of the place.
            shot: Where the camera goes, n x 3 metres, and pixels to the unit of tangent.
        """
        self._context, self._album, self._bounds = context, album, bounds
        self._way, self._pixels = shot
        self._program = Program(context, "tree_card")
        self._parts: list[tuple[bool, Cards]] = []

    def add(self, trees: Trees, instances: Floats, models: list[Floats], side: float) -> None:
        """Add trees that are drawn as cards, in one or more copies.

        Args:
            trees: n trees.
            instances: n x 22, as relight orders them.
            models: Matrices of the copies.
            side: Of the squares in which they are culled, metres.
        """
        if len(trees) == 0 or not models:
            return
        eye = self._way[len(self._way) // 2]
        home = len(models) == 1
        far = nearest(trees, self._way) if home else np.full(len(trees), 700.0)
        high = np.abs(eye[2] - trees.foot - 0.5 * trees.height)
        rise = np.arcsin(np.clip(high / np.maximum(far, 1.0), 0, 1))
        tall = self._pixels * trees.height / np.maximum(far, 1.0)
        rows = np.c_[instances, self._album.cards(trees, rise, tall)]
        shows = tall >= SMALLEST
        rows, sparse = rows[shows], self._album.sparse[trees.kind[shows]]
        for flag in (False, True):
            if np.any(sparse == flag):
                squares = (self._bounds, side)
                cards = Cards(self._context, self._program, rows[sparse == flag], squares)
                cards.arrange(models, eye)
                self._parts.append((flag, cards))

    def draw(self, view: View, uniforms: dict[str, Uniform]) -> int:
        """Draw the cards; returns the number of triangles."""
        if not self._parts:
            return 0
        self._album.use()
        flash = np.asarray(uniforms.get("flashLight", (0.0, 0.0, 0.0)), float)
        sky = np.asarray(uniforms["ambient"], float) + flash
        units: dict[str, Uniform] = {"colours": COLOUR_UNIT, "looks": LOOKS_UNIT, "ambient": sky}
        units["brightest"] = self._album.brightest
        self._program.set({**uniforms, **units})
        drawn = 0
        for sparse, cards in self._parts:
            self._program.set({"cut": SPARSE if sparse else DENSE})
            drawn += cards.draw(view)
        return drawn


def nearest(trees: Trees, path: Floats) -> Floats:
    """Distance of trees to the camera's path (m x 3), metres."""
    least = np.full(len(trees), np.inf)
    for point in path:
        offset = trees.position - point[:2]
        distance = np.sqrt((offset**2).sum(axis=1) + (point[2] - trees.foot) ** 2)
        least = np.minimum(least, distance)
    return least


def present(*sets: Trees) -> list[Kind]:
    """The kinds that occur."""
    return sorted({Kind(int(kind)) for trees in sets for kind in np.unique(trees.kind)})


def copies_about(bounds: Bounds, eye: Floats) -> list[tuple[int, int]]:
    """Columns and rows of the copies of a place within reach of the camera, the place left out."""
    columns, rows = (
        range(
            int(np.floor((eye[axis] - REACH - low) / bounds.extent)),
            int(np.floor((eye[axis] + REACH - low) / bounds.extent)) + 1,
        )
        for axis, low in ((0, bounds.x0), (1, bounds.y0))
    )
    return [(column, row) for row in rows for column in columns if (column, row) != (0, 0)]


def select_trees(trees: Trees, which: Ints) -> Trees:
    """Some of the trees."""
    return Trees(*(getattr(trees, name)[which] for name in trees.__dataclass_fields__))
