"""A backend that makes flat colours and plain tones at once: for tests that need any take at all.

It keeps the whole law of a backend, refuses words that it does not know, and can be told to fail.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from generique.model.element import ElementKind
from generique.model.errors import BackendFailed, NotCapable
from generique.model.passport import Dataset, Passport, SourceType, Training
from generique.model.values import digest_of
from generique.model.vocabulary import Vocabulary
from generique.production.ports import Delivery, Estimate, Interpretation, Request, Stage, WordUse

if TYPE_CHECKING:
    from generique.production.ports import Frame, Samples

COLOURS = {"black": 0, "blue": 1, "green": 2, "cyan": 3, "red": 4, "magenta": 5, "yellow": 6}
"""Three bits for red, green and blue, from the highest."""
NOTES = frozenset({"darker", "brighter"})
BROKEN = "breaking"
"""A prompt with this word is read and then not delivered."""
TRAINING = Training(
    statement="disclosed",
    datasets=(
        Dataset(id="colours-1", title="Colours", licence="CC0-1.0", digest=digest_of(b"colours")),
        Dataset(id="tones-1", title="Tones", licence="CC-BY-4.0"),
    ),
    consents=("mira-voice",),
)
"""What the trained backend says of itself; the datasets do not exist."""
_WORDS = {word: word for word in (*COLOURS, *NOTES, BROKEN, "tone")}
_FILLERS = frozenset({"a", "an", "and", "the", "of"})
_SAMPLE_RATE = 48_000
_VOICE_SECONDS = 0.6
_VOCABULARY = Vocabulary(_WORDS, _FILLERS)


class CannedBackend:
    """Shots of one colour; voices, music and effects of one tone.

    Prompts are made of ``black``, ``blue``, ``green``, ``cyan``, ``red``, ``magenta``, ``yellow``,
    ``tone`` and little words; a voice says anything. The option ``notes`` holds the notes of
    retakes, ``darker`` or ``brighter``. Other options that the program gives are named in
    ``OPTIONS``.
    """

    OPTIONS = frozenset({"notes", "voice", "bpm", "tension", "events"})

    def passport(self) -> Passport:
        """What is known of it."""
        return Passport(
            name="canned",
            version="1",
            title="Canned takes",
            maker="The Générique authors",
            licence="Apache-2.0",
            kinds=(ElementKind.SHOT, ElementKind.VOICE, ElementKind.MUSIC, ElementKind.EFFECT),
            training=Training(statement="none"),
            source_type=SourceType.ALGORITHMIC,
            repeatable=True,
            local=True,
            credit={"en": "Colours and tones: canned", "fr": "Couleurs et tons : en conserve"},
        )

    def interpret(self, request: Request) -> Interpretation:
        """Read the prompt.

        Raises:
            NotCapable: Another kind, an option or words that it does not know.
        """
        unknown = tuple(sorted(request.options.keys() - self.OPTIONS))
        if request.kind not in self.passport().kinds or unknown:
            raise NotCapable(f"canned takes know no {request.kind.value} with {unknown}")
        request.require_no_references("canned")
        for note in request.notes:
            if note not in NOTES:
                raise NotCapable(f'canned takes know no note "{note}"', unknown=(note,))
        if request.kind is ElementKind.VOICE:
            spoken = request.prompt
            return Interpretation(
                words=(WordUse(start=0, end=len(spoken), text=spoken, use="used", became="tone"),)
            )
        return Interpretation(words=_words(request.prompt))

    def estimate(self, request: Request, stage: Stage) -> Estimate:  # noqa: ARG002 -- the port's signature
        """Next to nothing."""
        self.interpret(request)
        return Estimate(seconds=0.1)

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Make it.

        Raises:
            NotCapable: As :meth:`interpret`.
            BackendFailed: The prompt says so.
        """
        self.interpret(request)
        if BROKEN in request.prompt.split():
            raise BackendFailed(
                "the canned take broke, as it was asked to", next_step="ask for another colour"
            )
        if request.kind is ElementKind.SHOT:
            return self._shot(request, stage)
        stage.progress(0, 1, "tone")
        path = stage.sound(_tone(request), _SAMPLE_RATE)
        return Delivery(path=path, media_type="audio/wav", seed=request.seed)

    def _shot(self, request: Request, stage: Stage) -> Delivery:
        if request.raster is None or request.frames is None:
            raise NotCapable("a canned shot needs a raster and a length")
        sink = stage.picture(request.raster, request.rate)
        for index in range(request.frames):
            stage.progress(index, request.frames, "drawing")
            sink.write(_frame(request, index))
        path = sink.close()
        return Delivery(path=path, media_type="video/mp4", seed=request.seed)


class TrainedCannedBackend(CannedBackend):
    """The same takes, with a passport that discloses two datasets and a consent.

    For tests of what follows from a training set.
    """

    def passport(self) -> Passport:
        """What would be known of it."""
        return (
            super()
            .passport()
            .model_copy(
                update={
                    "name": "trained",
                    "title": "Trained canned takes",
                    "training": TRAINING,
                    "source_type": SourceType.TRAINED_ALGORITHMIC,
                }
            )
        )


def _words(prompt: str) -> tuple[WordUse, ...]:
    matches, unknown = _VOCABULARY.read(prompt)
    if unknown or not any(match.meaning for match in matches):
        words = tuple(word.text for word in unknown)
        named = ", ".join(f'"{word[:60]}"' for word in words[:5]) or "nothing"
        raise NotCapable(f"canned takes cannot show {named}", unknown=words)
    return tuple(
        WordUse(
            start=match.start,
            end=match.end,
            text=match.text,
            use="used" if match.meaning else "filler",
            became=match.meaning or "",
        )
        for match in matches
    )


def _frame(request: Request, index: int) -> Frame:
    """The colour of the first word that names one, and a bar that moves, so that frames differ."""
    import numpy as np  # noqa: PLC0415 -- listing the backends stays cheap

    named = [word.became for word in _words(request.prompt) if word.became in COLOURS]
    bits = COLOURS[named[0]] if named else 7
    light = 120 + 40 * sum(1 if note == "brighter" else -1 for note in request.notes)
    level = max(24, min(232, light + request.seed % 16))
    colour = [level if bits & bit else 24 for bit in (4, 2, 1)]
    raster = request.raster
    if raster is None:
        raise NotCapable("a canned shot needs a raster")
    picture = np.empty((raster.height, raster.width, 3), np.uint8)
    picture[:] = colour
    place = index * 4 % raster.width
    picture[-8:, place : place + 8] = 232
    return picture


def _tone(request: Request) -> Samples:
    """A quiet sine whose pitch follows from prompt and seed."""
    import numpy as np  # noqa: PLC0415 -- listing the backends stays cheap

    seconds = _VOICE_SECONDS
    if request.frames is not None:
        seconds = float(request.rate.seconds(request.frames))
    pitch = 220 + zlib.crc32(f"{request.prompt}/{request.seed}".encode()) % 440
    times = np.arange(round(seconds * _SAMPLE_RATE)) / _SAMPLE_RATE
    wave = 0.1 * np.sin(2 * np.pi * pitch * times)
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)
