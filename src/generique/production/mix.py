"""Mix: voices, music, effects and backgrounds become stems and a mix for every language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generique.ledger.canonical import canonical
from generique.marks.pointer import SOUND_BITS, SOUND_MARK, pointer_text, sound_pointer
from generique.marks.sound_mark.embed import embed
from generique.model.element import Stem
from generique.model.time import parse_seconds
from generique.model.timing import ShotTiming, TimingPlan
from generique.model.values import Digest, Json, Value, digest_of
from generique.production.ingest import Medium
from generique.production.lineage import authentic_frames
from generique.production.machineroom_ports import Bench, Loudness
from generique.production.orders import JOIN_SECONDS
from generique.production.producer import Filmed
from generique.production.shoot import SAMPLE_RATE, Shot
from generique.production.steps import StepMachine, step
from generique.production.takes import Chosen
from generique.sound.filters import high_pass
from generique.sound.loudness import lufs_gain
from generique.sound.mix import Clip, duck, normalise, render_stems, sum_stems

TARGET_LUFS = -23.0
CEILING_DBTP = -1.5

_LEVELS = {Stem.DIALOGUE: 0.0, Stem.MUSIC: -6.0, Stem.EFFECTS: -8.0, Stem.BACKGROUNDS: -8.0}
"""Level of each stem before ducking, in decibels."""

_NOTICE_DB = -3.0
"""A spoken notice stands a little behind the lines: it is read aside, not performed."""

_AUTHENTIC_LUFS = -28.0
"""Loudness that authentic sound is brought to before the mix, whatever it was recorded at."""

_FADE_OUT = 1.5


class Mix(Value):
    """The mix of one language.

    Attributes:
        stems: Digest of each stem's WAV.
        mix: Digest of the sum's WAV.
        mark: Number that the sum carries, hex digits; the stems carry none.
        loudness: Of the mix, before it is encoded.
    """

    language: str
    stems: dict[str, Digest]
    mix: Digest
    mark: str
    loudness: Loudness
    samples: int


def total_samples(plan: TimingPlan) -> int:
    """Length of the film in samples at 48 kHz."""
    return round(plan.rate.seconds(plan.frames) * SAMPLE_RATE)


class MixingRoom:
    """Makes the mixes.

    Args:
        machine: Runs and recalls steps.
        bench: Media tools.
    """

    def __init__(self, machine: StepMachine, bench: Bench) -> None:
        self._machine = machine
        self._bench = bench

    def mix(self, film: Filmed, language: str) -> Mix:
        """Mix one language version, or recall its mix."""
        inputs = {sound.take.id: sound.take.file for sound in _sounds(film.chosen, language)}
        inputs |= {name: medium.file for name, medium in film.chosen.media.items()}
        recipe = {
            "verb": "mix",
            "language": language,
            "plan": film.plan.to_json(),
            "frames": film.plan.frames,
            "sounds": [use.to_json() for shot in film.script.shots.shots for use in shot.sounds],
            "low_cuts": {name: m.item.low_cut for name, m in film.chosen.media.items()},
            "authentic": _AUTHENTIC_LUFS,
            "levels": {stem.value: level for stem, level in _LEVELS.items()},
            "notice": _NOTICE_DB,
            "target": TARGET_LUFS,
            "mark": SOUND_MARK,
        }
        outcome = self._machine.perform(
            step(f"mix {language}", recipe, inputs), lambda: self._work(film, language)
        )
        facts = json.loads(self._machine.vault.read(outcome.outputs["facts"]))
        return Mix(
            language=language,
            stems={stem.value: outcome.outputs[stem.value] for stem in Stem},
            mix=outcome.outputs["mix"],
            mark=facts["mark"],
            loudness=Loudness.read(facts["loudness"], where="mix"),
            samples=total_samples(film.plan),
        )

    def _work(self, film: Filmed, language: str) -> dict[str, Digest]:
        vault = self._machine.vault
        clips = [*self._spoken(film, language), *self._beds(film), *self._authentic(film)]
        stems = duck(render_stems(clips, total_samples(film.plan)))
        levelled = normalise(stems, TARGET_LUFS, CEILING_DBTP)
        outputs = {}
        for name, samples in levelled.items():
            outputs[str(name)] = vault.put_bytes(self._bench.wav(samples))
        summed = sum_stems(levelled)
        pointer = sound_pointer(
            film.script.production.id, language, digest_of(self._bench.wav(summed))
        )
        marked = embed(summed, SAMPLE_RATE, pointer)
        outputs["mix"] = vault.put_bytes(self._bench.wav(marked))
        loudness = self._bench.loudness(vault.path(outputs["mix"]))
        facts: dict[str, Json] = {
            "loudness": loudness.to_json(),
            "mark": pointer_text(pointer, SOUND_BITS),
        }
        outputs["facts"] = vault.put_bytes(canonical(facts))
        return outputs

    def _spoken(self, film: Filmed, language: str) -> Iterator[Clip]:
        for line in film.plan.lines:
            if line.language == language:
                voice = film.chosen.voices[language, line.line]
                yield self._clip(voice, round(line.start * SAMPLE_RATE))
        for notice in film.plan.notices:
            if notice.language == language:
                clip = self._clip(film.chosen.notices[language], round(notice.start * SAMPLE_RATE))
                yield replace(clip, gain_db=clip.gain_db + _NOTICE_DB)

    def _beds(self, film: Filmed) -> Iterator[Clip]:
        if film.chosen.music is not None:
            yield self._clip(film.chosen.music, 0)
        places = {place.shot: place for place in film.plan.shots}
        for effect in film.chosen.effects:
            if effect.order.shot is not None:
                place = places[effect.order.shot]
                start = _sample(film.plan, place.start)
                yield self._clip(effect, start, _edges(place, film.plan))

    def _authentic(self, film: Filmed) -> Iterator[Clip]:
        plan = film.plan
        places = {place.shot: place for place in plan.shots}
        for shot in film.script.shots.shots:
            place = places[shot.id]
            for use in shot.sounds:
                medium = film.chosen.media[use.file]
                samples = self._levelled(medium)
                first = round(parse_seconds(use.start, plan.rate) * SAMPLE_RATE)
                seconds = float(plan.rate.seconds(authentic_frames(use, place, plan)))
                fades = _edges(place, plan)
                yield Clip(
                    start_sample=_sample(plan, place.start),
                    samples=samples[first : first + round(seconds * SAMPLE_RATE)],
                    stem=Stem.BACKGROUNDS,
                    fade_in=fades[0],
                    fade_out=fades[1],
                )

    def _levelled(self, medium: Medium) -> NDArray[np.float32]:
        """An authentic sound without rumble, at the level of the mix; its file stays as it is."""
        samples = self._bench.read_sound(self._machine.vault.path(medium.file))
        if medium.item.low_cut is not None:
            wide = samples.astype(np.float64)
            samples = high_pass(wide, medium.item.low_cut, SAMPLE_RATE).astype(np.float32)
        return samples * np.float32(lufs_gain(samples, SAMPLE_RATE, _AUTHENTIC_LUFS))

    def _clip(self, shot: Shot, start: int, fades: tuple[float, float] = (0.0, 0.0)) -> Clip:
        stem = shot.order.stem or Stem.EFFECTS
        return Clip(
            start_sample=start,
            samples=self._bench.read_sound(self._machine.vault.path(shot.take.file)),
            stem=stem,
            gain_db=_LEVELS[stem],
            fade_in=fades[0],
            fade_out=fades[1],
        )


def _sounds(chosen: Chosen, language: str) -> Iterator[Shot]:
    for (spoken, _), voice in chosen.voices.items():
        if spoken == language:
            yield voice
    if language in chosen.notices:
        yield chosen.notices[language]
    if chosen.music is not None:
        yield chosen.music
    yield from chosen.effects


def _sample(plan: TimingPlan, frame: int) -> int:
    return round(plan.rate.seconds(frame) * SAMPLE_RATE)


def _edges(place: ShotTiming, plan: TimingPlan) -> tuple[float, float]:
    """Fades of a sound that lasts as long as its shot: soft joins, a long end at the credits."""
    last = place.start + place.frames >= plan.credits_start
    return JOIN_SECONDS, _FADE_OUT if last else JOIN_SECONDS
