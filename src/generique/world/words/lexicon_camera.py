"""Words for the camera, its moves, and changes asked of a retake."""

from __future__ import annotations

from itertools import product

from generique.world.words.lexicon_entry import Entry, Role, spelled

VERBS = spelled(
    "move | moving | fly | flying | glide | gliding | drift | drifting | travel | travelling"
    " | traveling | track | tracking | dolly | dollying | slide | sliding | push | pushing"
    " | float | floating | go | going | sweep | sweeping"
)
"""Verbs of motion that take a way to go."""


def _verbs(ways: str) -> str:
    """Every verb of motion with every way to go."""
    return " | ".join(f"{verb} {way}" for verb, way in product(VERBS, spelled(ways)))


def _windows(ways: str) -> str:
    """Every way with every name for the window."""
    names = ("the window", "a window", "its window", "the open window", "an open window",
             "the window of", "a window of")  # fmt: skip
    return " | ".join(way.format(name) for way, name in product(spelled(ways), names))


MOVES = (
    Entry(Role.MOVE, _verbs("in | forward | forwards | ahead | toward | towards | over | above"
          " | along | in over | forward over") + " | push-in | push | pushing | forward"
          " | forwards | flyover | fly-over | overflight | flight over | advance | advancing"
          " | closing in | close in | approach | approaching | dolly"
          " | tracking shot along | dolly shot | gliding shot",
          (("camera.move", "push-in"),)),
    Entry(Role.MOVE, _verbs("back | backward | backwards | away | out | back over")
          + " | pull back | pulling back | pull out | pulling out | pull-back | pullback"
          " | pull away"
          " | pulling away | retreat | retreating | backing away | reverse | reversing | withdraw"
          " | withdrawing", (("camera.move", "pull-back"),)),
    Entry(Role.MOVE, _verbs("left | to the left | leftward | leftwards | right to left"
          " | from right to left"),
          (("camera.move", "truck"), ("camera.direction", "left"))),
    Entry(Role.MOVE, _verbs("right | to the right | rightward | rightwards | left to right"
                             " | from left to right"),
          (("camera.move", "truck"), ("camera.direction", "right"))),
    Entry(Role.MOVE, "truck | trucking | trucking shot | tracking shot | lateral move | crab"
          " | crabbing | sideways | lateral | lateral tracking shot | slider shot | track sideways"
          " | move sideways | moving sideways", (("camera.move", "truck"),)),
    Entry(Role.MOVE, _verbs("up | upward | upwards") + " | rise | rising | ascend | ascending"
          " | climb | climbing | crane up | craning up | boom up | jib up | lift | lifting"
          " | lift off | rise up | rising up | crane shot up",
          (("camera.move", "crane"), ("camera.direction", "up"))),
    Entry(Role.MOVE, _verbs("down | downward | downwards") + " | descend | descending | sink"
          " | sinking | lowering | crane down | craning down | boom down | jib down | descent",
          (("camera.move", "crane"), ("camera.direction", "down"))),
    Entry(Role.MOVE, "crane | crane shot | craning | jib shot | boom shot",
          (("camera.move", "crane"),)),
    Entry(Role.MOVE, "orbit | orbiting | circle | circling | arc | arcing | orbit shot"
          " | orbital shot | circle over | circling over | circling above | arc shot",
          (("camera.move", "orbit"),)),
    Entry(Role.MOVE, "pan | panning | pan shot", (("camera.move", "pan"),)),
    Entry(Role.MOVE, "tilt up | tilts up | tilting up | tilt shot up",
          (("camera.move", "tilt"), ("camera.direction", "up"))),
    Entry(Role.MOVE, "tilting down | tilt shot down | tilt down | tilts down",
          (("camera.move", "tilt"), ("camera.direction", "down"))),
    Entry(Role.MOVE, "whip pan | whip", (("camera.move", "whip"),)),
    Entry(Role.MOVE, _windows("through {0}") + " | " + _verbs(_windows("through {0}")),
          (("camera.move", "through-window"),)),
    Entry(Role.MOVE, _windows("out through {0} | out of {0} | out by {0}")
          + " | " + _verbs(_windows("out through {0} | out of {0}")) + " | out the window",
          (("camera.move", "through-window"), ("camera.direction", "out"))),
    Entry(Role.MOVE, _windows("in through {0} | in by {0} | inside through {0} | into {0}")
          + " | " + _verbs(_windows("in through {0} | into {0}"))
          + " | " + _windows("towards {0} and in | toward {0} and in | up to {0} and in"),
          (("camera.move", "through-window"), ("camera.direction", "in"))),
    Entry(Role.MOVE, "static | locked off | locked-off | lock-off | fixed camera | tripod"
          " | on a tripod | on sticks | camera on sticks | camera on a tripod | stationary"
          " | motionless | no movement | no camera movement"
          " | no camera move | unmoving | still camera | still shot | static camera | static shot"
          " | locked camera | fixed shot | camera does not move",
          (("camera.move", "static"),)),
    Entry(Role.MOVE, "hovering | hover | hovering drone",
          (("camera.move", "static"), ("hover", True))),
    Entry(Role.TURN, "left | to the left | leftward | clockwise | right to left"
          " | from right to left", (("camera.direction", "left"),)),
    Entry(Role.TURN, "right | to the right | rightward | left to right | from left to right"
          " | counter-clockwise | anticlockwise"
          " | counterclockwise", (("camera.direction", "right"),)),
    Entry(Role.TURN, "upward | upwards", (("camera.direction", "up"),)),
    Entry(Role.TURN, "down | downward | downwards", (("camera.direction", "down"),)),
)  # fmt: skip

CAMERA = (
    Entry(Role.FRAMING, "aerial | aerial shot | aerial view | drone shot | drone | drone view"
          " | drone footage | from the air | from above | aerials | overhead drone shot | airborne"
          " | aerial drone shot | aerial establishing shot | seen from above",
          (("aerial", True),)),
    Entry(Role.FRAMING, "bird's-eye view | bird's-eye | birdseye | bird's-eye shot",
          (("aerial", True), ("camera.pitch", 35), ("camera.altitude", 90)), weak=True),
    Entry(Role.FRAMING, "high aerial | high drone shot | high aerial shot | high aerial view",
          (("aerial", True), ("camera.altitude", 120)), weak=True),
    Entry(Role.FRAMING, "low aerial | low drone shot | low drone | low aerial shot",
          (("aerial", True), ("camera.altitude", 30)), weak=True),
    Entry(Role.SPEED, "very slow | very slowly | extremely slow | extremely slowly | creeping"
          " | imperceptible | imperceptibly | barely moving | super slow", (("pace", 0.35),)),
    Entry(Role.SPEED, "slow | slowly | leisurely | unhurried | lingering", (("pace", 0.6),)),
    Entry(Role.SPEED, "gentle | gently", (("pace", 0.6),), level="light"),
    Entry(Role.SPEED, "medium speed | normal speed | moderate speed", (("pace", 1),)),
    Entry(Role.SPEED, "fast | quick | quickly | brisk | briskly | swift | swiftly | rapid"
          " | rapidly", (("pace", 1.7),)),
    Entry(Role.SPEED, "very fast | very quick | very quickly | racing | extremely fast"
          " | at high speed | speeding", (("pace", 2.6),)),
    Entry(Role.EASING, "ease in | easing in | starts from rest | starting from rest"
          " | gathering speed | accelerating | slow start", (("camera.easing", "ease-in"),)),
    Entry(Role.EASING, "ease out | easing out | coming to rest | comes to rest | settling"
          " | settles | slowing to a stop | slows to a stop | decelerating | slow stop",
          (("camera.easing", "ease-out"),)),
    Entry(Role.EASING, "ease in and out | easing in and out | ease in-out | ease-in-out | eased"
          " | smooth start and stop | ease in and ease out", (("camera.easing", "ease-in-out"),)),
    Entry(Role.EASING, "constant speed | linear | even speed | uniform speed | at constant speed",
          (("camera.easing", "linear"),)),
    Entry(Role.HAND, "handheld | hand-held | handheld camera | handheld feel",
          (("camera.handheld", 0.6),)),
    Entry(Role.HAND, "slightly handheld | slight handheld | slightly hand-held"
          " | subtle handheld | light wind on the drone", (("camera.handheld", 0.3),)),
    Entry(Role.HAND, "shaky | shaking camera | on the shoulder | shoulder camera | shaky handheld"
          " | shaky camera | camera shake | heavy shake | strong shake | heavy camera shake",
          (("camera.handheld", 1),)),
    Entry(Role.HAND, "steady", (("camera.handheld", 0.1),), level="moderate"),
    Entry(Role.HAND, "smooth | smoothly | steadily | stabilised | stabilized | gimbal | steadicam"
          " | steady camera", (("camera.handheld", 0.1),)),
    Entry(Role.HEIGHT, "high | from high up | from a great height | high above | high over"
          " | high-altitude | high altitude | from high above",
          (("camera.altitude", 120),), level="heavy"),
    Entry(Role.HEIGHT, "very high | from very high | very high above | very high altitude",
          (("camera.altitude", 200),)),
    Entry(Role.HEIGHT, "low | low over | low above | low-altitude | low altitude"
          " | low-flying | flying low | flying low over | flies low"
          " | flies low over", (("camera.altitude", 30),)),
    Entry(Role.HEIGHT, "very low | rooftop level | rooftop height | roof level | skimming"
          " | just above the rooftops | just above the roofs | skimming the rooftops"
          " | very low over", (("camera.altitude", 18),)),
    Entry(Role.HEIGHT, "street level | eye level | ground level | at street level | at eye level"
          " | at ground level | street-level | from the street | head height"
          " | at head height", (("camera.altitude", 2.2),)),
    Entry(Role.ANGLE, "looking down | look down | looks down | angled down | tilted down"
          " | tilted downwards | looking downwards | steep | steep angle | high angle"
          " | down onto | looking down on | looking down at", (("camera.pitch", 40),)),
    Entry(Role.ANGLE, "straight down | top-down | top down | top shot | top-down shot"
          " | god's-eye view | overhead | directly overhead"
          " | looking straight down | directly above | from directly above | plan view"
          " | vertical view", (("camera.pitch", 90),)),
    Entry(Role.ANGLE, "level camera | looking ahead | looking straight ahead | flat angle",
          (("camera.pitch", 3),)),
    # Of the size of the shot: gives way to a lens that is named.
    Entry(Role.LENS, "wide | wide shot | wide view | long shot"
          " | wide establishing shot", (("camera.focal", 28),), weak=True),
    Entry(Role.LENS, "wide lens | wide-angle | wide angle | wide-angle lens | wide angle shot",
          (("camera.focal", 24),)),
    Entry(Role.LENS, "ultra-wide | very wide | ultra wide lens | very wide lens | super wide",
          (("camera.focal", 16),)),
    Entry(Role.LENS, "normal lens | standard lens", (("camera.focal", 50),)),
    Entry(Role.LENS, "long lens | telephoto | telephoto lens | tele | tele lens",
          (("camera.focal", 85),)),
    *(
        Entry(
            Role.HEADING,
            " | ".join(
                form.format(way)
                for form in ("{0}", "facing {0}", "looking {0}", "heading {0}", "{0}ward",
                             "{0}wards", "to the {0}", "towards the {0}", "{0}bound",
                             "looking to the {0}")
            ),
            (("camera.heading", 45.0 * index),),
        )
        for index, way in enumerate(
            spelled("north|north-east|east|south-east|south|south-west|west|north-west")
        )
    ),
)  # fmt: skip

STRENGTHS = (
    ("", 1.0),
    ("much ", 1.8),
    ("far ", 1.8),
    ("a lot ", 1.8),
    ("slightly ", 0.5),
    ("a little ", 0.5),
    ("a bit ", 0.5),
    ("somewhat ", 0.5),
)
"""Words before a change, and the power that they raise its factor to."""

CHANGES = (
    Entry(Role.CHANGE, "less | fewer | lighter | thinner | weaker | reduce | reduced",
          (("change", 0.5),)),
    Entry(Role.CHANGE, "much less | far less | far fewer | much fewer | a lot less | way less",
          (("change", 0.25),)),
    Entry(Role.CHANGE, "a little less | slightly less | a bit less | slightly fewer"
          " | somewhat less | a few less", (("change", 0.75),)),
    Entry(Role.CHANGE, "more | thicker | heavier | stronger | denser | increase",
          (("change", 1.6),)),
    Entry(Role.CHANGE, "much more | far more | a lot more | many more | way more",
          (("change", 2.4),)),
    Entry(Role.CHANGE, "a little more | slightly more | a bit more | somewhat more",
          (("change", 1.25),)),
    *(
        Entry(Role.CHANGE, " | ".join(f"{strength}{word}" for word in spelled(words)),
              ((field, round(factor**power, 3)),))
        for words, field, factor in (
            ("slower|more slowly", "scale camera.speed", 0.6),
            ("faster|quicker|more quickly", "scale camera.speed", 1.6),
            ("higher|higher up", "scale camera.altitude", 1.4),
            ("lower|lower down|closer|nearer", "scale camera.altitude", 0.72),
            ("wider", "scale camera.focal", 0.78),
            ("tighter", "scale camera.focal", 1.3),
            ("steadier|smoother|less shaky|less handheld", "scale camera.handheld", 0.4),
            ("shakier|more handheld", "scale camera.handheld", 1.8),
            ("steeper|looking further down", "scale camera.pitch", 1.5),
            ("flatter|less steep", "scale camera.pitch", 0.6),
            ("windier", "scale weather.wind", 1.6),
            ("calmer|less windy", "scale weather.wind", 0.5),
            ("foggier|mistier|hazier", "scale weather.fog", 1.6),
            ("clearer|less foggy|less misty|less hazy", "scale weather.fog", 0.5),
            ("darker windows|dimmer windows|darker houses", "scale life.lit_windows", 0.5),
            ("brighter windows", "scale life.lit_windows", 1.6),
            ("snowier", "scale weather.snowfall", 1.6),
            ("rainier|wetter", "scale weather.rain", 1.6),
            ("quieter streets|emptier streets|less busy", "scale life.traffic", 0.5),
            ("busier|busier streets", "scale life.traffic", 1.6),
        )
        for strength, power in STRENGTHS
    ),
)  # fmt: skip
