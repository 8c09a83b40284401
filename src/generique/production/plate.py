"""Plate: draw a recorded take again as files for compositing, and record that.

The plate is made from the scene document that the ledger has for the take, not from its words, so
that it shows the shot and nothing else.
"""

from __future__ import annotations

import json
from typing import Any

from generique import __version__
from generique.ledger.canonical import canonical
from generique.model.element import Quality
from generique.model.errors import NotCapable, UsageError
from generique.model.take import Take
from generique.model.values import Digest, Value, digest_of
from generique.production.journal import Act, Journal
from generique.production.machineroom_ports import Backends, StageDoor
from generique.production.orders import Order
from generique.production.plate_ports import PlateMaker, PlateOrder, PlateSinks
from generique.production.ports import Request, Vault
from generique.production.review import find_take
from generique.production.shoot import Clearance

MANIFEST = "plate.json"


class PlateWish(Value):
    """What a person asks for.

    Attributes:
        take: Identifier of the take.
        frames: First and last frame; None for all.
        quality: Effort; None is the take's own, and only then are the pixels those of the shot.
        sky: As in :class:`~generique.production.plate_ports.PlateOrder`.
        weather: As there.
        panorama: As there.
        at: As there.
        movie: As there.
    """

    take: str
    frames: tuple[int, int] | None = None
    quality: Quality | None = None
    sky: bool = True
    weather: bool = True
    panorama: int | None = None
    at: tuple[float, float, float] | None = None
    movie: bool = False


class Plate(Value):
    """A plate that was made.

    Attributes:
        entry: Of the ledger, where the take was made.
        recipe: Digest of all that decides its pixels.
        files: Digests by name.
        warnings: What is not as it was when the take was made.
    """

    take: str
    entry: int
    recipe: Digest
    files: dict[str, Digest]
    warnings: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """The JSON document of the command."""
        return {"schema": "generique/plate/1", **self.to_json()}


class PlateRoom:
    """Makes plates of takes.

    Args:
        journal: The record.
        vault: Holds the takes.
        backends: Generators.
        door: Opens stages.
        clearance: Says whether the take may be made again.
    """

    def __init__(
        self,
        journal: Journal,
        vault: Vault,
        backends: Backends,
        door: StageDoor,
        clearance: Clearance,
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._backends = backends
        self._door = door
        self._clearance = clearance

    def make(self, wish: PlateWish, sinks: PlateSinks) -> Plate:
        """Make a plate, or what is missing of it, and record it.

        Raises:
            UsageError: There is no such take or no such frame, or other files lie in the way.
            NotCapable: The take's backend makes no plates.
            NotCleared: Clearance refuses; nothing was drawn.
            Interrupted: The user asked to stop; what was written stays and is not drawn again.
        """
        take = find_take(self._journal, self._vault, wish.take)
        act = self._act(take)
        name = act.facts["recipe"]["backend"]["name"]
        backend = self._backends.get(name)
        if not isinstance(backend, PlateMaker) or take.scene is None:
            raise NotCapable(
                f"{name} makes no plates",
                where=take.id,
                why="it cannot draw a shot again from a scene document",
                next_step="take a shot of the backend world",
            )
        _require_frames(wish, take)
        request = Request.read(act.facts["recipe"]["request"], where=f"entry {act.entry}")
        request = request.model_copy(update={"quality": wish.quality or request.quality})
        made = {"name": name, "version": backend.passport().version}
        recipe = _recipe(take, request, wish, made)
        order = Order(element=take.element, title=take.prompt, backend=name, request=request)
        self._clearance.require((order,))
        asked = PlateOrder(
            **wish.model_dump(exclude={"quality"}),
            scene=self._vault.read(take.scene).decode("utf-8"),
        )
        sink = sinks.open(recipe)
        stage = self._door.open(f"plate-{take.element}")
        try:
            backend.plate(request, asked, stage, sink)
        finally:
            self._door.close(stage)
        plate = Plate(
            take=take.id,
            entry=act.entry,
            recipe=recipe,
            files=sink.files(),
            warnings=tuple(_changes(take, act, made, wish)),
        )
        text = json.dumps(plate.document(), ensure_ascii=False, indent=2) + "\n"
        sink.text(MANIFEST, text)
        subjects = {take.id: take.essence, MANIFEST: digest_of(text.encode())}
        self._journal.record("plate", subjects, plate.document())
        return plate

    def _act(self, take: Take) -> Act:
        """The newest step that made exactly this take."""
        acts = self._journal.takes(take.element)
        return [act for act in acts if act.facts["outputs"]["file"] == take.file][-1]


def _recipe(take: Take, request: Request, wish: PlateWish, backend: dict[str, str]) -> Digest:
    """All that decides the pixels; which frames are wanted does not."""
    said: dict[str, Any] = {
        "verb": "plate",
        "take": take.recipe,
        "scene": take.scene,
        "quality": request.quality.value,
        "backend": backend,
        "program": __version__,
        "wish": wish.model_dump(mode="json", exclude={"take", "frames", "quality"}),
    }
    return digest_of(canonical(said))


def _require_frames(wish: PlateWish, take: Take) -> None:
    if wish.frames is None:
        return
    first, last = wish.frames
    if not 0 <= first <= last < take.frames:
        raise UsageError(
            f"{take.id} has no frames {first} to {last}",
            why=f"its frames are 0 to {take.frames - 1}",
            next_step=f"for example: --frames 0-{take.frames - 1}",
        )


def _changes(take: Take, act: Act, made: dict[str, str], wish: PlateWish) -> list[str]:
    """Why the pixels may not be those of the shot."""
    said = []
    then, now = act.facts["recipe"]["backend"]["version"], made["version"]
    if then != now:
        said.append(f"the take was made by {made['name']} {then}, the plate by {now}")
    if wish.quality is not None and wish.quality.value != act.facts["recipe"]["request"]["quality"]:
        said.append(f"the plate is of quality {wish.quality.value}, {take.id} is not")
    return said
