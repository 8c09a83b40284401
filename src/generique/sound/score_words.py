"""From the words of a prompt to a direction for the composer.

Naming instruments chooses exactly those. Options win over words on the same matter only where
the words cannot say it exactly (``tension``); a tempo said twice must agree.
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.model.errors import NotCapable
from generique.model.vocabulary import Match
from generique.sound.beats import QUIET_ARC, Section, SectionKind, beat_grid, tension_curve
from generique.sound.direction import Instrument, ScoreDirection
from generique.sound.reading import (
    FILLERS,
    Heard,
    number_of,
    number_option,
    only_options,
    read_words,
)

OPTIONS = frozenset({"bpm", "first", "tension", "beats_per_bar"})
"""``bpm`` 20 to 300; ``first`` beat in seconds; ``tension`` 0 to 1 per beat, separated by commas;
``beats_per_bar`` 2 to 7."""

USUAL_BPM = 60.0

_ARCS: dict[str, tuple[Section, ...]] = {
    "calm": (
        Section(kind=SectionKind.CALM, share=0.7),
        Section(kind=SectionKind.RELEASE, share=0.3),
    ),
    "tense": (
        Section(kind=SectionKind.RISE, share=0.55),
        Section(kind=SectionKind.CLIMAX, share=0.3),
        Section(kind=SectionKind.RELEASE, share=0.15),
    ),
    "rise": QUIET_ARC,
}
_KEYS = {"c": 0, "c sharp": 1, "d": 2, "e flat": 3, "e": 4, "f": 5, "f sharp": 6}
_KEYS |= {"g": 7, "g sharp": 8, "a": 9, "b flat": 10, "b": 11}

PHRASES: dict[str, str] = (
    dict.fromkeys(("piano", "felt piano", "upright piano", "piano notes"), "instrument=piano")
    | dict.fromkeys(
        ("strings", "string pad", "string ensemble", "low strings"), "instrument=strings"
    )
    | dict.fromkeys(("drone", "sub drone", "low drone", "deep drone"), "instrument=drone")
    | dict.fromkeys(("bells", "small bells", "distant bells"), "instrument=bells")
    | dict.fromkeys(("sparse", "minimal", "spare", "bare"), "sparse=0.85")
    | dict.fromkeys(("full", "rich", "flowing"), "sparse=0.1")
    | dict.fromkeys(("dark", "sombre", "somber", "brooding"), "dark=0.85")
    | dict.fromkeys(("bright", "clear", "open", "luminous"), "dark=0.1")
    | dict.fromkeys(("warm", "melancholic", "melancholy", "sad", "wistful"), "dark=0.5")
    | dict.fromkeys(("hopeful", "consoling", "hope"), "ending=major")
    | dict.fromkeys(("unresolved hope", "minor ending", "resigned"), "ending=minor")
    | dict.fromkeys(("calm", "quiet", "gentle", "soft", "still", "peaceful"), "arc=calm")
    | dict.fromkeys(("tense", "uneasy", "anxious", "suspense", "tension"), "arc=tense")
    | dict.fromkeys(
        ("slow rise", "slowly rising", "rising", "building", "building slowly", "dramatic arc"),
        "arc=rise",
    )
    | dict.fromkeys(("very slow",), "bpm=50")
    | dict.fromkeys(("slow",), "bpm=60")
    | dict.fromkeys(("moderate", "walking pace"), "bpm=80")
    | dict.fromkeys(
        ("no drums", "without drums", "no percussion", "without percussion", "no vocals"),
        "nothing that this composer would play",
    )
    | {f"{name} minor": f"tonic={tonic}" for name, tonic in _KEYS.items()}
)
"""What the composer understands."""

_FILLERS = FILLERS | {"music", "bed", "score", "underscore", "solo", "only", "key", "notes", "film"}


def read_score(
    prompt: str, options: Mapping[str, str], seconds: float
) -> tuple[ScoreDirection, tuple[Heard, ...]]:
    """Read a prompt and options for music of a length.

    Raises:
        NotCapable: Words or options that are not understood, out of range, or that contradict
            each other.
    """
    only_options(options, OPTIONS, what="the composer")
    matches = read_words(prompt, PHRASES, _FILLERS, what="a score")
    said = _said(matches)
    first = number_option(options, "first", 0, 600) or 0.0
    bpm = _tempo(said, options)
    per_bar = number_option(options, "beats_per_bar", 2, 7)
    tension = _tension(options.get("tension"))
    if not tension and said.get("arc"):
        tension = tension_curve(len(beat_grid(bpm, seconds, first=first)), _ARCS[said["arc"]])
    chosen = tuple(
        instrument
        for instrument in Instrument
        if any(match.meaning == f"instrument={instrument.value}" for match in matches)
    )
    direction = ScoreDirection(
        bpm=bpm,
        first=first,
        tension=tension,
        instruments=chosen or (Instrument.PIANO, Instrument.STRINGS, Instrument.DRONE),
        sparse=float(said.get("sparse", "0.4")),
        dark=float(said.get("dark", "0.4")),
        hopeful=said.get("ending") == "major",
        tonic=int(said["tonic"]) if "tonic" in said else None,
        beats_per_bar=int(per_bar) if per_bar else 4,
    )
    return direction, tuple(_heard(match, given="tension" in options) for match in matches)


def _said(matches: tuple[Match, ...]) -> dict[str, str]:
    """What the words set, a value for each matter."""
    said: dict[str, str] = {}
    by: dict[str, str] = {}
    for match in matches:
        matter, _, value = (match.meaning or "").partition("=")
        if match.quantity is not None:
            if match.quantity.unit != "bpm":
                raise NotCapable(
                    f"{match.text!r} means nothing to the composer", unknown=(match.text,)
                )
            number_of(f"{match.quantity.value:f}", "the tempo", 20, 300)
            matter, value = "exact bpm", f"{match.quantity.value:g}"
        if not value or matter == "instrument":
            continue
        if said.get(matter, value) != value:
            raise NotCapable(
                f"{by[matter]!r} and {match.text!r} contradict each other",
                unknown=(by[matter], match.text),
                next_step="keep one of them",
            )
        said[matter], by[matter] = value, match.text
    return said


def _tempo(said: Mapping[str, str], options: Mapping[str, str]) -> float:
    option = number_option(options, "bpm", 20, 300)
    exact = float(said["exact bpm"]) if "exact bpm" in said else None
    if option is not None and exact is not None and option != exact:
        raise NotCapable(
            f"the prompt asks for {exact:g} bpm and the option for {option:g}",
            next_step="keep one of them",
        )
    return option or exact or float(said.get("bpm", USUAL_BPM))


def _tension(text: str | None) -> tuple[float, ...]:
    if text is None:
        return ()
    parts = text.split(",")
    if len(parts) > 20000:
        raise NotCapable("tension is given for more beats than any music has")
    return tuple(number_of(part, "tension", 0, 1) for part in parts)


def _heard(match: Match, *, given: bool) -> Heard:
    became = match.meaning or ""
    if match.quantity is not None:
        became = f"bpm={match.quantity.value:g}"
    if given and became.startswith("arc="):
        became += ", exact values by the option tension"
    return Heard(start=match.start, end=match.end, text=match.text, became=became)
