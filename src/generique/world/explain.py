"""Which word became what, and which words there are."""

from __future__ import annotations

from collections.abc import Iterator

from generique.model.vocabulary import phrase_key
from generique.world.lexicon import ENTRIES, FILLERS
from generique.world.lexicon_camera import STRENGTHS, VERBS
from generique.world.lexicon_entry import Entry, Role
from generique.world.lexicon_place import THINGS
from generique.world.words import LONGEST_PROMPT, LONGEST_SECONDS, SHORTEST_SECONDS, Reading

_INTRODUCTION = f"""# The words that `world` understands

This page is written from the lexicon; a test keeps it current. Case, accents, hyphens, plural and
possessive endings do not matter, and the longest phrase wins. A prompt has at most {LONGEST_PROMPT}
characters and names a place. A word that is not on this page is refused by name.

`generique shoot "..." --explain` shows what became of each word.

## How a sentence is read

- An amount belongs to the next thing: "light snow", "few lit windows", "light, drifting snow".
- "No" reaches over a list closed with "or": "no snow, rain or fog". After "no", a list closed with
  "and" is refused as ambiguous. "No people" is granted, for none are ever shown; "no trees" is
  refused, for every place has them. "No cars" stops the driving ones; parked cars stay.
- A general word gives way to an amount ("snow ... light snow"); two amounts that differ, or "no"
  and a mention, are refused as a contradiction. So are two moves, two hours ("noon at midnight"),
  snow in summer, falling snow with rain (that is sleet), sunshine at night or in rain, stars and
  northern lights by day, lightning from a clear sky, and wet streets without rain.
- Of two names of one hour the narrower wins: "afternoon, golden hour". An hour that the sun does
  not make on that day at that latitude is refused.
- "Snow" falls and lies; "light snow" alone is a snowfall of 0.35 over a cover of 0.85. "Snowy"
  and "snow-covered" only lie.
- The speed is the camera's. "Slow traffic" is refused.
- Numbers: seconds or frames ({SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g} s) are the length;
  "at 60 m", "60 metres up" the height; "4 m/s" the speed, after "wind" the wind's; "24 mm" the lens;
  "60 degrees field of view" too; "tilted 20 degrees" the pitch; "30 % of the windows lit"; "3 am"
  is the hour, in local solar time.

## When nothing is said

| field | taken |
|---|---|
| time | day under an overcast sky, in the middle of the season, at the latitude of the country, with a full moon; the sky is turned so that its light stands well in the picture, unless a direction of view is named |
| season | winter with snow or bare trees, summer with green ones, else autumn |
| weather | no snow, no rain, fog 0.15, wind 3 m/s, cloud 0.35 (1 where no hour is named); snow that falls also lies; lightning brings cloud 0.85 |
| life | traffic 0.3; chimney smoke 0.3, none in summer; 44 % of the windows lit at night and dusk, 25 % at dawn, 8 % by day; street lamps burn while the sun is down |
| move | push-in when an aerial, a speed or an easing is named, else static |
| direction | truck right, crane up, orbit left |
| height | 62 m; a quarter of the extent in a smaller place, at least 18 m |
| pitch | 3 degrees at the ground, 16 at 62 m, at most 30 |
| heading | north, along the main street |
| speed | 4.6 m/s push-in and pull-back, 3.5 truck and orbit, 2.2 crane; below 6 m 1.4, 1.2 and 0.5; the words for speed multiply it |
| lens, easing, hand | 31 mm (60 degrees); linear; 0.3, a drone in light wind, and 0 for "static" |
| length | six seconds |
"""  # noqa: E501 -- table rows are single lines


_PLAIN_CHANGES = frozenset(
    spelling
    for entry in ENTRIES
    if entry.role is Role.CHANGE and entry.sets[0][0].startswith("scale ")
    for spelling in entry.spellings
)


def explain(reading: Reading) -> tuple[str, ...]:
    """Lines that show, for each word of a prompt, what became of it; warnings last."""
    width = max((len(word.text) for word in reading.words), default=0)
    lines = [
        f"{word.start + 1:>5}  {' '.join(word.text.split()):<{width}}  "
        + (word.became if word.use == "used" else "(changes nothing)")
        for word in reading.words
    ]
    return (*lines, *(f"note: {warning}" for warning in reading.warnings))


def vocabulary_page() -> str:
    """``docs/world-vocabulary.md``: every phrase of the lexicon and what it does."""
    return "\n".join([_INTRODUCTION, *_sections(), *_refusals(), *_fillers()]) + "\n"


def _sections() -> Iterator[str]:
    """A section for each role that has entries, in the order of the lexicon."""
    roles = dict.fromkeys(entry.role for entry in ENTRIES)
    for role in roles:
        if role in (Role.NEVER, Role.LINK, Role.CUE):
            continue
        yield f"## {role.value}\n"
        if role is Role.THING:
            yield from _things()
        else:
            yield from ("| words | become |", "|---|---|")
            entries = [entry for entry in ENTRIES if entry.role is role]
            yield from (_row(entry) for entry in entries if not _is_strengthened(entry))
        yield from _remarks(role)
        yield ""


def _is_strengthened(entry: Entry) -> bool:
    """True for "much slower" and its like, which are not listed beside "slower"."""
    return any(
        entry.role is Role.CHANGE and strength and spelling.removeprefix(strength) in _PLAIN_CHANGES
        for spelling in entry.spellings
        for strength, _ in STRENGTHS
        if spelling.startswith(strength)
    )


def _remarks(role: Role) -> Iterator[str]:
    """What is to be known of all words of a role."""
    if role is Role.MOVE:
        yield f"\n*Go* is any of {', '.join(VERBS)}."
    if role is Role.CHANGE:
        strengths = ", ".join(f'"{strength.strip()}"' for strength, _ in STRENGTHS if strength)
        yield f"\nThe words with `scale` also come with {strengths}."


def _listed(entry: Entry) -> str:
    """The phrases of an entry, with every verb of motion written as *go*."""
    shown: dict[str, None] = {}
    spellings = {phrase_key(spelling): spelling for spelling in reversed(entry.spellings)}
    for spelling in reversed(spellings.values()):
        verb, _, way = spelling.partition(" ")
        going = entry.role is Role.MOVE and verb in VERBS and f"glide {way}" in entry.spellings
        shown[f"*go* {way}" if going else spelling] = None
    return ", ".join(shown)


def _row(entry: Entry) -> str:
    """A table row for an entry."""
    became = ", ".join(f"`{name} = {value}`" for name, value in entry.sets)
    remarks = [became, f"amount: {entry.level}" if entry.level else "", entry.note]
    if entry.role in (Role.PLACE, Role.HOUSES) and not entry.sets:
        remarks[0] = "`place.family = residential-suburb`"
    if entry.role is Role.SHOWN and not entry.note:
        remarks[0] = "nothing to set"
    return f"| {_listed(entry)} | {'; '.join(part for part in remarks if part)} |"


def _things() -> Iterator[str]:
    """Things, with the value of each amount."""
    yield from ("| words | field | amounts |", "|---|---|---|")
    for entry in ENTRIES:
        if entry.role is not Role.THING:
            continue
        thing = THINGS[entry.thing]
        amounts = ", ".join(f"{level} {value}" for level, value in thing.levels.items())
        field = f"`{thing.field}`"
        if thing.also:
            field += f", unless said otherwise `{thing.also_field}`"
        yield f"| {_listed(entry)} | {field} | {amounts} |"


def _refusals() -> Iterator[str]:
    """What is known and refused, with the reason."""
    yield f"## {Role.NEVER.value}\n"
    yield from ("| words | because |", "|---|---|")
    for entry in ENTRIES:
        if entry.role is Role.NEVER:
            yield f"| {_listed(entry)} | {entry.note} |"
    yield ""


def _fillers() -> Iterator[str]:
    """Words that change nothing, cues and links among them."""
    yield "## Fillers, which change nothing\n"
    yield f"{', '.join(sorted(FILLERS))}.\n"
    yield "Beside a number or in a list these help; alone they change nothing or are refused:"
    yield (
        "; ".join(
            ", ".join(entry.spellings) for entry in ENTRIES if entry.role in (Role.CUE, Role.LINK)
        )
        + "."
    )
