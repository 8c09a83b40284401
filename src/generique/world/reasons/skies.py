"""Refusals of hours and skies."""

from __future__ import annotations

from generique.world.reasons.telling import Refusal, Text

KEEP_ONE = Text("keep one of the two", "gardez l'un des deux")
CONTRADICTION = Text("the prompt contradicts itself", "la demande se contredit")
NAME_ONE = Text("name one of the two", "nommez l'un des deux")

SUN_BETWEEN = Text(
    "the sun stands between {low:.0f} and {high:.0f} degrees of altitude there on that day",
    "le soleil y reste ce jour-là entre {low:.0f} et {high:.0f} degrés de hauteur",
)
NO_SUCH_HOUR = Refusal(
    Text(
        "there is no {hour} on day {day} at latitude {latitude:g}",
        "il n'y a pas de « {hour} » le jour {day} à la latitude {latitude:g}",
    ),
    SUN_BETWEEN,
    Text("name another hour, season or country", "nommez une autre heure, saison ou un autre pays"),
)
NOT_THAT_HOUR = Refusal(
    CONTRADICTION,
    Text(
        "{clock} is no {hour}: the sun stands at {altitude:.0f} degrees then",
        "{clock} n'est pas « {hour} » : le soleil est alors à {altitude:.0f} degrés",
    ),
    KEEP_ONE,
)

NORTHERN_LIGHTS = Text(
    "northern lights would not be seen", "on ne verrait pas les aurores boréales"
)
NOT_BACKLIT = Refusal(
    CONTRADICTION,
    Text(
        "the sun stands {away:.0f} degrees beside the way that the camera looks",
        "le soleil est à {away:.0f} degrés de côté de là où regarde la caméra",
    ),
    Text(
        "leave out the direction of view, or name another hour",
        "ôtez la direction du regard, ou nommez une autre heure",
    ),
)
AURORA_BY_DAY = Refusal(
    NORTHERN_LIGHTS,
    Text("the sun stands at {altitude:.0f} degrees", "le soleil est à {altitude:.0f} degrés"),
    Text("name a night", "nommez une nuit"),
)
AURORA_IN_THE_SOUTH = Refusal(
    NORTHERN_LIGHTS,
    Text("at latitude {latitude:g} there are none", "il n'y en a pas à la latitude {latitude:g}"),
    Text(
        "name a country beyond {least:g} degrees, or set time.latitude",
        "nommez un pays au-delà de {least:g} degrés, ou fixez time.latitude",
    ),
)
AURORA_BEHIND_CLOUD = Refusal(
    NORTHERN_LIGHTS,
    Text("cloud covers {cloud:.0%} of the sky", "les nuages couvrent {cloud:.0%} du ciel"),
    Text("clear the sky", "dégagez le ciel"),
)
LIGHTNING_WITHOUT_CLOUD = Refusal(
    Text("lightning comes from cloud", "l'éclair vient des nuages"),
    Text("cloud covers {cloud:.0%} of the sky", "les nuages couvrent {cloud:.0%} du ciel"),
    Text(
        "set weather.cloud to {least:g} or more, or weather.lightning to 0",
        "mettez weather.cloud à {least:g} ou plus, ou weather.lightning à 0",
    ),
    Text("weather", "weather"),
)

SUNSHINE = Text("sunshine", "soleil")
STARS = Text("stars", "étoiles")
BACKLIGHT = Text("backlight", "contre-jour")
A_SKY = Text("a {sky} sky", "un ciel {sky}")
LIGHTNING_FROM_CLEAR = Refusal(
    CONTRADICTION,
    Text(
        "lightning needs cloud, and there is to be {bright}",
        "l'éclair veut des nuages, et la demande dit : {bright}",
    ),
    KEEP_ONE,
)
BRIGHT_UNDER_OVERCAST = Refusal(
    CONTRADICTION,
    Text(
        "no {bright} is seen under an overcast sky",
        "sous un ciel couvert on ne voit rien de tel : {bright}",
    ),
    KEEP_ONE,
)
STARS_BY_DAY = Refusal(
    Text("the prompt asks for stars by day", "la demande veut des étoiles en plein jour"),
    Text(
        "at {clock} the sun stands at {altitude:.0f} degrees",
        "à {clock} le soleil est à {altitude:.0f} degrés",
    ),
    Text("leave out the stars, or name the night", "ôtez les étoiles, ou nommez la nuit"),
)
BACKLIT_AT_NIGHT = Refusal(
    Text(
        "the prompt asks for a backlight while the sun is down",
        "la demande veut un contre-jour alors que le soleil est couché",
    ),
    Text(
        "at {clock} the sun stands at {altitude:.0f} degrees",
        "à {clock} le soleil est à {altitude:.0f} degrés",
    ),
    Text("name another hour", "nommez une autre heure"),
)
SUNSHINE_AT_NIGHT = Refusal(
    Text(
        "the prompt asks for sunshine while the sun is down",
        "la demande veut du soleil alors qu'il est couché",
    ),
    Text(
        "at {clock} on day {day} at latitude {latitude:g} the sun stands at "
        "{altitude:.0f} degrees",
        "à {clock}, le jour {day}, à la latitude {latitude:g}, le soleil est à "
        "{altitude:.0f} degrés",
    ),
    Text("leave out the sun, or name an hour of the day", "ôtez le soleil, ou nommez une heure du"
         " jour"),
)  # fmt: skip
SUNSHINE_IN_RAIN = Refusal(
    Text(
        "world does not show sunshine and falling snow or rain together",
        "world ne montre pas ensemble le soleil et la neige ou la pluie qui tombe",
    ),
    None,
    NAME_ONE,
)

SNOW_AND_RAIN = Refusal(
    Text(
        "world shows falling snow or rain, not both",
        "world montre la neige ou la pluie qui tombe, pas les deux",
    ),
    Text(
        "snow and rain together are sleet, which it cannot show",
        "les deux ensemble font de la neige fondue, qu'il ne sait pas montrer",
    ),
    NAME_ONE,
)
SNOW_IN_SUMMER = Refusal(
    Text("the prompt asks for snow in summer", "la demande veut de la neige en été"),
    Text("summer has none", "l'été n'en a pas"),
    Text("name another season, or leave out the snow", "nommez une autre saison, ou ôtez la neige"),
)
WET_WITHOUT_RAIN = Refusal(
    Text(
        "world shows wet streets only in rain", "world ne mouille les rues que par la pluie"
    ),
    None,
    Text('say "drizzle" or "light rain"', "dites « bruine » ou « pluie légère »"),
)  # fmt: skip
NO_SUCH_TREES = Refusal(
    Text(
        "world's trees are not {foliage} in {season}",
        "les arbres de world ne sont pas {foliage} à cette saison : {season}",
    ),
    None,
    Text("name {fits}, or leave out the trees", "nommez {fits}, ou ôtez les arbres"),
)
OR = Text("{one} or {other}", "{one} ou {other}")
