"""What is ordered from which backend: pure functions from script and timing to requests."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence

from generique.model.element import ElementKind, Quality, Raster, SceneEvent, Stem
from generique.model.errors import UnreadableInput
from generique.model.lineage import NOTICE
from generique.model.passport import Passport
from generique.model.production import Production, Voice
from generique.model.shot import Shot, ShotList
from generique.model.time import Rate
from generique.model.timing import ShotTiming, TimingPlan
from generique.model.values import Identifier, ToolName, Value
from generique.production.ports import Request
from generique.production.references import Kept, references_of
from generique.production.steps import Step, step
from generique.titles.phrases import phrases

MUSIC = "music"
"""The element that the music bed is."""

_AMBIENT_WORDS = ("wind", "city", "rain", "hush", "air", "ambience", "night", "drizzle")
"""A direction that names one of these is a background, any other an effect."""

JOIN_SECONDS = 0.8
"""How far a shot's sound reaches into the next shot, so that backgrounds join without a gap."""


def sound_frames(place: ShotTiming, plan: TimingPlan) -> int:
    """Frames that a shot's sound lasts: the shot, and the join with what follows it."""
    return min(place.frames + plan.rate.frames(JOIN_SECONDS), plan.frames - place.start)


class Order(Value):
    """One element ordered from one backend.

    Attributes:
        stem: Where a sound goes; None for picture.
        shot: The shot that a sound belongs to.
        person: Real person whose voice or likeness it is to be; None for nobody's.
        sources: Files of the media folder that the request's references are, in their order.
        alternatives: The same from other backends, in the order in which they are tried when
            this one cannot or does not; declared in production.toml, never found by itself.
    """

    element: Identifier
    title: str
    backend: ToolName
    request: Request
    stem: Stem | None = None
    shot: Identifier | None = None
    person: str | None = None
    sources: tuple[str, ...] = ()
    alternatives: tuple[Order, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Directions of retakes, in order."""
        return self.request.notes

    def step(self, passport: Passport) -> Step:
        """The step that fills this order; another version of the backend is another step."""
        return step(
            f"shoot {self.element}",
            {
                "verb": "shoot",
                "element": self.element,
                "request": self.request.to_json(),
                "backend": {"name": passport.name, "version": passport.version},
            },
            {},
        )


def seed_of(production: Production, element: str) -> int:
    """Seed of an element, derived from the production's: a new element moves no other."""
    return zlib.crc32(f"{production.seed}/{element}".encode())


def _from(
    production: Production,
    kind: ElementKind,
    element: str,
    make: Callable[[str, dict[str, str]], Order],
) -> Order:
    """An order from the first backend that the production names for an element.

    Args:
        production: Names backends and their options.
        kind: Of the element.
        element: Its identifier.
        make: Makes the order from a backend, given its name and options.

    Raises:
        UnreadableInput: The production names none.
    """
    names = production.backends_for(kind, element)
    if not names:
        raise UnreadableInput(
            f"no backend is named for elements of the kind {kind.value}",
            where="production.toml, [backends]",
            next_step=f'add a line such as {kind.value} = "world"; see generique backends',
        )
    options = production.backend_options
    first, *others = (
        make(name, {**options.get(name.partition(":")[0], {}), **options.get(name, {})})
        for name in names
    )
    return first.model_copy(update={"alternatives": tuple(others)}) if others else first


def voice_orders(
    production: Production, shots: ShotList, texts: Mapping[str, Mapping[str, str]]
) -> tuple[Order, ...]:
    """Orders for every line in every language.

    Args:
        production: Names backend and voices.
        shots: Holds the lines.
        texts: Text by language, then by line.
    """
    return tuple(
        _spoken(
            production,
            f"{line.id}-{language}",
            f"{line.character} {line.id} ({language})",
            texts[language][line.id],
            language,
            _voice(production, line.character, language),
        )
        for language in production.languages
        for shot in shots.shots
        for line in shot.lines
    )


def _spoken(
    production: Production,
    element: str,
    title: str,
    text: str,
    language: str,
    voice: Voice | None,
) -> Order:
    """Order for words to be spoken."""

    def make(backend: str, options: dict[str, str]) -> Order:
        cast = {"voice": voice.voice} if voice else {}
        return Order(
            element=element,
            title=title,
            backend=backend,
            request=Request(
                kind=ElementKind.VOICE,
                prompt=text,
                seed=seed_of(production, element),
                rate=Rate.parse(production.rate),
                language=language,
                options={**options, **cast},
            ),
            stem=Stem.DIALOGUE,
            person=voice.person if voice else None,
        )

    return _from(production, ElementKind.VOICE, element, make)


def notice_orders(production: Production, shots: ShotList) -> tuple[Order, ...]:
    """Orders for the spoken notice of each language; none where no voice has to be announced.

    The part can be cast like any other, as the character ``NOTICE``; else the backend's own
    voice speaks, so that nobody's voice is taken for words that are not the script's.

    Args:
        production: Says whether a voice is announced; names backend and voices.
        shots: Hold the lines.
    """
    if production.announcement != "asked" or not any(shot.lines for shot in shots.shots):
        return ()
    return tuple(
        _spoken(
            production,
            f"{NOTICE}-{language}",
            f"{NOTICE.upper()} ({language})",
            phrases(language).spoken_notice,
            language,
            _voice(production, NOTICE.upper(), language),
        )
        for language in production.languages
    )


def _voice(production: Production, character: str, language: str) -> Voice | None:
    for cast in production.voices:
        if cast.character == character and cast.language == language:
            return cast
    return None


def shot_order(
    production: Production,
    shot: Shot,
    timing: ShotTiming,
    quality: Quality,
    notes: Sequence[str] = (),
    kept: Mapping[str, Kept] | None = None,
) -> Order:
    """Order for a generated shot at the length that the timing plan gives it.

    Args:
        production: Names backend, raster, rate and seed.
        shot: The shot; its prompt is set.
        timing: Its place in the film.
        quality: Tier.
        notes: Directions of retakes, in order; they apply one after the other.
        kept: Files that generators follow, by name; all that the shot names.
    """
    directed = {"notes": json.dumps(list(notes), ensure_ascii=False)} if notes else {}

    def make(backend: str, options: dict[str, str]) -> Order:
        return Order(
            element=shot.id,
            title=shot.prompt or shot.heading,
            backend=backend,
            person=shot.person,
            sources=tuple(use.file for use in shot.references),
            request=Request(
                kind=ElementKind.SHOT,
                prompt=shot.prompt or "",
                seed=seed_of(production, shot.id),
                rate=Rate.parse(production.rate),
                frames=timing.generated_frames,
                raster=Raster(width=production.raster.width, height=production.raster.height),
                quality=quality,
                easing=timing.easing,
                options={**options, **directed},
                references=references_of(shot, kept or {}),
            ),
        )

    return _from(production, ElementKind.SHOT, shot.id, make)


def picture_orders(
    production: Production,
    shots: ShotList,
    timing: TimingPlan,
    quality: Quality,
    notes: Mapping[str, Sequence[str]],
    kept: Mapping[str, Kept] | None = None,
) -> tuple[Order, ...]:
    """Orders for all generated shots as they are directed by now.

    Args:
        production: As for :func:`shot_order`.
        shots: Of the film.
        timing: Of the film.
        quality: Tier.
        notes: Directions of retakes by shot.
        kept: As for :func:`shot_order`.

    Raises:
        UnreadableInput: A backend is named for an element that is not, or that is footage.
    """
    _check_named(production, shots)
    places = {place.shot: place for place in timing.shots}
    return tuple(
        shot_order(production, shot, places[shot.id], quality, notes.get(shot.id, ()), kept)
        for shot in shots.shots
        if shot.media is None
    )


def _check_named(production: Production, shots: ShotList) -> None:
    """Refuse a backend of an element that nobody generates: it would be passed over unsaid."""
    known = {MUSIC, *(f"{NOTICE}-{language}" for language in production.languages)}
    for shot in shots.shots:
        if shot.media is None:
            known.add(shot.id)
        known.update(f"{shot.id}-fx{count}" for count in range(1, len(shot.effects) + 2))
        known.update(
            f"{line.id}-{language}" for line in shot.lines for language in production.languages
        )
    lost = sorted(production.element_backends.keys() - known)
    if lost:
        raise UnreadableInput(
            f"a backend is named for {lost[0]!r}, and the film generates no such element",
            where="production.toml, [element_backends]",
            next_step="name a shot that is made: 2-1, an effect 2-1-fx1, a line 2-L1-en or music",
        )


def music_order(production: Production, timing: TimingPlan) -> Order | None:
    """Order for the music bed over the whole film; None when no music is directed."""
    if production.music is None:
        return None
    music = production.music
    tension = ",".join(f"{value:.3f}" for value in timing.music.tension)
    directed = {"bpm": f"{timing.music.bpm:g}", "tension": tension}

    def make(backend: str, options: dict[str, str]) -> Order:
        return Order(
            element=MUSIC,
            title=music.prompt,
            backend=backend,
            request=Request(
                kind=ElementKind.MUSIC,
                prompt=music.prompt,
                seed=seed_of(production, MUSIC),
                rate=timing.rate,
                frames=timing.frames,
                options={**options, **directed},
            ),
            stem=Stem.MUSIC,
        )

    return _from(production, ElementKind.MUSIC, MUSIC, make)


def effect_orders(
    production: Production,
    shots: ShotList,
    timing: TimingPlan,
    events: Mapping[str, Sequence[SceneEvent]],
) -> tuple[Order, ...]:
    """Orders for the sound effects directed in the script, and for what happens in pictures.

    Args:
        production: Names the backend.
        shots: Hold the directions.
        timing: Gives each sound the length of its shot.
        events: What the takes report, by shot, in seconds of the take.
    """
    orders: list[Order] = []
    places = {place.shot: place for place in timing.shots}
    for shot in shots.shots:
        place = places[shot.id]
        wanted: list[tuple[str, dict[str, str]]] = [(text, {}) for text in shot.effects]
        seen = _seen_events(events.get(shot.id, ()), place, timing.rate)
        if seen:
            wanted.append(("car passing", {"events": seen}))
        orders += [
            _effect(production, place, timing, count, prompt, directed)
            for count, (prompt, directed) in enumerate(wanted, start=1)
        ]
    return tuple(orders)


def _effect(
    production: Production,
    place: ShotTiming,
    timing: TimingPlan,
    count: int,
    prompt: str,
    directed: Mapping[str, str],
) -> Order:
    """Order for one sound of a shot."""
    element = f"{place.shot}-fx{count}"
    ambient = any(word in prompt.lower() for word in _AMBIENT_WORDS)

    def make(backend: str, options: dict[str, str]) -> Order:
        return Order(
            element=element,
            title=prompt,
            backend=backend,
            request=Request(
                kind=ElementKind.EFFECT,
                prompt=prompt,
                seed=seed_of(production, element),
                rate=timing.rate,
                frames=sound_frames(place, timing),
                options={**options, **directed},
            ),
            stem=Stem.BACKGROUNDS if ambient else Stem.EFFECTS,
            shot=place.shot,
        )

    return _from(production, ElementKind.EFFECT, element, make)


def _seen_events(events: Sequence[SceneEvent], place: ShotTiming, rate: Rate) -> str:
    """What of the events falls into the frames seen, in seconds from the first, as JSON."""
    head = float(rate.seconds(place.head))
    length = float(rate.seconds(place.frames))
    seen = []
    for event in events:
        start = max(event.at - head, 0.0)
        end = min(event.at - head + event.duration, length)
        if end > start:
            seen.append(event.model_copy(update={"at": start, "duration": end - start}).to_json())
    return json.dumps(seen) if seen else ""
