"""Cut: the timeline is assembled from the timing plan; it only trims."""

from __future__ import annotations

from fractions import Fraction

from generique.edit.segments import read_segments
from generique.edit.sources import Segment, SoundSource, Source
from generique.edit.timeline import build_timeline, read_timeline, write_timeline
from generique.model.errors import UnreadableInput
from generique.model.time import parse_seconds
from generique.model.timing import TimingPlan
from generique.model.values import Digest
from generique.production.breakdown import Script
from generique.production.ingest import media_frame
from generique.production.steps import StepMachine, step
from generique.production.takes import Chosen


def picture_sources(script: Script, plan: TimingPlan, chosen: Chosen) -> tuple[Source, ...]:
    """What each shot of the film is shown from.

    Raises:
        Refused: A medium is not conformed to the film's rate on purpose.
        UnreadableInput: A shot has neither a take nor a medium.
    """
    heads = {place.shot: place.head for place in plan.shots}
    sources = []
    for shot in script.shots.shots:
        if shot.media is not None:
            medium = chosen.media[shot.media.file]
            if medium.picture is None:
                raise UnreadableInput(f"{shot.media.file} holds no picture", where=shot.id)
            sources.append(
                Source(
                    shot=shot.id,
                    id=f"{shot.id}.media",
                    name=medium.item.title,
                    url=f"../media/{medium.item.file}",
                    rate=medium.picture.rate,
                    frames=medium.picture.frames,
                    source_in=media_frame(
                        medium, parse_seconds(shot.media.start, medium.picture.rate), plan.rate
                    ),
                    speed=Fraction(medium.item.speed),
                    framing=shot.media.framing,
                    digest=medium.file,
                    essence=medium.essence,
                )
            )
            continue
        take = chosen.shots[shot.id].take
        sources.append(
            Source(
                shot=shot.id,
                id=take.id,
                name=f"{take.id}.mp4",
                url=f"takes/{take.id}.mp4",
                rate=plan.rate,
                frames=take.frames,
                source_in=heads[shot.id],
                digest=take.file,
                essence=take.essence,
            )
        )
    return tuple(sources)


def cut(
    script: Script, plan: TimingPlan, chosen: Chosen, machine: StepMachine
) -> tuple[tuple[Segment, ...], Digest]:
    """Assemble the picture and record the timeline.

    Returns:
        The picture as the timeline says it, and the timeline's digest.
    """
    sources = picture_sources(script, plan, chosen)
    text = write_timeline(build_timeline(plan, sources, title=script.production.title))
    # By take, not by shot: two takes may have the same bytes and are still two takes.
    inputs = {source.id: source.digest for source in sources}
    wanted = step("cut", {"verb": "cut", "plan": plan.to_json()}, inputs)
    outcome = machine.restate(wanted, {"timeline": text.encode()})
    digest = outcome.outputs["timeline"]
    stored = machine.vault.read(digest).decode()
    return read_segments(read_timeline(stored, where="timeline.otio"), sources), digest


def published_timeline(
    script: Script, plan: TimingPlan, chosen: Chosen, sounds: tuple[SoundSource, ...]
) -> str:
    """The timeline with its stems, as it is delivered to an editor."""
    sources = picture_sources(script, plan, chosen)
    return write_timeline(build_timeline(plan, sources, sounds, title=script.production.title))
