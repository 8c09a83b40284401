"""The lineage of a film, gathered from its takes, media, timing and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.lineage import DecisionEntry, ElementUse, Lineage
from generique.model.passport import SourceType
from generique.model.shot import MediaUse
from generique.model.time import parse_seconds
from generique.model.timing import ShotTiming, TimingPlan
from generique.production.breakdown import Script
from generique.production.ingest import Medium, media_frame
from generique.production.orders import sound_frames
from generique.production.references import followed
from generique.production.review import Standing, standing
from generique.production.shoot import Shot
from generique.production.takes import Chosen

Said = Mapping[str, tuple[DecisionEntry, ...]]
"""Decisions by essence digest."""


def gather(script: Script, plan: TimingPlan, chosen: Chosen, said: Said) -> Lineage:
    """Gather the lineage of the whole film, all languages in one document.

    Args:
        script: Shots and lines.
        plan: Where they stand.
        chosen: What they are made of.
        said: Decisions on takes.
    """
    production = script.production
    elements = (
        *_pictures(script, plan, chosen, said),
        *_voices(plan, chosen, said),
        *_beds(plan, chosen, said),
        *_sounds(script, plan, chosen),
    )
    return Lineage(
        production=production.id,
        title=production.title,
        titles=production.titles,
        languages=production.languages,
        rate=plan.rate,
        frames=plan.frames,
        breaks=tuple(
            sorted(
                plan.rate.frames(parse_seconds(at, plan.rate)) for at in production.labels.breaks
            )
        ),
        announcement=production.announcement,
        demonstration=any(
            standing(use.decisions) is Standing.DEMONSTRATION for use in elements if use.decisions
        ),
        elements=elements,
    )


def _pictures(script: Script, plan: TimingPlan, chosen: Chosen, said: Said) -> Iterator[ElementUse]:
    places = {place.shot: place for place in plan.shots}
    for shot in script.shots.shots:
        place = places[shot.id]
        if shot.media is None:
            span = (place.start, place.start + place.frames)
            made = chosen.shots[shot.id]
            use = _generated(made, said, "V1", span, shot.element_class)
            references = followed(made.take.references, chosen.listed)
            yield use.model_copy(update={"source_in": place.head, "references": references})
            continue
        medium = chosen.media[shot.media.file]
        start = parse_seconds(shot.media.start, plan.rate)
        yield _authentic(shot.id, medium, shot.element_class, "V1", place).model_copy(
            update={
                "source_in": media_frame(medium, start, plan.rate),
                "speed": str(Fraction(medium.item.speed)),
            }
        )


def _voices(plan: TimingPlan, chosen: Chosen, said: Said) -> Iterator[ElementUse]:
    for line in plan.lines:
        voice = chosen.voices[line.language, line.line]
        end = plan.rate.frames(line.start + line.seconds) + 1
        span = (plan.rate.frames(line.start), min(end, plan.frames))
        yield _generated(voice, said, Stem.DIALOGUE, span, ElementClass.SYNTHETIC)
    for notice in plan.notices:
        take = chosen.notices[notice.language]
        end = plan.rate.frames(notice.start + notice.seconds) + 1
        span = (plan.rate.frames(notice.start), min(end, plan.frames))
        yield _generated(take, said, Stem.DIALOGUE, span, ElementClass.SYNTHETIC)


def _beds(plan: TimingPlan, chosen: Chosen, said: Said) -> Iterator[ElementUse]:
    if chosen.music is not None:
        span = (0, plan.frames)
        yield _generated(chosen.music, said, Stem.MUSIC, span, ElementClass.SYNTHETIC)
    places = {place.shot: place for place in plan.shots}
    for effect in chosen.effects:
        place = places[effect.order.shot or ""]
        span = (place.start, place.start + effect.take.frames)
        stem = effect.order.stem or Stem.EFFECTS
        yield _generated(effect, said, stem, span, ElementClass.SYNTHETIC)


def _sounds(script: Script, plan: TimingPlan, chosen: Chosen) -> Iterator[ElementUse]:
    places = {place.shot: place for place in plan.shots}
    for shot in script.shots.shots:
        place = places[shot.id]
        for count, use in enumerate(shot.sounds, start=1):
            frames = authentic_frames(use, place, plan)
            yield _authentic(
                f"{shot.id}-sound{count}",
                chosen.media[use.file],
                ElementClass.AUTHENTIC,
                Stem.BACKGROUNDS,
                place.model_copy(update={"frames": frames}),
            )


def authentic_frames(use: MediaUse, place: ShotTiming, plan: TimingPlan) -> int:
    """Frames that an authentic sound lasts: as long as is asked for, else as long as its shot.

    A length that is asked for may reach beyond the shot, over the cuts that follow.
    """
    if use.seconds is None:
        return sound_frames(place, plan)
    return min(plan.rate.frames(Fraction(use.seconds)), plan.frames - place.start)


def _generated(
    shot: Shot, said: Said, track: str, span: tuple[int, int], element_class: ElementClass
) -> ElementUse:
    take = shot.take
    return ElementUse(
        id=take.element,
        title=shot.order.title,
        kind=take.kind,
        element_class=element_class,
        track="V1" if track == "V1" else Stem(track),
        start=span[0],
        end=span[1],
        language=take.language,
        take=take.id,
        file=take.file,
        essence=take.essence,
        source_type=take.passport.source_type,
        passport=take.passport,
        prompt=take.prompt,
        notes=take.notes,
        seed=take.seed,
        person=shot.order.person,
        decisions=said.get(take.essence, ()),
        original=take.original,
        observed=take.observed,
        job=take.job.without_money() if take.job else None,
        tried=take.tried,
        entry=shot.entry,
    )


def _authentic(
    name: str, medium: Medium, element_class: ElementClass, track: str, place: ShotTiming
) -> ElementUse:
    return ElementUse(
        id=name,
        title=medium.item.title,
        kind=ElementKind.SHOT if track == "V1" else ElementKind.EFFECT,
        element_class=element_class,
        track="V1" if track == "V1" else Stem(track),
        start=place.start,
        end=place.start + place.frames,
        file=medium.file,
        essence=medium.essence,
        source_type=SourceType.DIGITAL_CAPTURE if medium.item.captured else SourceType.COMPOSITE,
        rights=medium.item.rights,
        entry=medium.entry,
    )
