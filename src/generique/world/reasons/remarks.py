"""What is said of a prompt that can be shown: what became of its words, and what to know besides.

Fields of a scene document keep their names in every language, as they have them in the document.
"""

from __future__ import annotations

from generique.world.reasons.telling import Text

# what became of a word
GRANTED = Text("granted", "accordé")
NEVER_SHOWN = Text("granted: never shown", "accordé : jamais montré")
NEVER_SHOWN_HERE = Text("granted: never shown here", "accordé : jamais montré ici")
SHOWN_BY_THE_PLACE = Text("shown by the place", "montré par le lieu")
HOUSE_OF_THE_ROOM = Text("the house of the room", "la maison de la pièce")
THE_WAY_ITSELF = Text("the way through the window", "le passage par la fenêtre")
CARRIES_ON = Text("carries {word:quoted} on", "prolonge {word:quoted}")
ONE_AFTER_THE_OTHER = Text("one move after the other", "un mouvement après l'autre")
OF_A_MOMENT = Text("of the moment that follows", "du moment qui suit")
THE_HOUR_PASSES = Text("the hour passes in the shot", "l'heure passe pendant le plan")
CHANGES_NOTHING = Text("(changes nothing)", "(sans effet)")

# fields
LENGTH = Text("length = {seconds:g} s ({frames} frames)", "durée = {seconds:g} s ({frames} images)")
HOUR = Text("time = {clock} on day {day}", "time = {clock}, jour {day} de l'année")
BECOMES = Text(
    "{field} becomes {value} over {over:g} s from {at:g} s",
    "{field} devient {value} en {over:g} s à partir de {at:g} s",
)
BECOMES_AT_ONCE = Text(
    "{field} becomes {value} at {at:g} s", "{field} devient {value} d'un coup à {at:g} s"
)
FOCUS_ON = Text("the {thing:quoted}", "{thing:quoted}")
FOCUS_AT = Text("{metres:g} m", "{metres:g} m")
NO_FOCUS = Text("none", "aucune mise au point")
FOCUS_GOES = Text(
    "focus goes to {focus} over {over:g} s from {at:g} s",
    "le point passe à {focus} en {over:g} s à partir de {at:g} s",
)

# remarks
WORD = Text("{word}: {note}", "{word} : {note}")
"""A remark of the lexicon on a word."""
NOT_AIMED = Text(
    "{word}: the move goes ahead and is not aimed at it; only a landmark can be aimed at",
    "{word} : le mouvement va devant soi sans le viser ; seul un repère peut être visé",
)
NO_SEASON_SEEN = Text(
    "{word}: this room ({room}) has no window, and nothing in it shows the season",
    "{word} : cette pièce n'a pas de fenêtre, et rien n'y montre la saison ({room})",
)
SAME_MOVE = Text(
    "{word}: beside a way through a window this is the same move",
    "{word} : auprès d'un passage par la fenêtre, c'est le même mouvement",
)
GOES_OUT = Text(
    "{word}: the camera begins in the room and goes out through the window",
    "{word} : la caméra part de la pièce et sort par la fenêtre",
)
LOOKS_OUT = Text(
    "{word}: the camera stays in the room and looks out of the window; with a push-in or a speed"
    " it goes out",
    "{word} : la caméra reste dans la pièce et regarde par la fenêtre ; avec un travelling avant ou"
    " une vitesse, elle sort",
)
OTHER_EASING = Text(
    "the timing plan's easing, {taken}, is taken, not {asked}",
    "le départ du plan de montage, {taken}, est pris, et non {asked}",
)
OTHER_LENGTH = Text(
    "the length in the prompt, {asked} frames, gives way to the shot's own, {frames} frames with"
    " handles",
    "la durée de la demande, {asked} images, cède à celle du plan, {frames} images avec marges",
)
DRAFT = Text(
    "draft: one sample a pixel and coarse trees; edges are rough and motion is not blurred",
    "brouillon : un échantillon par pixel et des arbres grossiers ; les bords sont crénelés et le"
    " mouvement n'est pas flou",
)

# around them
REMARK = Text("note: {remark}", "note : {remark}")
READ_AS = Text("read as English", "lu comme du français")
"""In which language a prompt was read, told in that language."""
FILLER = Text("filler", "sans effet")
USED = Text("used", "pris en compte")
