"""Effects and ambiences of our own: wind, rain, snow, dawn, a far city, passing cars.

The words are those of :mod:`generique.sound.foley_words`. Option ``events``: the scene events of
a picture as a JSON list, so that cars are heard when they are seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generique.model.element import ElementKind
from generique.model.errors import NotCapable
from generique.model.passport import Passport, SourceType, Training
from generique.production.ports import Delivery, Estimate, Interpretation, Request, Stage

if TYPE_CHECKING:
    from generique.model.element import SceneEvent
    from generique.sound.foley_words import Layer
    from generique.sound.reading import Heard

_RENDER_RATIO = 0.06
_LONGEST_SECONDS = 300


class FoleyBackend:
    """Makes an effect or an ambience of an exact length, without loops."""

    def passport(self) -> Passport:
        """What is known of it."""
        return Passport(
            name="foley",
            version="1",
            title="Générique foley",
            maker="The Générique authors",
            licence="Apache-2.0",
            kinds=(ElementKind.EFFECT,),
            training=Training(statement="none"),
            source_type=SourceType.ALGORITHMIC,
            repeatable=True,
            local=True,
            credit={
                "en": "Sound effects and backgrounds: Générique Foley",
                "fr": "Bruitages et ambiances : Générique Foley",
            },
            notes="Models after A. Farnell, Designing Sound (MIT Press, 2010).",
        )

    def interpret(self, request: Request) -> Interpretation:
        """Read the prompt.

        Raises:
            NotCapable: Another kind, no length, or words, options or events that are not
                understood.
        """
        from generique.backends.words import word_uses

        _, events, heard = _read(request)
        end = _seconds(request)
        late = sum(1 for event in events or () if event.at >= end)
        warnings = (f"{late} events lie after the end and are not heard",) if late else ()
        return Interpretation(words=word_uses(heard), warnings=warnings)

    def estimate(self, request: Request, stage: Stage) -> Estimate:  # noqa: ARG002 -- the port's signature
        """A share of the length for each layer."""
        layers, events, _ = _read(request)
        parts = len(layers) + len(events or ())
        return Estimate(seconds=0.5 + _RENDER_RATIO * parts * _seconds(request))

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Make it.

        Raises:
            NotCapable: As :meth:`interpret`.
        """
        from generique.sound.foley import render_foley
        from generique.sound.mix import SAMPLE_RATE

        layers, events, _ = _read(request)
        total = round(_seconds(request) * SAMPLE_RATE)
        sound = render_foley(layers, events, total, request.seed, stage.progress)
        path = stage.sound(sound, SAMPLE_RATE)
        return Delivery(
            path=path, media_type="audio/wav", seed=request.seed, events=tuple(events or ())
        )


def _read(
    request: Request,
) -> tuple[tuple[Layer, ...], tuple[SceneEvent, ...] | None, tuple[Heard, ...]]:
    from generique.sound.foley_words import read_foley

    if request.kind is not ElementKind.EFFECT:
        raise NotCapable(f"foley makes effects, not a {request.kind.value}")
    if request.raster is not None or request.language is not None:
        raise NotCapable(
            "an effect has neither a raster nor a language", next_step="leave them out"
        )
    request.require_no_references("foley")
    _seconds(request)
    return read_foley(request.prompt, request.options)


def _seconds(request: Request) -> float:
    if request.frames is None:
        raise NotCapable("an effect needs a length", next_step="give it in frames")
    seconds = float(request.rate.seconds(request.frames))
    if seconds > _LONGEST_SECONDS:
        raise NotCapable(f"an effect of {seconds:.0f} s is longer than {_LONGEST_SECONDS} s")
    return seconds
