"""The ``world`` backend: shots of places from words, without a trained model or a download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generique import __version__
from generique.model.element import ElementKind, Quality
from generique.model.passport import Passport, SourceType, Training
from generique.production.plate_ports import PlateOrder, PlateSink
from generique.production.ports import Delivery, Estimate, Interpretation, Request, Stage, WordUse
from generique.world.reasons import documents, remarks
from generique.world.reasons.telling import refused, told_in

if TYPE_CHECKING:
    from generique.world.scene import SceneDocument
    from generique.world.words.reading import Reading

GRAMMAR = "2"
PLACE_SEED = 7
"""Of the place when none is asked for, so that all shots of a production are of one place."""
OPTIONS = ("extent", "notes", "place_seed", "scene")

_GLANCE = 400
"""Characters of a prompt that show its language."""
_KINDS = (ElementKind.SHOT, ElementKind.SET)


class WorldBackend:
    """Renders scene documents on the processor.

    Options of a request:

    - ``scene``: a scene document as TOML or JSON, taken instead of the prompt's reading. Its
      length, rate and seed must be those of the request.
    - ``extent``: metres along the side of the place, 100 to 2048.
    - ``notes``: directions of retakes as a JSON list of texts, applied one after the other.
    - ``place_seed``: which place; shots with the same one show the same streets and houses.
    """

    def passport(self) -> Passport:
        """What is known of it."""
        return Passport(
            name="world",
            version=f"{__version__}+grammar.{GRAMMAR}",
            title="Générique World",
            maker="Générique",
            licence="Apache-2.0",
            kinds=_KINDS,
            training=Training(statement="none"),
            source_type=SourceType.ALGORITHMIC,
            repeatable=True,
            local=True,
            credit={
                "en": "Computer-generated pictures: Générique World",
                "fr": "Images de synthèse : Générique World",
            },
            notes="Streets, houses, trees and light follow from rules and seeds.",
        )

    def interpret(self, request: Request) -> Interpretation:
        """Read a request into a scene document and check what the camera would do.

        Raises:
            NotCapable: Another kind, an option that is not known, words that it cannot show, or a
                camera that would leave the place.
            UnreadableInput: The prompt or the scene given cannot be read.
        """
        from generique.world.places.grammars import lay_out
        from generique.world.staging import stage

        reading = _read(request)
        with told_in(reading.language):
            stage(reading.scene, lay_out(reading.scene.place))
        return _interpretation(reading, request)

    def estimate(self, request: Request, stage: Stage) -> Estimate:
        """Seconds on two cores, from measured constants; light that is kept costs nothing."""
        from generique.backends.world.take import expected_seconds

        scene = _read(request).scene
        return Estimate(seconds=expected_seconds(scene, request, stage))

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Render the shot.

        Raises:
            NotCapable: As :meth:`interpret`.
            NotConfigured: There is no OpenGL on this machine; says what to install.
            Interrupted: The user asked to stop.
        """
        from generique.backends.world.take import shoot

        if request.frames is None:
            raise refused(documents.NO_LENGTH)
        interpretation = self.interpret(request)
        scene = _read(request).scene
        path, events = shoot(scene, request, stage)
        return Delivery(
            path=path,
            media_type="video/mp4",
            seed=request.seed,
            scene=interpretation.scene,
            events=events,
            warnings=interpretation.warnings,
        )

    def plate(self, request: Request, order: PlateOrder, stage: Stage, sink: PlateSink) -> None:
        """Draw a take again with depth, normals, movement and mattes.

        Raises:
            NotCapable: It has no raster, or the camera would leave the place.
            UnreadableInput: The scene document is none, or is of another version.
            NotConfigured: There is no OpenGL on this machine; says what to install.
            Interrupted: The user asked to stop.
        """
        from generique.backends.world.plate import make_plate
        from generique.world.scene import SceneDocument

        _check(request)
        scene = SceneDocument.read(order.scene, where=f"scene document of {order.take}")
        make_plate(scene, request, order, stage, sink)


def _interpretation(reading: Reading, request: Request) -> Interpretation:
    words = tuple(
        WordUse(start=word.start, end=word.end, text=word.text, use=word.use, became=word.became)
        for word in reading.words
    )
    warnings = reading.warnings
    if request.quality is Quality.DRAFT:
        warnings = (*warnings, remarks.DRAFT.say(reading.language or "en"))
    return Interpretation(
        words=words,
        scene=reading.scene.model_dump_json(),
        frames=reading.scene.frames,
        language=reading.language,
        warnings=warnings,
    )


def _read(request: Request) -> Reading:
    """The scene of a request, from its option or its prompt, changed by the notes of retakes."""
    from generique.world.scene_toml import read_scene
    from generique.world.words.reading import Brief, Reading, read_prompt
    from generique.world.words.sentence_draft import language_of

    given = request.options.get("scene")
    with told_in(language_of(request.prompt[:_GLANCE])):
        _check(request)
        if given is not None:
            scene = read_scene(given, where="option scene")
            _check_same(scene, request)
            return _noted(Reading(scene=scene, words=(), warnings=()), request)
        brief = Brief(
            frames=request.frames,
            rate=request.rate,
            seed=request.seed,
            place_seed=_number(request, "place_seed", PLACE_SEED),
            easing=request.easing,
            extent=_number(request, "extent", 0) or None,
        )
    return _noted(read_prompt(request.prompt, brief), request)


def _noted(reading: Reading, request: Request) -> Reading:
    """Apply the notes of retakes one after the other."""
    from generique.world.words.reading import Reading, apply_note

    for note in request.notes:
        changed = apply_note(reading.scene, note)
        warnings = (*reading.warnings, *changed.warnings)
        # What a camera would do is told to whoever spoke last.
        reading = Reading(
            scene=changed.scene,
            words=reading.words,
            language=changed.language,
            warnings=warnings,
        )
    return reading


def _check(request: Request) -> None:
    if request.kind not in _KINDS:
        raise refused(documents.OTHER_KIND, kind=request.kind.value)
    unknown = tuple(sorted(request.options.keys() - set(OPTIONS)))
    if unknown:
        raise refused(documents.NO_SUCH_OPTION, unknown=unknown, names=unknown, known=OPTIONS)
    request.require_no_references("world")
    if request.raster is None:
        raise refused(documents.NO_RASTER)
    if request.language is not None:
        raise refused(documents.NO_LANGUAGE, unknown=(request.language,))


def _number(request: Request, option: str, default: int) -> int:
    text = request.options.get(option)
    if text is None:
        return default
    low, high = (100, 2048) if option == "extent" else (0, 2**53)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise refused(documents.NO_SUCH_NUMBER, option=option, value=repr(text), low=low, high=high)
    return int(text)


def _check_same(scene: SceneDocument, request: Request) -> None:
    """A scene that was given must be of the length, rate and seed that are asked for."""
    pairs = (
        ("frames", scene.frames, request.frames),
        ("rate", scene.rate, request.rate),
        ("seed", scene.seed, request.seed),
    )
    for name, have, want in pairs:
        if want is not None and have != want:
            raise refused(documents.OTHER_THAN_ASKED, name=name, have=str(have), want=str(want))
    for option in ("extent", "place_seed"):
        if option in request.options:
            raise refused(documents.OPTION_BESIDE_A_SCENE, option=option)
