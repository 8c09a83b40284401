"""The words that ``world`` understands, as data.

Every phrase stands in exactly one entry. :mod:`generique.world.sentence` decides what an entry
does in its sentence, :mod:`generique.world.words` makes a scene of it, and
``docs/world-vocabulary.md`` is written from these tables by :mod:`generique.world.explain`.
Phrases are written with ``|`` between them; plurals, possessives, hyphens, accents and case
need no spelling out (:mod:`generique.model.vocabulary`).
"""

from __future__ import annotations

from functools import cache

from generique.model.vocabulary import Vocabulary
from generique.world.lexicon_camera import CAMERA, CHANGES, MOVES
from generique.world.lexicon_entry import Entry, Role, spelled
from generique.world.lexicon_place import LIFE, PLACES, TIMES, WEATHER

_AMOUNTS = (
    Entry(Role.AMOUNT, "no | without | not | without any | no sign of | not any | free of"
          " | zero | devoid of | absent", level="none"),
    Entry(Role.AMOUNT, "faint | very light | barely any | hardly any | very little | very faint"
          " | a hint of | hint of | a trace of | trace of | scarcely any", level="faint"),
    Entry(Role.AMOUNT, "light | slight | soft | thin | fine | sparse | little | a little"
          " | lightly | a bit of | mild | softly | weak", level="light"),
    Entry(Role.AMOUNT, "few | a few | very few | occasional | scattered | only a few"
          " | a handful of", level="few"),
    Entry(Role.AMOUNT, "some", level="some"),
    Entry(Role.AMOUNT, "moderate | medium | moderately", level="moderate"),
    Entry(Role.AMOUNT, "half | half the | half of the", level="half"),
    Entry(Role.AMOUNT, "many | lots of | a lot of | plenty of | numerous", level="many"),
    Entry(Role.AMOUNT, "most | most of the | nearly all | almost all", level="most"),
    Entry(Role.AMOUNT, "all | every | all the", level="all"),
    Entry(Role.AMOUNT, "heavy | thick | dense | strong | hard | intense | heavily | deep | densely"
          " | thickly | busy", level="heavy"),
    Entry(Role.AMOUNT, "very heavy | very thick | very dense | very strong | torrential | extreme",
          level="extreme"),
)  # fmt: skip

_NEVER = (
    Entry(Role.NEVER, "people | person | man | woman | men | women | child | children | pedestrian"
          " | crowd | face | faces | figure | humans | family"
          " | walker",
          note="world shows no people"),
    Entry(Role.NEVER, "animal | dog | cat | lion | bird | deer | wolf | fox | horse | finch",
          note="world shows no animals"),
    Entry(Role.NEVER, "kitchen | room | interior | inside | living room | bedroom | indoors"
          " | corridor | staircase", note="world shows no interiors"),
    Entry(Role.NEVER, "city | town | village | downtown | city centre | forest | woods | beach"
          " | sea | ocean | coast | mountain | mountains | desert | river | lake | park | field"
          " | farm | highway | motorway | skyscraper | high-rise | high-rise buildings | tower"
          " | apartment block | apartment building | airport | school | church | factory | bridge"
          " | harbour | shopping mall",
          note="world shows one family of places, residential suburbs"),
    Entry(Role.NEVER, "America | American | USA | United States | England | English | Britain"
          " | British | France | French | Germany | German | Japan | Japanese | China | Chinese"
          " | Russia | Russian | Australia | Australian | India | Indian | Mexico | Mexican"
          " | Spain | Spanish | Italy | Italian | Sweden | Swedish | Norway | Norwegian | Finland"
          " | Finnish | Paris | London | Berlin | New York | Tokyo | Moscow | Los Angeles",
          note="world's suburbs are Canadian"),
    Entry(Role.NEVER, "Toronto | Montreal | Vancouver | Calgary | Ottawa | Edmonton | Winnipeg"
          " | Quebec | Halifax | Ontario | Alberta | Manitoba | British Columbia | Saskatchewan",
          note="world shows invented places, never a real one"),
    Entry(Role.NEVER, "Milky Way", note="world shows stars, and no band of them"),
    Entry(Role.NEVER, "sleet | hail | tornado | flood | rainbow | ice storm",
          note="world shows snow, rain, fog, wind and lightning only"),
    Entry(Role.NEVER, "pan | panning | zoom | zooms | zoom in | zooms in | zooming | zoom out"
          " | zooming in | zooming out | whip pan | tilt up | tilting up | tilting down"
          " | dolly zoom | time-lapse | timelapse | slow motion | fast motion | hyperlapse"
          " | rack focus | point of view | POV",
          note="world's moves are static, push-in, pull-back, truck, crane and orbit"),
    Entry(Role.NEVER, "close-up | close up | medium shot | portrait | split screen | montage"
          " | cut to | cross-fade | dissolve", note="world makes one wide shot of a place"),
    Entry(Role.NEVER, "text | title | titles | caption | captions | logo | logos | watermark"
          " | writing | lettering", note="world writes no text into its pictures"),
    Entry(Role.NEVER, "fire | explosion | police car | police lights | ambulance | siren | plane"
          " | airplane | aeroplane | helicopter | UFO | train | bus | truck driving | snowplough"
          " | snow plough | snowplow | fireworks | Christmas lights | flag",
          note="world does not show this"),
)  # fmt: skip

_SPOTTED = (
    Entry(Role.NEVER, "longer | shorter | later | start later | starts later | earlier"
          " | start earlier | starts earlier",
          note="when a shot starts and how long it is follow from the music and the voices"),
    Entry(Role.NEVER, "darker | brighter",
          note='say what: another hour ("night", "dusk"), or "darker windows"'),
)  # fmt: skip

_LINKS = (
    Entry(Role.LINK, "or | nor"),
    Entry(Role.LINK, "and | but | yet"),
    Entry(Role.CUE, "at | from | altitude | at an altitude of | from a height of | height | above"
          " | above the ground | above ground | over the ground | in the air"
          " | flying at | altitude of | at a height of"),
    Entry(Role.CUE, "up | high up"),
    Entry(Role.CUE, "lens | field of view | angle of view"),
    Entry(Role.CUE, "below the horizon | pitch | pitched | tilted | tilt | angled"),
    Entry(Role.CUE, "moving | gliding | drifting | floating | travelling | traveling | flying"
          " | sliding | tracking | sweeping | glides | drifts | floats | travels | flies | slides"
          " | sweeps"),
    Entry(Role.CUE, "long | lasting | duration | length | for"),
    Entry(Role.CUE, "speed | at a speed of | a speed of"),
)  # fmt: skip

ENTRIES: tuple[Entry, ...] = (
    PLACES
    + TIMES
    + WEATHER
    + LIFE
    + _AMOUNTS
    + MOVES
    + CAMERA
    + CHANGES
    + _LINKS
    + _NEVER
    + _SPOTTED
)
"""All entries, in the order of the vocabulary page."""

FILLERS: frozenset[str] = frozenset(
    spelled(
        # grammar
        "a|an|the|of|in|on|over|onto|with|by|to|as|is|are|it|its|there|this|that|these|across|through"
        "|along|around|while|where|into|under|we|see|us|our|show|shows|showing|seen|toward|towards"
        "|then|during|be|make|please|between|among|amid|here|overlooking|make it|keep"
        # what every shot is
        "|shot|view|camera|footage|scene|picture|image|video|clip|film|establishing"
        "|establishing shot|opening|opening shot|angle|move|movement|camera movement"
        "|motion|take"
        "|quiet|sleepy|sleeping|asleep|peaceful|silent|silence|tranquil|serene|ordinary|typical|anodyne|unremarkable"
        # praise and mood: the look is what it is, these change nothing and are shown as fillers
        "|cinematic|photorealistic|realistic|photoreal|documentary|documentary style|moody"
        "|atmospheric|beautiful|dramatic|eerie|ominous|lonely|melancholy|melancholic|haunting|mysterious|natural"
        "|naturalistic|stunning|evocative|subtle|understated|cold"
        "|invented|fictional|vast"
        "|the same|same|same place|again|everything else|rest|please keep|another|another take"
        "|everywhere|below|beneath|far below|just|only|still|sprawling|endless"
    )
)
"""Words that change nothing; ``--explain`` shows them as fillers."""

BY_NAME: dict[str, Entry] = {entry.name: entry for entry in ENTRIES}
"""Entries by their first phrase, which is the meaning given to the matcher."""

PHRASES: dict[str, str] = {phrase: entry.name for entry in ENTRIES for phrase in entry.spellings}
"""Every phrase and the name of its entry."""

ADVICE: tuple[str, ...] = tuple(
    phrase for phrase in sorted({*PHRASES, *FILLERS}) if len(phrase) > 2 and " " not in phrase
)
"""Single words to suggest for one that was not understood."""


@cache
def vocabulary() -> Vocabulary:
    """The lexicon, prepared for reading."""
    return Vocabulary(PHRASES, FILLERS)
