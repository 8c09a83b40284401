"""Read the picture back from a timeline: what the conform shows is what the timeline says.

The law:

1. A person may trim, slip, drop, reorder and dissolve. All of that is read as it stands.
2. Nothing approved is ever re-timed. A clip whose speed differs from the speed that its source
   declares is refused, and so is any other effect.
3. Every frame asked for lies in the medium.
4. Nothing is guessed: a track, item or transition that is not understood is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

import opentimelineio as otio

from generique.edit.sources import Segment, Source
from generique.edit.timeline import KEY, SCHEMA
from generique.model.errors import Refused, UnreadableInput
from generique.model.shot import Framing
from generique.model.time import Rate

_NEAR = 1e-9


def read_segments(
    timeline: otio.schema.Timeline, sources: Sequence[Source] = ()
) -> tuple[Segment, ...]:
    """The picture of a timeline, in order, from frame 0 without a gap.

    Args:
        timeline: Built by :func:`generique.edit.timeline.build_timeline`, perhaps trimmed since.
        sources: What has been chosen and approved. When given, every clip must show one of them,
            with the digests and the speed that it has; the timeline's own word is not taken.

    Raises:
        Refused: A clip is re-timed, or shows what has not been chosen.
        UnreadableInput: Anything else that cannot be conformed; names the clip.
    """
    rate = _film_rate(timeline)
    tracks = [track for track in timeline.tracks if track.kind == otio.schema.TrackKind.Video]
    if len(tracks) != 1:
        _unreadable(timeline.name, f"it has {len(tracks)} video tracks", "keep exactly one")
    places = _places(tracks[0], rate)
    known = {source.id: source for source in sources} if sources else None
    start = 0
    segments = []
    for place in places:
        segments.append(_segment(place, start, rate, known))
        start += place.frames
    _must_not_meet(segments)
    return tuple(segments)


@dataclass(frozen=True)
class _Place:
    """An item between its cut points, with the transitions on its sides, in film frames.

    Attributes:
        reach_back: Frames that the transition before it shows of it before its cut point.
        shared: Frames of that transition in all.
        reach_on: Frames that the transition after it shows of it after its cut point.
    """

    item: Any
    frames: int
    reach_back: int
    shared: int
    reach_on: int


def _places(track: otio.schema.Track, rate: Rate) -> list[_Place]:
    items: list[Any] = []
    transitions: dict[int, Any] = {}
    for child in track:
        if isinstance(child, otio.schema.Transition):
            if len(items) in transitions:
                _unreadable(child.name, "two transitions follow each other", "remove one")
            transitions[len(items)] = child
        elif isinstance(child, otio.schema.Clip | otio.schema.Gap):
            items.append(child)
        else:
            _unreadable(child.name, f"it is a {type(child).__name__}", "use clips, gaps, dissolves")
    if not items:
        _unreadable(track.name, "it is empty", "run `generique cut`")
    if len(items) in transitions:
        _unreadable(track.name, "it ends in a transition", "end it with a clip or a gap")
    offsets = [_offsets(transitions.get(index), rate) for index in range(len(items))]
    offsets.append((0, 0))
    return [
        _Place(
            item=item,
            frames=_whole(item.trimmed_range().duration, rate, item.name),
            reach_back=offsets[index][0],
            shared=sum(offsets[index]),
            reach_on=offsets[index + 1][1],
        )
        for index, item in enumerate(items)
    ]


def _offsets(transition: Any, rate: Rate) -> tuple[int, int]:
    if transition is None:
        return 0, 0
    if transition.transition_type != otio.schema.TransitionTypes.SMPTE_Dissolve:
        _unreadable(transition.name, f"it is a {transition.transition_type}", "use a dissolve")
    name = transition.name or "dissolve"
    return _whole(transition.in_offset, rate, name), _whole(transition.out_offset, rate, name)


def _segment(place: _Place, cut: int, rate: Rate, known: Mapping[str, Source] | None) -> Segment:
    """One item as a segment; a transition from nothing or from black is a fade."""
    start = cut - place.reach_back
    frames = place.reach_back + place.frames + place.reach_on
    if start < 0:
        _unreadable(place.item.name, "its dissolve begins before the film", "shorten the dissolve")
    if start == 0:
        overlap, fade_in = 0, place.shared
    else:
        overlap, fade_in = place.shared, _fade_in(place.item)
    shared: dict[str, Any] = {
        "start": start,
        "frames": frames,
        "overlap": overlap,
        "fade_in": fade_in,
    }
    if isinstance(place.item, otio.schema.Gap):
        return Segment(shot=None, name=place.item.name, **shared)
    return Segment(**shared, **_footage(place, rate, known))


def _fade_in(item: Any) -> int:
    """Frames of a fade from black after a cut, for which OTIO has no transition."""
    frames = dict(item.metadata.get(KEY, {})).get("fade_in", 0)
    if not isinstance(frames, int) or frames < 0:
        _unreadable(item.name, f"its fade-in is {frames!r}", "write a whole number of frames")
    return frames


def _footage(place: _Place, rate: Rate, known: Mapping[str, Source] | None) -> dict[str, Any]:
    clip = place.item
    facts = _facts(clip, known)
    source_rate, speed = Rate.parse(facts["rate"]), Fraction(facts["speed"])
    _same_speed(clip, speed)
    step = speed * source_rate.fps / rate.fps
    begin = clip.trimmed_range().start_time.rescaled_to(float(source_rate.fps)).value
    first = Fraction(begin).limit_denominator(10_000) - place.reach_back * step
    source_in = int(first + Fraction(1, 2))
    frames = place.reach_back + place.frames + place.reach_on
    end = source_in + int((frames - 1) * step + Fraction(1, 2)) + 1
    available = clip.media_reference.available_range
    if available is None:
        _unreadable(clip.name, "its medium states no available range", "run `generique cut`")
    length = round(available.duration.rescaled_to(float(source_rate.fps)).value)
    if first < 0 or end > length:
        _unreadable(
            clip.name,
            f"it asks for frames {source_in} to {end} of a medium of {length}",
            "trim the clip or shorten its dissolves",
        )
    return {
        "shot": facts["shot"],
        "source": facts["source"],
        "name": clip.media_reference.name or facts["source"],
        "url": clip.media_reference.target_url,
        "digest": facts["digest"],
        "essence": facts["essence"],
        "source_in": source_in,
        "source_rate": source_rate,
        "step": step,
        "speed": speed,
        "framing": _framing(clip),
    }


def _framing(clip: Any) -> Framing | None:
    text = dict(clip.metadata.get(KEY, {})).get("framing")
    return None if text is None else Framing.parse(str(text), where=f"clip {clip.name}")


def _facts(clip: Any, known: Mapping[str, Source] | None) -> dict[str, str]:
    """Our metadata of a clip and its medium, checked against what has been chosen."""
    if not isinstance(clip.media_reference, otio.schema.ExternalReference):
        _unreadable(clip.name, "it has no medium", "relink it, or run `generique cut`")
    ours = dict(clip.media_reference.metadata.get(KEY, {}))
    ours["shot"] = dict(clip.metadata.get(KEY, {})).get("shot")
    for key in ("shot", "source", "digest", "essence", "rate", "speed"):
        if not isinstance(ours.get(key), str):
            _unreadable(clip.name, f"its metadata lack {KEY}.{key}", "run `generique cut`")
    if known is not None:
        source = known.get(ours["source"])
        chosen = source and {
            "digest": source.digest,
            "essence": source.essence,
            "rate": f"{source.rate.numerator}/{source.rate.denominator}",
            "speed": str(source.speed),
        }
        if not chosen or any(ours[key] != value for key, value in chosen.items()):
            raise Refused(
                f"clip {clip.name} does not show what was chosen for the film",
                where=f"clip {clip.name}, {ours['source']}",
                why="its medium, digest, rate or speed is not that of a chosen source",
                next_step="choose and approve the take, then run `generique cut`",
            )
    return ours


def _same_speed(clip: Any, declared: Fraction) -> None:
    """Law 2: refuse any speed but the declared one, and any other effect."""
    speed = 1.0
    for effect in clip.effects:
        if type(effect) is not otio.schema.LinearTimeWarp:
            _unreadable(clip.name, f"it carries the effect {effect.name!r}", "remove the effect")
        speed *= effect.time_scalar
    if abs(speed - float(declared)) > _NEAR:
        raise Refused(
            f"clip {clip.name} is re-timed to speed {speed:g}",
            where=f"clip {clip.name}",
            why=f"its source is declared at {declared}; what has been approved is never re-timed",
            next_step="restore the speed; to change it, make and approve a new take",
        )


def _film_rate(timeline: otio.schema.Timeline) -> Rate:
    facts = dict(timeline.metadata.get(KEY, {}))
    if facts.get("schema") != SCHEMA or not isinstance(facts.get("rate"), str):
        _unreadable(timeline.name, f"its metadata lack schema {SCHEMA}", "run `generique cut`")
    return Rate.parse(facts["rate"])


def _whole(time: otio.opentime.RationalTime, rate: Rate, name: str) -> int:
    value = float(time.rescaled_to(float(rate.fps)).value)
    if abs(value - round(value)) > 1e-3 or value < 0:
        _unreadable(name, f"its length of {value:g} frames is not whole", "trim on frames")
    return round(value)


def _must_not_meet(segments: Sequence[Segment]) -> None:
    """No frame may belong to three segments."""
    for segment, after in zip(segments, (*segments[1:], None), strict=True):
        leaving = after.overlap if after else 0
        if max(segment.overlap, segment.fade_in) + leaving > segment.frames:
            _unreadable(segment.name, "its transitions meet", "shorten its dissolves")


def _unreadable(name: str, why: str, next_step: str) -> NoReturn:
    raise UnreadableInput(
        f"the timeline cannot be conformed at {name or 'an unnamed item'}",
        where=name or None,
        why=why,
        next_step=next_step,
    )
