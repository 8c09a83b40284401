"""Words to a scene: a prompt becomes a scene document, a note changes one.

The law:

1. Every word of a prompt is used or a filler, and the reading says what became of it; a word that
   is neither is refused by name. There is never a picture that the words did not ask for.
2. A prompt has to name a place that ``world`` has.
3. What contradicts itself is refused, not averaged.
4. A note acts on the scene that it is given and leaves the place and the seeds alone.

What is taken when the prompt says nothing stands in :mod:`generique.world.words.composing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, cast

from pydantic import Field, PositiveInt, ValidationError

from generique.model.element import Easing
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import Json, Value
from generique.world.places.grammars import GRAMMARS
from generique.world.reasons import faults, remarks
from generique.world.reasons import prompts as told
from generique.world.reasons.telling import Name, Said, Text, refused, told_in
from generique.world.scene import Country, Family, Move, SceneDocument, Time
from generique.world.words.became import became
from generique.world.words.becoming import changes_of, racks_of, tells_a_change
from generique.world.words.composing import compose, further_moves, settle
from generique.world.words.lexicon_entry import Role, Setting
from generique.world.words.refusing import check_text, refuse_faults
from generique.world.words.revising import revise
from generique.world.words.sentence import Sentence, read_sentence
from generique.world.words.sentence_draft import Item, Rank, Statement
from generique.world.words.sentence_place import foreign, goes_through
from generique.world.words.sentence_room import fault_absent, seasons_unseen

DEFAULT_SECONDS = 6.0
SHORTEST_SECONDS = 0.5
LONGEST_SECONDS = 120.0


class Brief(Value):
    """What a shot is asked for beside its words.

    Attributes:
        frames: Length with handles; None leaves it to the prompt, else to six seconds.
        seed: Of all that moves.
        place_seed: Of the place; the same for all shots of one place.
        easing: As the timing plan wants it. None leaves it to the prompt, and so does ``linear``
            where the prompt names an easing.
        extent: Side of the place in metres, 100 to 2048; None takes what suits its family.
    """

    frames: PositiveInt | None = None
    rate: Rate = Rate(numerator=24)
    seed: int = 1
    place_seed: int = 1
    easing: Easing | None = None
    extent: float | None = Field(ge=100, le=2048, default=None)


class Word(Value):
    """What became of a stretch of the prompt.

    Attributes:
        start: Index of the first character.
        end: Index after the last.
        use: ``used`` (see ``became``) or ``filler``, which changes nothing.
        became: Fields of the scene and their values, for example ``time = night``.
    """

    start: int
    end: int
    text: str
    use: Literal["used", "filler"]
    became: str = ""


class Reading(Value):
    """A prompt, or a note, as a scene document.

    Attributes:
        words: Every word of the prompt, in order.
        language: That the prompt was read in, ``en`` or ``fr``; None where none was read.
        warnings: What the reader of the picture should know, a sentence each.
    """

    scene: SceneDocument
    words: tuple[Word, ...]
    language: Literal["en", "fr"] | None = None
    warnings: tuple[str, ...] = ()


def read_prompt(prompt: str, brief: Brief) -> Reading:
    """Read a prompt into a scene document.

    Args:
        prompt: English or French, at most 4000 characters.
        brief: Length, rate, seeds and extent.

    Raises:
        UnreadableInput: The prompt is empty, too long, or holds invisible characters.
        NotCapable: Words that are not understood (``unknown`` has them in order), no place, a
            contradiction, or a length that is no shot's.
    """
    check_text(prompt, told.PROMPT)
    sentence = read_sentence(prompt)
    for item in sentence.items:
        if item.is_a(Role.CHANGE) and item.fault is None:
            item.fault = faults.CHANGES_A_TAKE
    with told_in(sentence.lexicon.language):
        refuse_faults(sentence, told.PROMPT)
        return _scene_of(sentence, brief)


def _scene_of(sentence: Sentence, brief: Brief) -> Reading:
    """The scene of a sentence whose words can all be served.

    Raises:
        NotCapable: No place, a contradiction, or a length that is no shot's.
    """
    if sentence.family is None:
        raise refused(told.NO_PLACE)
    said = settle([made for made in sentence.statements if made.leg == 0])
    country = _country(said, sentence)
    said |= {"place.country": country, "place.family": sentence.family.value}
    warnings: list[str] = list(sentence.warnings)
    language = sentence.lexicon.language
    frames, asked = _frames(said, brief)
    if asked not in (None, frames):
        told_length = remarks.OTHER_LENGTH.of(asked=asked, frames=frames)
        warnings.append(told_length.say(language))
    outside = said.get("place.outside")
    extent = brief.extent or GRAMMARS[Family(str(outside or sentence.family))].extent
    parts = compose(said, extent)
    season, hour = str(parts["season"]), Time.read(cast("Any", parts["time"]), where="the words")
    camera = cast("dict[str, Json]", parts["camera"])
    height, family = float(cast("float", camera["altitude"])), sentence.family.value
    camera["then"] = further_moves(sentence.statements, height, family)
    racks = racks_of(said, float(brief.rate.seconds(frames)))
    camera |= {"racks": list(racks)} if racks else {}
    warnings += [one.say(language) for one in _eased(camera, said, brief)]
    scene = _document(
        {
            **parts,
            "place": {
                "family": sentence.family.value,
                "country": country,
                "seed": brief.place_seed,
                "extent": extent,
                "room": said.get("place.room"),
                "outside": outside,
            },
            "changes": list(changes_of(said, season, hour, float(brief.rate.seconds(frames)))),
            "rate": brief.rate.to_json(),
            "frames": frames,
            "seed": brief.seed,
        }
    )
    _refuse_absent(sentence, scene, told.PROMPT)
    _refuse_two_looks(sentence.statements, scene)
    return _reading(sentence, scene, tuple(warnings))


def _refuse_absent(sentence: Sentence, scene: SceneDocument, what: Text) -> None:
    """Refuse by name what the room of a scene does not have.

    Raises:
        NotCapable: Such words; ``unknown`` has them in order.
    """
    fault_absent(sentence.items, scene.place)
    refuse_faults(sentence, what)


def _refuse_two_looks(statements: Iterable[Statement], scene: SceneDocument) -> None:
    """Refuse a direction of view where a subject says it: it would be left out of the picture.

    In the open the heading still says from where the camera looks at its subject.

    Raises:
        NotCapable: The words say where to look, and the camera of the scene looks at a subject.
    """
    ways = {"camera.pitch", "scale camera.pitch"}
    if scene.place.family is Family.INTERIOR:
        ways.add("camera.heading")
    stated = {made.field for made in statements if made.leg == 0 and made.rank > Rank.IMPLIED}
    if scene.camera.subject is not None and ways & stated:
        raise refused(told.LOOKS_TWO_WAYS)


def _eased(camera: dict[str, Json], said: Mapping[str, object], brief: Brief) -> Iterator[Said]:
    """Give the camera the easing of the timing plan; says where the prompt asked for another."""
    if brief.easing is None:
        return
    asked = said.get("camera.easing")
    if asked is None or brief.easing is not Easing.LINEAR:
        camera["easing"] = brief.easing.value
    if asked not in (None, camera["easing"]):
        yield remarks.OTHER_EASING.of(taken=Name(brief.easing.value), asked=Name(str(asked)))


def apply_note(scene: SceneDocument, note: str) -> Reading:
    """Change a scene as a director's note says: "slower, less snow", "at 40 m", "no traffic".

    Relative words act on the values that the scene has. The place, its seed, the seed and the
    length stay as they are.

    Args:
        scene: Of the take that the note is about.
        note: English or French, at most 4000 characters.

    Raises:
        UnreadableInput: As for a prompt.
        NotCapable: Words that are not understood or cannot be served; a change of something that
            is not there; a note that changes nothing.
    """
    check_text(note, told.NOTE)
    sentence = read_sentence(note, scene.place.family)
    for item in sentence.items:
        if "place.room" in item.fields and scene.place.room not in (None, *_values(item)):
            item.fault = faults.ROOM_STAYS.of(room=Name(scene.place.room))
        if goes_through((item,)) and scene.place.outside is None:
            item.fault = faults.STAYS_THIS_SIDE
        if "camera.move" in item.fields and not goes_through((item,)) and scene.place.outside:
            stays = scene.camera.move is Move.STATIC
            item.fault = faults.LOOKS_OUT if stays else faults.GOES_THROUGH
        if item.is_a(Role.COUNTRY) and scene.place.country not in _values(item):
            item.fault = faults.COUNTRY_STAYS.of(country=Name(scene.place.country))
        if item.leg and item.fault is None and set(item.fields) - {"place.family"}:
            item.fault = faults.FIRST_MOVE_ONLY
        if tells_a_change(item.fields) and item.fault is None:
            item.fault = faults.CHANGES_IN_THE_SCENE
        if {"length", "frames", "fps"} & set(item.fields) and item.fault is None:
            item.fault = faults.LENGTH_FOLLOWS
    with told_in(sentence.lexicon.language):
        refuse_faults(sentence, told.NOTE)
        statements = [one for one in sentence.statements if not one.field.startswith("place.")]
        changed = _document(revise(scene, statements))
        _refuse_absent(sentence, scene, told.NOTE)
        _refuse_two_looks(statements, changed)
        if changed == scene:
            raise refused(told.NOTHING_CHANGES)
        return _reading(sentence, changed, sentence.warnings)


def _reading(sentence: Sentence, scene: SceneDocument, warnings: tuple[str, ...]) -> Reading:
    language = cast("Literal['en', 'fr']", sentence.lexicon.language)
    words = _words(sentence, scene)
    unseen = (one.say(language) for one in seasons_unseen(sentence.items, scene.place))
    return Reading(scene=scene, words=words, language=language, warnings=(*warnings, *unseen))


def _named(countries: Iterable[Country]) -> tuple[Name, ...]:
    """Countries, to be named in the language of the prompt."""
    return tuple(Name(country.value) for country in countries)


def _out_of_range(error: UnreadableInput) -> tuple[Said, ...]:
    """The fields of a scene that the words put out of range, as far as they are known."""
    cause = error.__cause__
    found = cause.errors() if isinstance(cause, ValidationError) else []
    return tuple(
        told.BOUNDED.of(field=told.field_name(".".join(map(str, one["loc"]))), value=one["input"])
        for one in found
        if isinstance(one["input"], int | float)
    )


def _values(item: Item) -> tuple[Setting, ...]:
    """What a word sets, without the fields."""
    return tuple(value for _, value in item.entry.sets) if item.entry is not None else ()


def _country(said: Mapping[str, Setting], sentence: Sentence) -> str:
    """The country: as said, else the first that shows all that was said of its places.

    Raises:
        NotCapable: The family has no grammar for the country that was said, or does not show there
            what was named.
    """
    family = Family(str(said.get("place.outside") or sentence.family))
    known = GRAMMARS[family].countries
    named = tuple(item.text for item in sentence.items if item.is_a(Role.COUNTRY))
    if named and said["place.country"] not in known:
        raise refused(
            told.NO_SUCH_COUNTRY,
            unknown=named,
            family=Name(family),
            named=named[0],
            known=_named(known),
        )
    possible = [str(said["place.country"])] if named else [country.value for country in known]
    absent = {country: foreign(sentence.items, family, country) for country in possible}
    fitting = next((country for country in possible if not absent[country]), None)
    if fitting is None:
        words = absent[possible[0]]
        raise refused(
            told.NOT_IN_THAT_COUNTRY,
            unknown=words,
            family=Name(family),
            country=Name(possible[0]),
            words=words,
        )
    return fitting


def _frames(said: Mapping[str, Setting], brief: Brief) -> tuple[int, int | None]:
    """Length in frames: the brief's, the prompt's, or six seconds; and the prompt's, if any.

    Raises:
        NotCapable: The prompt's length or rate cannot be had.
    """
    rate = brief.rate
    if "fps" in said and Fraction(float(said["fps"])) != rate.fps:
        raise refused(told.OTHER_RATE, asked=float(said["fps"]), rate=str(rate.fps))
    asked: int | None = None
    if "length" in said:
        seconds = float(said["length"])
        if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            raise refused(
                told.NO_SHOT_OF_SECONDS,
                seconds=seconds,
                least=SHORTEST_SECONDS,
                most=LONGEST_SECONDS,
            )
        asked = rate.frames(seconds)
    if "frames" in said:
        frames = float(said["frames"])
        if frames != int(frames) or asked not in (None, int(frames)):
            raise refused(told.NO_SUCH_LENGTH, frames=frames)
        asked = int(frames)
    if brief.frames is not None:
        return brief.frames, asked
    frames_wanted = asked if asked is not None else rate.frames(DEFAULT_SECONDS)
    if not SHORTEST_SECONDS <= rate.seconds(frames_wanted) <= LONGEST_SECONDS:
        raise refused(
            told.NO_SHOT_OF_FRAMES,
            frames=frames_wanted,
            least=SHORTEST_SECONDS,
            most=LONGEST_SECONDS,
        )
    return frames_wanted, asked


def _document(parts: Mapping[str, Json]) -> SceneDocument:
    """The scene document; a number outside its range is the words' fault.

    Raises:
        NotCapable: A value is out of range.
    """
    try:
        return SceneDocument.read(cast("Mapping[str, Any]", parts), where="the words")
    except UnreadableInput as error:
        raise refused(told.OUT_OF_RANGE, english=error.why, fields=_out_of_range(error)) from error


def _words(sentence: Sentence, scene: SceneDocument) -> tuple[Word, ...]:
    """Every word, and what became of it in the scene."""
    return tuple(
        Word(
            start=item.start,
            end=item.end,
            text=item.text,
            use="filler" if item.filler else "used",
            became="" if item.filler else became(item, scene, sentence.lexicon.language),
        )
        for item in sentence.items
    )
