"""A scene that changes, as a plate: its states with their passes, and their pictures mixed."""

from __future__ import annotations

from dataclasses import replace

from generique.backends.world.bake import light_of
from generique.backends.world.plate_renderer import PlateFrame, PlateLayers, PlateRenderer
from generique.backends.world.reel import mixed
from generique.backends.world.renderer import Effort
from generique.model.element import Raster
from generique.production.ports import Stage
from generique.world.arrays import Floats
from generique.world.camera import CameraPath, Pose
from generique.world.changing import mixture, states_of
from generique.world.places.grammars import build
from generique.world.scene import SceneDocument
from generique.world.traffic import Driver


class PlateReel:
    """Draws the plates of a scene; each of its states is open only while it is seen.

    A change moves nothing, so that all states have the same passes; the first state's are taken.
    """

    def __init__(
        self,
        scene: SceneDocument,
        moving: tuple[CameraPath, tuple[Driver, ...]],
        shown: tuple[Raster, Effort],
        layers: PlateLayers,
        stage: Stage,
    ) -> None:
        """Keep what is drawn; nothing is built yet.

        Args:
            scene: What is shown.
            moving: The camera's path and the cars that drive.
            shown: Raster and effort.
            layers: What of the picture goes where.
            stage: For the cache of light.
        """
        self._scene, self._states = scene, states_of(scene)
        self._moving, self._shown, self._layers, self._stage = moving, shown, layers, stage
        self._open: dict[int, PlateRenderer] = {}

    def plate(self, index: int) -> PlateFrame:
        """A frame and its passes; ``index`` counts from 0."""
        parts = self._turned_to(float(self._scene.rate.seconds(index)))
        frames = [(renderer.plate(index), weight) for renderer, weight in parts]
        first = frames[0][0]
        if len(frames) == 1:
            return first
        weather = [(f.weather, weight) for f, weight in frames if f.weather is not None]
        return replace(
            first,
            picture=mixed([(frame.picture, weight) for frame, weight in frames]),
            weather=mixed(weather) if weather else None,
        )

    def look(self, pose: Pose, seconds: float) -> Floats:
        """What a camera that stands still sees at a moment; as of one renderer."""
        parts = self._turned_to(seconds)
        return mixed([(renderer.look(pose, seconds), weight) for renderer, weight in parts])

    def close(self) -> None:
        """Give all graphics memory back."""
        self._keep(())

    def _turned_to(self, seconds: float) -> list[tuple[PlateRenderer, float]]:
        """The states that are seen at a time, open, with their weights."""
        parts = mixture(self._states, seconds)
        self._keep(tuple(state for state, _ in parts))
        for state, _ in parts:
            if state not in self._open:
                self._open[state] = self._renderer(self._states[state].scene)
        return [(self._open[state], weight) for state, weight in parts]

    def _keep(self, wanted: tuple[int, ...]) -> None:
        for state in [one for one in self._open if one not in wanted]:
            self._open.pop(state).__exit__()

    def _renderer(self, scene: SceneDocument) -> PlateRenderer:
        site = build(scene.place, scene.life)
        light = light_of(scene, site, self._stage)
        renderer = PlateRenderer(scene, site, light, *self._moving)
        return renderer.arrange(self._layers).open(*self._shown)
