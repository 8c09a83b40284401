"""Mix: voices, music, effects and backgrounds become stems and a mix for every language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction

from generique.ledger.canonical import canonical
from generique.model.element import Stem
from generique.model.time import parse_seconds
from generique.model.timing import ShotTiming, TimingPlan
from generique.model.values import Digest, Value
from generique.production.breakdown import Script
from generique.production.machineroom_ports import Bench, Loudness
from generique.production.shoot import SAMPLE_RATE, Shot
from generique.production.steps import StepMachine, step
from generique.production.takes import Chosen
from generique.sound.mix import Clip, duck, normalise, render_stems, sum_stems

TARGET_LUFS = -23.0
CEILING_DBTP = -1.5

_LEVELS = {Stem.DIALOGUE: 0.0, Stem.MUSIC: -6.0, Stem.EFFECTS: -8.0, Stem.BACKGROUNDS: -8.0}
"""Level of each stem before ducking, in decibels."""

_SOUND_LEVEL = -3.0
_CROSSFADE = 0.8
_FADE_OUT = 1.5


class Mix(Value):
    """The mix of one language.

    Attributes:
        stems: Digest of each stem's WAV.
        mix: Digest of the sum's WAV.
        loudness: Of the mix, before it is encoded.
    """

    language: str
    stems: dict[str, Digest]
    mix: Digest
    loudness: Loudness
    samples: int


def total_samples(plan: TimingPlan) -> int:
    """Length of the film in samples at 48 kHz."""
    return round(plan.rate.seconds(plan.frames) * SAMPLE_RATE)


def mix(
    script: Script,
    plan: TimingPlan,
    chosen: Chosen,
    language: str,
    *,
    machine: StepMachine,
    bench: Bench,
) -> Mix:
    """Mix one language version, or recall its mix."""
    inputs = {sound.take.id: sound.take.file for sound in _sounds(chosen, language)}
    inputs |= {name: medium.file for name, medium in chosen.media.items()}
    recipe = {
        "verb": "mix",
        "language": language,
        "plan": plan.to_json(),
        "levels": {stem.value: level for stem, level in _LEVELS.items()},
        "target": TARGET_LUFS,
    }

    def work() -> dict[str, Digest]:
        clips = list(_clips(script, plan, chosen, language, machine=machine, bench=bench))
        stems = duck(render_stems(clips, total_samples(plan)))
        levelled = normalise(stems, TARGET_LUFS, CEILING_DBTP)
        outputs = {}
        for name, samples in [*levelled.items(), ("mix", sum_stems(levelled))]:
            outputs[str(name)] = machine.vault.put_bytes(bench.wav(samples))
        loudness = bench.loudness(machine.vault.path(outputs["mix"]))
        outputs["facts"] = machine.vault.put_bytes(canonical(loudness.to_json()))
        return outputs

    outcome = machine.perform(step(f"mix {language}", recipe, inputs), work)
    facts = json.loads(machine.vault.read(outcome.outputs["facts"]))
    return Mix(
        language=language,
        stems={stem.value: outcome.outputs[stem.value] for stem in Stem},
        mix=outcome.outputs["mix"],
        loudness=Loudness.read(facts, where="mix"),
        samples=total_samples(plan),
    )


def _sounds(chosen: Chosen, language: str) -> Iterator[Shot]:
    for (spoken, _), voice in chosen.voices.items():
        if spoken == language:
            yield voice
    if chosen.music is not None:
        yield chosen.music
    yield from chosen.effects


def _clips(
    script: Script,
    plan: TimingPlan,
    chosen: Chosen,
    language: str,
    *,
    machine: StepMachine,
    bench: Bench,
) -> Iterator[Clip]:
    def sound_of(shot: Shot) -> Clip:
        samples = bench.read_sound(machine.vault.path(shot.take.file))
        stem = shot.order.stem or Stem.EFFECTS
        return Clip(start_sample=0, samples=samples, stem=stem, gain_db=_LEVELS[stem])

    places = {place.shot: place for place in plan.shots}
    for line in plan.lines:
        if line.language == language:
            clip = sound_of(chosen.voices[language, line.line])
            yield _moved(clip, round(line.start * SAMPLE_RATE))
    if chosen.music is not None:
        yield _moved(sound_of(chosen.music), 0)
    for effect in chosen.effects:
        if effect.order.shot is not None:
            place = places[effect.order.shot]
            yield _moved(sound_of(effect), _sample(plan, place.start), _edges(place, plan))
    yield from _authentic(script, plan, chosen, machine=machine, bench=bench)


def _authentic(
    script: Script, plan: TimingPlan, chosen: Chosen, *, machine: StepMachine, bench: Bench
) -> Iterator[Clip]:
    places = {place.shot: place for place in plan.shots}
    for shot in script.shots.shots:
        place = places[shot.id]
        length = float(plan.rate.seconds(place.frames))
        for use in shot.sounds:
            samples = bench.read_sound(machine.vault.path(chosen.media[use.file].file))
            first = round(parse_seconds(use.start, plan.rate) * SAMPLE_RATE)
            seconds = min(length, float(Fraction(use.seconds))) if use.seconds else length
            part = samples[first : first + round(seconds * SAMPLE_RATE)]
            clip = Clip(start_sample=0, samples=part, stem=Stem.BACKGROUNDS, gain_db=_SOUND_LEVEL)
            yield _moved(clip, _sample(plan, place.start), _edges(place, plan))


def _sample(plan: TimingPlan, frame: int) -> int:
    return round(plan.rate.seconds(frame) * SAMPLE_RATE)


def _edges(place: ShotTiming, plan: TimingPlan) -> tuple[float, float]:
    """Fades of a sound that lasts as long as its shot: soft joins, a long end at the credits."""
    last = place.start + place.frames >= plan.credits_start
    return _CROSSFADE, _FADE_OUT if last else _CROSSFADE


def _moved(clip: Clip, start: int, fades: tuple[float, float] = (0.0, 0.0)) -> Clip:
    return Clip(
        start_sample=start,
        samples=clip.samples,
        stem=clip.stem,
        gain_db=clip.gain_db,
        fade_in=fades[0],
        fade_out=fades[1],
    )
