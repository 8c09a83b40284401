"""Faults of scene files and of the options of a shot, told in the language of its prompt.

Names of fields and options, and the values that a field takes, are those of the document in every
language. What TOML and JSON readers say of a line is quoted as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.world.reasons.telling import Refusal, Text

# scene files
_PLACE = Text("{where}", "{where}")
OTHER_VERSION = Refusal(
    Text("the scene is written in {found}", "la scène est écrite en {found}"),
    Text("this program reads {version}", "ce programme lit {version}"),
    Text(
        'write schema = "{version}" and correct the fields that differ',
        'écrivez schema = "{version}" et corrigez les champs qui diffèrent',
    ),
    _PLACE,
)
NO_SCENE = Refusal(
    Text("{where} is no scene", "{where} n'est pas une scène"),
    Text("{faults:;}", "{faults:;}"),
    Text(
        'correct the fields named above; generique shoot "..." --write-scene FILE writes a scene'
        " with the range of each field beside it",
        'corrigez les champs nommés ci-dessus ; generique shoot "..." --write-scene FICHIER écrit'
        " une scène avec l'étendue de chaque champ à côté",
    ),
    _PLACE,
)
NO_TOML = Refusal(
    Text("{where} is no TOML", "{where} n'est pas du TOML"),
    Text("{why}", "{why}"),
    Text("mend the line named above", "corrigez la ligne nommée ci-dessus"),
    _PLACE,
)
NO_JSON = Refusal(
    Text("{where} is no JSON", "{where} n'est pas du JSON"),
    Text("{why}", "{why}"),
    Text("write it as TOML", "écrivez-le en TOML"),
    _PLACE,
)
NESTED = Text("nested too deeply", "imbriqué trop profondément")
ENDLESS = Refusal(
    Text("{name} is {value}", "{name} vaut {value}"),
    None,
    Text("write a number that ends", "écrivez un nombre fini"),
    _PLACE,
)
DOCUMENT = Text("the document", "le document")

# one field of a scene file
UNKNOWN_FIELD = Text("unknown field {name}", "champ inconnu {name}")
UNKNOWN_FIELD_ADVISED = Text(
    "unknown field {name}, did you mean {advice:quoted}?",
    "champ inconnu {name}, vouliez-vous dire {advice:quoted} ?",
)
MISSING = Text("{name} is missing", "{name} manque")
BOUNDS: Mapping[str, Text] = {
    "greater_than_equal": Text(
        "{name} is {value}, the least is {limit}", "{name} vaut {value}, le minimum est {limit}"
    ),
    "less_than_equal": Text(
        "{name} is {value}, the most is {limit}", "{name} vaut {value}, le maximum est {limit}"
    ),
    "greater_than": Text(
        "{name} is {value}, it has to be above {limit}", "{name} vaut {value}, il faut plus de"
        " {limit}"
    ),
    "less_than": Text(
        "{name} is {value}, it has to be below {limit}", "{name} vaut {value}, il faut moins de"
        " {limit}"
    ),
}  # fmt: skip
"""By the kind that the check of the document gives."""
CHOICE = Text("{name} is {value}, take {choices}", "{name} vaut {value}, prenez {choices}")
NO_SUCH_VALUE = Text("{name}: {check}", "{name} : {check}")
CHECKS: Mapping[str, Text] = {
    "float_type": Text("it should be a number", "il faut un nombre"),
    "float_parsing": Text("it should be a number", "il faut un nombre"),
    "finite_number": Text("it should be a number that ends", "il faut un nombre fini"),
    "int_type": Text("it should be a whole number", "il faut un nombre entier"),
    "int_from_float": Text("it should be a whole number", "il faut un nombre entier"),
    "int_parsing": Text("it should be a whole number", "il faut un nombre entier"),
    "bool_type": Text("it should be true or false", "il faut true ou false"),
    "bool_parsing": Text("it should be true or false", "il faut true ou false"),
    "string_type": Text("it should be a text", "il faut un texte"),
    "string_too_short": Text("the text is too short", "le texte est trop court"),
    "string_too_long": Text("the text is too long", "le texte est trop long"),
    "tuple_type": Text("it should be a list", "il faut une liste"),
    "list_type": Text("it should be a list", "il faut une liste"),
    "too_long": Text("it has too many parts", "il y a trop de parties"),
    "model_type": Text("it should be a part with fields", "il faut une partie avec des champs"),
    "model_attributes_type": Text(
        "it should be a part with fields", "il faut une partie avec des champs"
    ),
}
"""By the kind that the check of the document gives; what is not here is quoted from the check."""
OTHERWISE = Text("{check}", "cela ne va pas ({check})")

# several fields of a scene file
GOES_TOO_FAST = Text(
    "a {move} at {speed:g} m/s; the most is {most:g}",
    "{move:quoted} à {speed:g} m/s ; le maximum est {most:g}",
)
APERTURE_AND_FOCUS = Text(
    "an aperture and a focus go together", "une ouverture et une mise au point vont ensemble"
)
RACK_WITHOUT_FOCUS = Text(
    "a rack of the focus needs an aperture and a focus",
    "une bascule de point veut une ouverture et une mise au point",
)
RACKS_OVERLAP = Text(
    "racks of the focus are not one after the other",
    "les bascules de point ne se suivent pas l'une après l'autre",
)
NEEDS_AN_OUTSIDE = Text(
    "a {move} needs place.outside, and of all other moves only static goes with it",
    "{move:quoted} veut place.outside, qui ne va par ailleurs qu'avec un plan fixe",
)
FIRST_OR_NONE = Text(
    "a {move} is the first move or none", "{move:quoted} est le premier mouvement ou aucun"
)
NO_SUBJECT_THERE = Text(
    "a {move} looks along its way, at no subject",
    "{move:quoted} regarde devant soi, aucun sujet",
)
CHANGES_OUT_OF_ORDER = Text(
    "changes are not in order of time", "les changements ne suivent pas l'ordre du temps"
)

# options and what a request has
OTHER_KIND = Refusal(
    Text("world makes shots and sets, not a {kind}", "world fait des plans et des décors : {kind}")
)
NO_SUCH_OPTION = Refusal(
    Text("world knows no option {names}", "world ne connaît pas l'option {names}"),
    None,
    Text("the options are {known}", "les options sont {known}"),
)
NO_RASTER = Refusal(Text("world needs a raster", "world veut une taille d'image"))
NO_LANGUAGE = Refusal(
    Text("a picture of world has no language", "une image de world n'a pas de langue")
)
NO_SUCH_NUMBER = Refusal(
    Text("option {option} is {value}", "l'option {option} vaut {value}"),
    None,
    Text(
        "give a whole number from {low} to {high}", "donnez un nombre entier de {low} à {high}"
    ),
)  # fmt: skip
OTHER_THAN_ASKED = Refusal(
    Text(
        "the scene's {name} is {have}, the request's {want}",
        "la scène a {name} = {have}, la commande {want}",
    ),
    None,
    Text("give both the same {name}", "donnez aux deux la même valeur de {name}"),
    Text("option scene", "option scene"),
)
OPTION_BESIDE_A_SCENE = Refusal(
    Text(
        "option {option} beside a scene, which has its own place",
        "l'option {option} à côté d'une scène, qui a son propre lieu",
    ),
    None,
    Text(
        "change the scene's place instead, and leave {option} out",
        "changez plutôt le lieu de la scène, et ôtez {option}",
    ),
    Text("option scene", "option scene"),
)
NO_LENGTH = Refusal(
    Text("world needs a length in frames", "world veut une durée en images")
)  # fmt: skip
