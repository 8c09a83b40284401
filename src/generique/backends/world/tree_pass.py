"""Trees, as instances of a few shapes; how fine each is drawn is fixed for the whole shot."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.foliage import SHEETS_UNIT, sheets_of
from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.tree_cards import nearest, solid_of
from generique.backends.world.view import View
from generique.world.arrays import Floats, Ints
from generique.world.kit.tree import VARIANTS, Kind, Trees
from generique.world.kit.tree_shapes import DETAILS, tree_shapes
from generique.world.scene import Season

INSTANCE = "4f4 4f4 4f4 3f4 3f4 3f4 1f4"
ATTRIBUTES = ("stand", "tint", "lowLight", "lowWay", "highLight", "highWay", "foot")
FLOATS = 23
LOOKS = ("3f4 3f4 4f4 1f4", "place", "facing", "albedo", "spray")
PLAIN = ("3f4 3f4 4f4 4x", "place", "facing", "albedo")
SHEETS = (0.5, 1.0, 2.0)
"""Metres that a sheet of leaves covers at the degrees of detail at which leaves and needles are cut
out of their quads: from further away what is seen of leaves is bunches."""


class _Species:
    """One shape in one degree of detail, and the trees that are drawn with it in this shot."""

    def __init__(
        self,
        context: moderngl.Context,
        program: Program,
        mesh: tuple[bytes, bytes],
        instances: Floats,
        looks: tuple[float, float],
    ) -> None:
        vertices, faces = mesh
        self._instances = instances
        self._middle = np.c_[instances[:, :2], instances[:, 2] * 0.5 + instances[:, 21]]
        self._radius = instances[:, 2] * 0.6
        self._buffer = context.buffer(reserve=max(instances.nbytes, 4 * FLOATS))
        named, leaves = "number" in program.handle, "spray" in program.handle
        stand = (f"{INSTANCE} 1f4/i", *ATTRIBUTES, "number")
        self._array = context.vertex_array(
            program.handle,
            [
                (context.buffer(vertices), *(LOOKS if leaves else PLAIN)),
                (self._buffer, *(stand if named else (f"{INSTANCE} 4x/i", *ATTRIBUTES))),
            ],
            context.buffer(faces),
        )
        self._program = program
        self._solid, self._sheet = looks
        self._count = 0
        self._triangles = len(faces) // 12

    def select(self, view: View) -> None:
        """Upload the trees that a view sees."""
        seen = self._instances[view.sees(self._middle, self._radius)]
        self._count = len(seen)
        if self._count:
            self._buffer.write(np.ascontiguousarray(seen).tobytes())

    def draw(self) -> int:
        """Draw the selected trees; returns the number of triangles."""
        if self._count:
            self._program.set({"solid": self._solid, "leafSheet": self._sheet})
            self._array.render(moderngl.TRIANGLES, instances=self._count)
        return self._count * self._triangles


class TreePass:
    """Draws the trees that are near enough to be meshes."""

    def __init__(
        self,
        context: moderngl.Context,
        trees: Trees,
        instances: Floats,
        season: Season,
        detail: Ints,
    ) -> None:
        """Upload.

        Args:
            context: Where to.
            trees: Their kinds and variants.
            instances: n x 22, as :func:`generique.backends.world.relight.relight` orders them.
            season: For the leaves.
            detail: n, index into the degrees of detail; beyond the last mesh a tree is a card.
        """
        # To cut them out takes time for every pixel: far away nothing would be seen of it.
        self._programs = (Program(context, "tree", "LEAVES"), Program(context, "tree"))
        self._sheets = sheets_of(context)
        # Single precision counts to 16 million: a tree's number goes with the rest of it.
        instances = np.c_[instances, np.arange(len(instances), dtype=np.float32)]
        self._species = []
        for kind in Kind:
            for variant in range(VARIANTS):
                of_kind = (trees.kind == kind) & (trees.variant == variant)
                for level, shape in enumerate(tree_shapes(season, variant, kind)[:DETAILS]):
                    chosen = instances[of_kind & (detail == level)]
                    if len(chosen) == 0:
                        continue
                    vertices = np.c_[
                        shape.position, shape.normal, shape.albedo, shape.snow, shape.spray
                    ]
                    mesh = vertices.astype(np.float32).tobytes(), shape.faces.tobytes()
                    leaves = level < len(SHEETS)
                    program, sheet = self._programs[not leaves], SHEETS[level] if leaves else 1.0
                    species = _Species(context, program, mesh, chosen, (solid_of(kind), sheet))
                    self._species.append(species)

    def select(self, view: View) -> None:
        """Choose what the subframes of one frame draw."""
        for species in self._species:
            species.select(view)

    def draw(self, uniforms: dict[str, Uniform]) -> int:
        """Draw the trees; returns the number of triangles."""
        self._sheets.use(SHEETS_UNIT)
        for program in self._programs:
            program.set({**uniforms, "sheets": SHEETS_UNIT})
        return sum(species.draw() for species in self._species)


MOST = (40, 260, 1500, 6000)
"""How many trees are drawn at most at each degree of detail or a finer one."""


FINEST = 0.36
"""Share of the first limit within which the finest shapes are drawn."""
SMALL = 6.0
"""Height in metres below which a tree becomes coarser the sooner, the smaller it is."""


def detail_of(trees: Trees, path: Floats, limits: tuple[float, float, float]) -> Ints:
    """Degree of detail of each tree, from its distance to the camera's path.

    Args:
        trees: n trees.
        path: m x 3 metres.
        limits: Distances at which the third and the fourth shape and the card are taken; in a
            forest they are drawn in until no more than :data:`MOST` trees are as near.

    Returns:
        n, from 0 to :data:`generique.world.kit.tree_shapes.DETAILS`.
    """
    far = nearest(trees, path) * np.clip(SMALL / trees.height, 1, 10)
    ranked = np.sort(far)
    limits_ = (FINEST * limits[0], *limits)
    drawn_in = [
        min(limit, float(ranked[most])) if most < len(ranked) else limit
        for limit, most in zip(limits_, MOST, strict=True)
    ]
    return np.asarray(np.minimum(np.digitize(far, drawn_in), DETAILS))
