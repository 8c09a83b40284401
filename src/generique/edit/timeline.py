"""The cut as an OpenTimelineIO timeline; see ``docs/formats/timeline.md``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import opentimelineio as otio

from generique.edit.sources import SoundSource, Source, TimelineNote
from generique.edit.spotting import fade_in_frames
from generique.model.errors import UnreadableInput
from generique.model.shot import Transition
from generique.model.time import Rate
from generique.model.timing import ShotTiming, TimingPlan

KEY = "generique"
"""Key of all our metadata in a timeline."""

SCHEMA = "generique/timeline/1"

RECORD_START_SECONDS = 3600
"""Timelines start at 01:00:00:00, as tape did and every finishing house expects."""


def build_timeline(
    plan: TimingPlan,
    sources: Sequence[Source],
    sounds: Sequence[SoundSource] = (),
    notes: Sequence[TimelineNote] = (),
    *,
    title: str,
) -> otio.schema.Timeline:
    """Cut the chosen pictures to the plan.

    Args:
        plan: Layout of the film.
        sources: One for each shot of the plan, in any order.
        sounds: Stems; a track each.
        notes: Labels and the like; lines get their markers from the plan.
        title: Name of the timeline.

    Raises:
        UnreadableInput: A shot has no source, or its source is too short.
    """
    by_shot = {source.shot: source for source in sources}
    timeline = otio.schema.Timeline(name=title)
    fps = float(plan.rate.fps)
    timeline.global_start_time = otio.opentime.RationalTime(
        RECORD_START_SECONDS * round(plan.rate.fps), fps
    )
    timeline.metadata[KEY] = {
        "schema": SCHEMA,
        "rate": _rate_text(plan.rate),
        "frames": plan.frames,
        "fade_out": plan.fade_out,
    }
    timeline.tracks.append(_picture(plan, by_shot))
    for sound in sounds:
        timeline.tracks.append(_sound(sound, plan))
    lines = (
        TimelineNote(
            kind="line",
            name=f"{line.line} ({line.language})",
            text="",
            start=plan.rate.frames(line.start),
            end=plan.rate.frames(line.start + line.seconds) + 1,
        )
        for line in plan.lines
    )
    for note in (*lines, *notes):
        timeline.tracks.markers.append(_marker(note, plan.rate))
    return timeline


def write_timeline(timeline: otio.schema.Timeline) -> str:
    """The timeline as the text of an ``.otio`` file, ending with a newline."""
    return str(timeline.to_json_string(indent=2)) + "\n"


def read_timeline(text: str, *, where: str) -> otio.schema.Timeline:
    """Read the text of an ``.otio`` file.

    Raises:
        UnreadableInput: It is not one.
    """
    try:
        timeline = otio.adapters.read_from_string(text, "otio_json")
    except (otio.exceptions.OTIOError, ValueError, LookupError, TypeError) as error:
        raise UnreadableInput(
            f"{where} is not an OpenTimelineIO file",
            where=where,
            why=str(error),
            next_step="export the timeline again as .otio, or run `generique cut`",
        ) from error
    if not isinstance(timeline, otio.schema.Timeline):
        raise UnreadableInput(
            f"{where} holds a {type(timeline).__name__}, not a timeline",
            where=where,
            next_step="export the whole timeline as .otio, or run `generique cut`",
        )
    return timeline


def _rate_text(rate: Rate) -> str:
    return f"{rate.numerator}/{rate.denominator}"


def _time(frames: int, rate: Rate) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frames, float(rate.fps))


def _range(start: int, frames: int, rate: Rate) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_time(start, rate), _time(frames, rate))


def _picture(plan: TimingPlan, by_shot: dict[str, Source]) -> otio.schema.Track:
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    overlaps = [shot.overlap for shot in plan.shots[1:]]
    for index, shot in enumerate(plan.shots):
        source = by_shot.get(shot.shot)
        if source is None:
            raise UnreadableInput(
                f"shot {shot.shot} has no picture",
                where=f"shot {shot.shot}",
                next_step="shoot it, or choose and approve a take",
            )
        if shot.overlap:
            track.append(_dissolve(shot.overlap // 2, shot.overlap - shot.overlap // 2, plan.rate))
        following = overlaps[index] if index < len(overlaps) else 0
        clip = _clip(shot, source, plan.rate, following)
        if shot.transition is Transition.FADE_IN:
            fade = fade_in_frames(plan.rate, shot.frames)
            if index == 0:
                track.append(_dissolve(0, fade, plan.rate))
            else:
                # Between two clips OTIO reads a transition as a dissolve, never as a fade.
                clip.metadata[KEY]["fade_in"] = fade
        track.append(clip)
    last = plan.shots[-1]
    fade = min(plan.fade_out, last.frames // 2)
    if fade:
        track.append(_dissolve(fade, 0, plan.rate))
    track.append(_black(plan, last.start + last.frames))
    return track


def _dissolve(before: int, after: int, rate: Rate) -> otio.schema.Transition:
    return otio.schema.Transition(
        transition_type=otio.schema.TransitionTypes.SMPTE_Dissolve,
        in_offset=_time(before, rate),
        out_offset=_time(after, rate),
    )


def _black(plan: TimingPlan, end: int) -> otio.schema.Gap:
    gap = otio.schema.Gap(source_range=_range(0, plan.frames - end, plan.rate))
    gap.name = "End credits"
    gap.metadata[KEY] = {"credits_start": plan.credits_start}
    return gap


def _clip(shot: ShotTiming, source: Source, rate: Rate, following: int) -> otio.schema.Clip:
    """The clip between its cut points, which lie in the middle of dissolves.

    The start is counted in the medium's frames and the duration in the film's, because that is
    what each of them is exactly.
    """
    step = source.speed * source.rate.fps / rate.fps
    needed = source.source_in + int((shot.frames - 1) * step + 0.5) + 1
    if needed > source.frames:
        raise UnreadableInput(
            f"the picture of shot {shot.shot} is too short",
            where=f"shot {shot.shot}, {source.name}",
            why=f"{needed} frames are needed and it has {source.frames}",
            next_step="retake the shot at the planned length, or run spot again",
        )
    skipped = shot.overlap // 2
    frames = shot.frames - skipped - (following - following // 2)
    begin = otio.opentime.RationalTime(
        float(source.source_in + skipped * step), float(source.rate.fps)
    )
    reference = otio.schema.ExternalReference(
        target_url=source.url, available_range=_range(0, source.frames, source.rate)
    )
    reference.name = source.name
    reference.metadata[KEY] = _facts(source)
    clip = otio.schema.Clip(
        name=shot.shot,
        media_reference=reference,
        source_range=otio.opentime.TimeRange(begin, _time(frames, rate)),
    )
    clip.metadata[KEY] = {"shot": shot.shot, "beat_offset": shot.beat_offset}
    if source.framing is not None:
        clip.metadata[KEY]["framing"] = source.framing.text
    if source.speed != 1:
        clip.effects.append(
            otio.schema.LinearTimeWarp(
                name="conformed speed",
                time_scalar=float(source.speed),
                metadata={KEY: {"speed": str(source.speed)}},
            )
        )
    return clip


def _facts(source: Source) -> dict[str, Any]:
    return {
        "source": source.id,
        "digest": source.digest,
        "essence": source.essence,
        "rate": _rate_text(source.rate),
        "speed": str(source.speed),
    }


def _sound(sound: SoundSource, plan: TimingPlan) -> otio.schema.Track:
    name = f"{sound.stem.value} {sound.language}" if sound.language else sound.stem.value
    track = otio.schema.Track(name=name, kind=otio.schema.TrackKind.Audio)
    reference = otio.schema.ExternalReference(
        target_url=sound.url,
        available_range=otio.opentime.TimeRange(
            otio.opentime.RationalTime(0, sound.sample_rate),
            otio.opentime.RationalTime(sound.samples, sound.sample_rate),
        ),
    )
    reference.metadata[KEY] = {"digest": sound.digest}
    clip = otio.schema.Clip(
        name=sound.name,
        media_reference=reference,
        source_range=_range(0, plan.frames, plan.rate),
    )
    track.metadata[KEY] = {"stem": sound.stem.value, "language": sound.language or ""}
    track.append(clip)
    return track


def _marker(note: TimelineNote, rate: Rate) -> otio.schema.Marker:
    colour = otio.schema.MarkerColor.GREEN if note.kind == "line" else otio.schema.MarkerColor.RED
    return otio.schema.Marker(
        name=note.name,
        marked_range=_range(note.start, max(note.end - note.start, 1), rate),
        color=colour,
        metadata={KEY: {"kind": note.kind, "text": note.text}},
    )
