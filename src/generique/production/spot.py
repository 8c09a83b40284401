"""Spot: music, lines and shots are laid out in time before anything is shot."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from generique.edit.notices import place_notices
from generique.edit.slots import LineLength
from generique.edit.spotting import MediaRoom, SpottingNeed, lay_out
from generique.ledger.canonical import canonical
from generique.model.time import Rate, parse_seconds
from generique.model.timing import MusicGrid, TimingPlan
from generique.model.values import Digest
from generique.production.breakdown import Script
from generique.production.ingest import Medium
from generique.production.steps import StepMachine, step
from generique.sound.beats import beat_grid, tension_curve

_SILENT_BPM = 60.0
_LONGEST_SECONDS = 4 * 3600.0
_ROUNDS = 3
_CHARACTERS_A_SECOND = 14.0
"""Speaking rate assumed of a line that has not been recorded yet."""


def assumed_seconds(text: str) -> float:
    """Length of a line that has not been spoken yet, in seconds."""
    return max(0.6, len(text) / _CHARACTERS_A_SECOND)


def time_film(
    script: Script, lengths: Mapping[tuple[str, str], float], media: Mapping[str, Medium]
) -> TimingPlan:
    """Lay out the film.

    Args:
        script: Shots, lines and the production's settings.
        lengths: Seconds of every line, by language and line.
        media: Authentic media by file; may be empty in a plan.

    Raises:
        UnreadableInput: The lines do not fit in the lengths that the script asks for.
    """
    production = script.production
    rate = Rate.parse(production.rate)
    need = SpottingNeed(
        rate=rate,
        languages=production.languages,
        lines=tuple(
            LineLength(language=language, line=line, seconds=seconds)
            for (language, line), seconds in sorted(lengths.items())
        ),
        rooms=_rooms(script, media, rate),
        credits_seconds=production.credits_seconds,
        handles=production.handles,
    )
    return _on_the_music(script, need, sum(lengths.values()))


def _on_the_music(script: Script, need: SpottingNeed, spoken: float) -> TimingPlan:
    """Lay out over a grid that is long enough, until the arc of tension spans just the film.

    The arc depends on the film's length and, through the free shots, the length on the arc; a
    few rounds settle it, and the last one is taken as it is.
    """
    music = script.production.music
    bpm = music.bpm if music else _SILENT_BPM
    asked = sum(float(shot.seconds or 0) for shot in script.shots.shots)
    bound = asked + 2 * spoken + 20.0 * len(script.shots.shots) + need.credits_seconds
    beats = beat_grid(bpm, min(bound, _LONGEST_SECONDS))
    tension = tension_curve(len(beats))
    plan = lay_out(script.shots, need, MusicGrid(bpm=bpm, beats=beats, tension=tension))
    for _ in range(_ROUNDS):
        inside = sum(1 for beat in beats if beat < float(need.rate.seconds(plan.frames)))
        arc = tension_curve(inside)
        shaped = arc + arc[-1:] * (len(beats) - inside)
        if shaped == tension:
            break
        tension = shaped
        plan = lay_out(script.shots, need, MusicGrid(bpm=bpm, beats=beats, tension=tension))
    inside = sum(1 for beat in beats if beat < float(need.rate.seconds(plan.frames)))
    grid = MusicGrid(bpm=bpm, beats=beats[:inside], tension=tension[:inside])
    return plan.model_copy(update={"music": grid})


def _rooms(script: Script, media: Mapping[str, Medium], rate: Rate) -> tuple[MediaRoom, ...]:
    rooms = []
    for shot in script.shots.shots:
        medium = media.get(shot.media.file) if shot.media else None
        if shot.media is None or medium is None:
            continue
        start = parse_seconds(shot.media.start, rate)
        before = rate.frames(start / Fraction(medium.item.speed))
        after = medium.film_frames(rate) - before
        rooms.append(MediaRoom(shot=shot.id, before=before, frames=max(1, after)))
    return tuple(rooms)


def spot(
    script: Script,
    lengths: Mapping[tuple[str, str], float],
    media: Mapping[str, Medium],
    machine: StepMachine,
    notices: Mapping[str, float] | None = None,
) -> tuple[TimingPlan, Digest]:
    """Lay out the film and record the timing plan.

    Args:
        script: Shots, lines and the production's settings.
        lengths: Seconds of every line, by language and line.
        media: Authentic media by file.
        machine: Records the plan.
        notices: Seconds of the spoken notice of each language that needs one.

    Returns:
        The plan and its digest.
    """
    announced = dict(notices or {})
    plan = place_notices(time_film(script, lengths, media), announced)
    document = canonical(plan.to_json())
    recipe = {
        "verb": "spot",
        "lengths": {f"{language}/{line}": s for (language, line), s in sorted(lengths.items())},
        "notices": announced,
        "music": script.production.music.to_json() if script.production.music else None,
        "rate": script.production.rate,
        "handles": script.production.handles,
        "credits_seconds": script.production.credits_seconds,
    }
    inputs = {"shots": script.digest} | {name: medium.file for name, medium in media.items()}
    outcome = machine.perform(
        step("spot", recipe, inputs), lambda: {"timing": machine.vault.put_bytes(document)}
    )
    return plan, outcome.outputs["timing"]
