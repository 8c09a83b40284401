"""The words that ``world`` understands, as data, in English and in French.

Every phrase stands in exactly one entry. :mod:`generique.world.words.sentence` decides what an
entry does in its sentence, :mod:`generique.world.words.reading` makes a scene of it, and the
vocabulary pages are written from these tables by :mod:`generique.world.words.explain`. Phrases are
written with ``|`` between them; plurals, possessives, hyphens, accents and case need no spelling
out (:mod:`generique.model.vocabulary`).

An entry is stated once, in English, with what it does; French gives other phrases to the same
entry (``lexicon_fr_*``), under its first English phrase. So no language can mean what the other
cannot say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generique.model.speech import ENGLISH, FRENCH, Speech
from generique.model.vocabulary import Vocabulary
from generique.world.words import (
    lexicon_directing,
    lexicon_fr_camera,
    lexicon_fr_family,
    lexicon_fr_grammar,
    lexicon_fr_place,
    lexicon_optics,
    lexicon_room,
)
from generique.world.words.lexicon_camera import CAMERA, CHANGES, MOVES
from generique.world.words.lexicon_change import BECOMING
from generique.world.words.lexicon_entry import Entry
from generique.world.words.lexicon_family import COUNTRIES, HOMOGRAPHS, PLACES, SHOWN
from generique.world.words.lexicon_grammar import AMOUNTS, FILLERS, LINKS
from generique.world.words.lexicon_never import NEVER, SPOTTED
from generique.world.words.lexicon_place import LIFE, SEASONS, WEATHER
from generique.world.words.lexicon_time import TIMES

ENTRIES: tuple[Entry, ...] = (
    PLACES
    + COUNTRIES
    + SHOWN
    + lexicon_room.FURNISHINGS
    + TIMES
    + SEASONS
    + WEATHER
    + LIFE
    + BECOMING
    + AMOUNTS
    + MOVES
    + CAMERA
    + lexicon_optics.OPTICS
    + lexicon_directing.DIRECTING
    + CHANGES
    + LINKS
    + NEVER
    + lexicon_directing.NOT_IN_A_PROMPT
    + SPOTTED
)
"""All entries, in the order of the vocabulary pages."""


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, prepared for reading.

    Attributes:
        entries: With the phrases of this language; those that it has no phrase for are missing.
        fillers: Words that change nothing; ``--explain`` shows them as fillers.
        homographs: Exact spellings that mean another entry than the vocabulary finds, by key.
        camera_words: Beginnings of moves that can only be the camera's.
        streets: Endings of words for a way; "moving down" one is no move of the camera's height.
        ups_and_downs: Endings of moves that such a way makes doubtful.
        measures: Amount to take of what cannot be counted, where a word serves for both
            ("peu de").
        amounts_follow: True when an amount may stand after its thing ("neige légère").
    """

    speech: Speech
    entries: tuple[Entry, ...]
    fillers: frozenset[str]
    homographs: Mapping[str, str]
    camera_words: tuple[str, ...]
    streets: tuple[str, ...]
    ups_and_downs: tuple[str, ...]
    amounts_follow: bool = False
    measures: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """``en`` or ``fr``."""
        return self.speech.language

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Entries by their first English phrase, which is the meaning given to the matcher."""
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def phrases(self) -> Mapping[str, str]:
        """Every phrase and the key of its entry."""
        return {phrase: entry.key for entry in self.entries for phrase in entry.spellings}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The phrases, prepared for reading."""
        return Vocabulary(self.phrases, self.fillers, self.speech)

    @cached_property
    def advice(self) -> tuple[str, ...]:
        """Single words to suggest for one that was not understood."""
        words = sorted({*self.phrases, *self.fillers})
        return tuple(word for word in words if len(word) > 2 and " " not in word)


def _in_french() -> tuple[Entry, ...]:
    """The entries that have French phrases, with them."""
    spoken = {
        **lexicon_fr_family.WORDS,
        **lexicon_room.IN_FRENCH,
        **lexicon_fr_place.WORDS,
        **lexicon_fr_camera.WORDS,
        **lexicon_optics.IN_FRENCH,
        **lexicon_directing.IN_FRENCH,
        **lexicon_fr_grammar.WORDS,
    }
    return tuple(
        entry._replace(spoken=spoken[entry.key]) for entry in ENTRIES if entry.key in spoken
    )


IN_ENGLISH = Lexicon(
    speech=ENGLISH,
    entries=ENTRIES,
    fillers=FILLERS,
    homographs=HOMOGRAPHS,
    camera_words=(
        "push",
        "pull",
        "dolly",
        "truck",
        "crane",
        "craning",
        "orbit",
        "jib",
        "boom",
        "pan",
        "tilt",
        "whip",
    ),
    streets=("street", "road"),
    ups_and_downs=(" up", " down"),
)
IN_FRENCH = Lexicon(
    speech=FRENCH,
    entries=_in_french(),
    fillers=lexicon_fr_grammar.FILLERS,
    homographs=lexicon_fr_family.HOMOGRAPHS,
    camera_words=lexicon_fr_camera.CAMERA_WORDS,
    streets=("rue", "route"),
    ups_and_downs=(),
    amounts_follow=True,
    measures={"few": "light", "many": "heavy"},
)
LEXICONS: tuple[Lexicon, ...] = (IN_ENGLISH, IN_FRENCH)
"""In the order in which a prompt that both read equally well is taken."""
