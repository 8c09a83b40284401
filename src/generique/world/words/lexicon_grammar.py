"""Words that hold a sentence together: amounts, links, cues of numbers, and fillers."""

from __future__ import annotations

from generique.world.words.lexicon_entry import Entry, Role, spelled

AMOUNTS = (
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

LINKS = (
    Entry(Role.LINK, "or | nor"),
    Entry(Role.LINK, "and | but | yet"),
    Entry(Role.LINK, "then | and then | followed by | afterwards"),
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
    Entry(Role.CUE, "aperture | at an aperture of | aperture of | with an aperture of"),
    Entry(Role.CUE, "after"),
    Entry(Role.CUE, "speed | at a speed of | a speed of"),
)  # fmt: skip

FILLERS: frozenset[str] = frozenset(
    spelled(
        # grammar
        "a|an|the|of|in|on|over|onto|with|by|to|as|is|are|it|its|there|this|that|these|across|through"
        "|along|around|while|where|into|under|we|see|us|our|show|shows|showing|seen|toward|towards"
        "|during|be|make|please|between|among|amid|here|overlooking|make it|keep"
        # what every shot is
        "|shot|view|camera|footage|scene|picture|image|video|clip|film|establishing"
        "|establishing shot|opening|opening shot|angle|move|movement|camera movement"
        "|motion|take|one-take|oner|single take|long take|in one take|unbroken|continuous"
        "|master shot|weather|mood|atmosphere|ambience|as far as the eye can see"
        "|quiet|sleepy|sleeping|asleep|peaceful|silent|silence|tranquil|serene|ordinary|typical|anodyne|unremarkable"
        # praise and mood: the look is what it is, these change nothing and are shown as fillers
        "|ultra-realistic|hyper-realistic|hyperrealistic|detailed|highly detailed"
        "|cinematic|photorealistic|realistic|photoreal|documentary|documentary style|moody"
        "|atmospheric|beautiful|dramatic|eerie|ominous|lonely|melancholy|melancholic|haunting|mysterious|natural"
        "|naturalistic|stunning|evocative|subtle|understated|cold"
        "|invented|fictional|vast"
        "|the same|same|same place|again|everything else|rest|please keep|another|another take"
        "|in the distance|distance|in the background|background"
        "|surrounded|surrounded by|everywhere|below|beneath|far below|just|only|still|sprawling"
        "|endless"
    )
)
"""Words that change nothing; ``--explain`` shows them as fillers."""
