"""Music beds of our own: composed by rule, played by synthesis, no training data.

The words are those of :mod:`generique.sound.score_words`. Options: ``bpm``, ``first`` (seconds
to the first beat), ``tension`` (0 to 1 for each beat, separated by commas), ``beats_per_bar``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generique.model.element import ElementKind
from generique.model.errors import NotCapable
from generique.model.passport import Passport, SourceType, Training
from generique.production.ports import Delivery, Estimate, Interpretation, Request, Stage

if TYPE_CHECKING:
    from generique.sound.direction import ScoreDirection
    from generique.sound.reading import Heard

_RENDER_RATIO = 0.1
_LONGEST_SECONDS = 300


class ScoreBackend:
    """Composes a music bed of an exact length on an exact beat grid."""

    def passport(self) -> Passport:
        """What is known of it."""
        return Passport(
            name="score",
            version="1",
            title="Générique score",
            maker="The Générique authors",
            licence="Apache-2.0",
            kinds=(ElementKind.MUSIC,),
            training=Training(statement="none"),
            source_type=SourceType.ALGORITHMIC,
            repeatable=True,
            local=True,
            credit={
                "en": "Music: Générique Score",
                "fr": "Musique : Générique Score",
            },
        )

    def interpret(self, request: Request) -> Interpretation:
        """Read the prompt.

        Raises:
            NotCapable: Another kind, no length, or words and options that are not understood.
        """
        from generique.backends.words import word_uses

        direction, heard = _read(request)
        silent = len(direction.beats(_seconds(request))) == 0
        warnings = ("the first beat falls after the end: the music is silent",) if silent else ()
        return Interpretation(words=word_uses(heard), warnings=warnings)

    def estimate(self, request: Request, stage: Stage) -> Estimate:  # noqa: ARG002 -- the port's signature
        """A tenth of the length and a start."""
        return Estimate(seconds=1.0 + _RENDER_RATIO * _seconds(request))

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Compose and play it.

        Raises:
            NotCapable: As :meth:`interpret`.
        """
        from generique.sound.mix import SAMPLE_RATE
        from generique.sound.score import compose

        direction, _ = _read(request)
        music = compose(direction, _seconds(request), request.seed, stage.progress)
        path = stage.sound(music, SAMPLE_RATE)
        return Delivery(path=path, media_type="audio/wav", seed=request.seed)


def _read(request: Request) -> tuple[ScoreDirection, tuple[Heard, ...]]:
    from generique.sound.score_words import read_score

    if request.kind is not ElementKind.MUSIC:
        raise NotCapable(f"score makes music, not a {request.kind.value}")
    if request.raster is not None or request.language is not None:
        raise NotCapable("music has neither a raster nor a language", next_step="leave them out")
    request.require_no_references("score")
    return read_score(request.prompt, request.options, _seconds(request))


def _seconds(request: Request) -> float:
    if request.frames is None:
        raise NotCapable("music needs a length", next_step="give it in frames")
    seconds = float(request.rate.seconds(request.frames))
    if seconds > _LONGEST_SECONDS:
        raise NotCapable(f"music of {seconds:.0f} s is longer than {_LONGEST_SECONDS} s")
    return seconds
