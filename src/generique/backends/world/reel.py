"""A scene that changes, drawn: its states as renderers, and their pictures mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from generique.backends.world.bake import light_of
from generique.backends.world.renderer import Effort, Renderer
from generique.model.element import Raster
from generique.production.ports import Stage
from generique.world.arrays import Floats
from generique.world.camera import CameraPath
from generique.world.changing import mixture, states_of
from generique.world.look import Look, look_along, mix_looks
from generique.world.places.grammars import build
from generique.world.scene import SceneDocument
from generique.world.traffic import Driver


class Reel:
    """Draws the frames of a scene; each of its states is open only while it is seen."""

    def __init__(
        self,
        scene: SceneDocument,
        moving: tuple[CameraPath, tuple[Driver, ...]],
        shown: tuple[Raster, Effort],
        stage: Stage,
    ) -> None:
        """Keep what is drawn; nothing is built yet.

        Args:
            scene: What is shown.
            moving: The camera's path and the cars that drive.
            shown: Raster and effort.
            stage: For the cache of light and for progress.
        """
        self._states = states_of(scene)
        self._moving, self._shown, self._stage = moving, shown, stage
        self._open: dict[int, Renderer] = {}

    def frame(self, index: int, seconds: float) -> tuple[Floats, Look]:
        """A frame in linear light, and its look.

        Args:
            index: From 0.
            seconds: Its time.
        """
        parts = mixture(self._states, seconds)
        self._turn_to([state for state, _ in parts])
        looks = [(self._look(state, seconds), weight) for state, weight in parts]
        pictures = [(self._open[state].frame(index), weight) for state, weight in parts]
        if len(pictures) == 1:
            return pictures[0][0], looks[0][0]
        return mixed(pictures), mix_looks(looks)

    def _look(self, state: int, seconds: float) -> Look:
        scene, path = self._states[state].scene, self._moving[0]
        look = look_along(scene, path.outdoors(seconds))
        return replace(look, exposure=look.exposure * 2 ** self._open[state].opened(seconds))

    def close(self) -> None:
        """Give all graphics memory back."""
        self._turn_to([])

    def _turn_to(self, wanted: list[int]) -> None:
        for state in [open_ for open_ in self._open if open_ not in wanted]:
            self._open.pop(state).__exit__()
        for state in wanted:
            if state not in self._open:
                self._open[state] = self._renderer(self._states[state].scene)

    def _renderer(self, scene: SceneDocument) -> Renderer:
        site = build(scene.place, scene.life)
        light = light_of(scene, site, self._stage)
        return Renderer(scene, site, light, *self._moving).open(*self._shown)


def mixed(pictures: Sequence[tuple[Floats, float]]) -> Floats:
    """Pictures in linear light, each times its weight, added."""
    total = pictures[0][0] * np.float32(pictures[0][1])
    for picture, weight in pictures[1:]:
        total += picture * np.float32(weight)
    return np.asarray(total)
