"""What is ordered from which backend: pure functions from script and timing to requests."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence

from generique.model.element import ElementKind, Quality, Raster, SceneEvent, Stem
from generique.model.errors import UnreadableInput
from generique.model.lineage import NOTICE
from generique.model.passport import Passport
from generique.model.production import Production, Voice
from generique.model.shot import Shot, ShotList
from generique.model.time import Rate
from generique.model.timing import ShotTiming, TimingPlan
from generique.model.values import Identifier, Value
from generique.production.ports import Request
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
    """

    element: Identifier
    title: str
    backend: Identifier
    request: Request
    stem: Stem | None = None
    shot: Identifier | None = None
    person: str | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Directions of retakes, in order."""
        return tuple(json.loads(self.request.options.get("notes", "[]")))

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


def backend_for(production: Production, kind: ElementKind) -> str:
    """The backend that the production names for a kind of element.

    Raises:
        UnreadableInput: It names none.
    """
    try:
        return production.backends[kind]
    except KeyError:
        raise UnreadableInput(
            f"no backend is named for elements of the kind {kind.value}",
            where="production.toml, [backends]",
            next_step=f'add a line such as {kind.value} = "world"; see generique backends',
        ) from None


def _options(production: Production, backend: str, options: Mapping[str, str]) -> dict[str, str]:
    """Options of a request: the production's for this backend, and the request's own."""
    return {**production.backend_options.get(backend, {}), **options}


def voice_orders(
    production: Production, shots: ShotList, texts: Mapping[str, Mapping[str, str]]
) -> tuple[Order, ...]:
    """Orders for every line in every language.

    Args:
        production: Names backend and voices.
        shots: Holds the lines.
        texts: Text by language, then by line.
    """
    rate = Rate.parse(production.rate)
    orders = []
    for language in production.languages:
        for line in (line for shot in shots.shots for line in shot.lines):
            element = f"{line.id}-{language}"
            backend = backend_for(production, ElementKind.VOICE)
            options = {}
            voice = _voice(production, line.character, language)
            if voice:
                options["voice"] = voice.voice
            request = Request(
                kind=ElementKind.VOICE,
                prompt=texts[language][line.id],
                seed=seed_of(production, element),
                rate=rate,
                language=language,
                options=_options(production, backend, options),
            )
            orders.append(
                Order(
                    element=element,
                    title=f"{line.character} {line.id} ({language})",
                    backend=backend,
                    request=request,
                    stem=Stem.DIALOGUE,
                    person=voice.person if voice else None,
                )
            )
    return tuple(orders)


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
    backend = backend_for(production, ElementKind.VOICE)
    orders = []
    for language in production.languages:
        element = f"{NOTICE}-{language}"
        cast = _voice(production, NOTICE.upper(), language)
        request = Request(
            kind=ElementKind.VOICE,
            prompt=phrases(language).spoken_notice,
            seed=seed_of(production, element),
            rate=Rate.parse(production.rate),
            language=language,
            options=_options(production, backend, {"voice": cast.voice} if cast else {}),
        )
        orders.append(
            Order(
                element=element,
                title=f"{NOTICE.upper()} ({language})",
                backend=backend,
                request=request,
                stem=Stem.DIALOGUE,
                person=cast.person if cast else None,
            )
        )
    return tuple(orders)


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
) -> Order:
    """Order for a generated shot at the length that the timing plan gives it.

    Args:
        production: Names backend, raster, rate and seed.
        shot: The shot; its prompt is set.
        timing: Its place in the film.
        quality: Tier.
        notes: Directions of retakes, in order; they apply one after the other.
    """
    backend = backend_for(production, ElementKind.SHOT)
    options = {"notes": json.dumps(list(notes), ensure_ascii=False)} if notes else {}
    return Order(
        element=shot.id,
        title=shot.prompt or shot.heading,
        backend=backend,
        person=shot.person,
        request=Request(
            kind=ElementKind.SHOT,
            prompt=shot.prompt or "",
            seed=seed_of(production, shot.id),
            rate=Rate.parse(production.rate),
            frames=timing.generated_frames,
            raster=Raster(width=production.raster.width, height=production.raster.height),
            quality=quality,
            easing=timing.easing,
            options=_options(production, backend, options),
        ),
    )


def picture_orders(
    production: Production,
    shots: ShotList,
    timing: TimingPlan,
    quality: Quality,
    notes: Mapping[str, Sequence[str]],
) -> tuple[Order, ...]:
    """Orders for all generated shots as they are directed by now.

    Args:
        production: As for :func:`shot_order`.
        shots: Of the film.
        timing: Of the film.
        quality: Tier.
        notes: Directions of retakes by shot.
    """
    places = {place.shot: place for place in timing.shots}
    return tuple(
        shot_order(production, shot, places[shot.id], quality, notes.get(shot.id, ()))
        for shot in shots.shots
        if shot.media is None
    )


def music_order(production: Production, timing: TimingPlan) -> Order | None:
    """Order for the music bed over the whole film; None when no music is directed."""
    if production.music is None:
        return None
    backend = backend_for(production, ElementKind.MUSIC)
    tension = ",".join(f"{value:.3f}" for value in timing.music.tension)
    options = {"bpm": f"{timing.music.bpm:g}", "tension": tension}
    return Order(
        element=MUSIC,
        title=production.music.prompt,
        backend=backend,
        request=Request(
            kind=ElementKind.MUSIC,
            prompt=production.music.prompt,
            seed=seed_of(production, MUSIC),
            rate=timing.rate,
            frames=timing.frames,
            options=_options(production, backend, options),
        ),
        stem=Stem.MUSIC,
    )


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
        for count, (prompt, options) in enumerate(wanted, start=1):
            element = f"{shot.id}-fx{count}"
            backend = backend_for(production, ElementKind.EFFECT)
            ambient = any(word in prompt.lower() for word in _AMBIENT_WORDS)
            orders.append(
                Order(
                    element=element,
                    title=prompt,
                    backend=backend,
                    request=Request(
                        kind=ElementKind.EFFECT,
                        prompt=prompt,
                        seed=seed_of(production, element),
                        rate=timing.rate,
                        frames=sound_frames(place, timing),
                        options=_options(production, backend, options),
                    ),
                    stem=Stem.BACKGROUNDS if ambient else Stem.EFFECTS,
                    shot=shot.id,
                )
            )
    return tuple(orders)


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
