"""Prompts as directors, script supervisors and documentary makers write them, and what they mean.

Each row was read by a person, who wrote down what the prompt asks for. A row holds fields of the
scene by their names in the document, or the words that are refused.
"""

from __future__ import annotations

from typing import Any

import pytest

from generique.model.errors import NotCapable, UnreadableInput
from generique.world.layout import ABOVE_THE_TREES
from generique.world.places.grammars import GRAMMARS, lay_out
from generique.world.scene import Family, Place, SceneDocument
from generique.world.sky.clock import latitude_of
from generique.world.sky.sun import sun_at
from generique.world.staging import stage
from generique.world.words.reading import Brief, Reading, read_prompt
from generique.world.words.sentence_aim import LANDMARKS

FAMILY, ROOM, MOVE, WAY = "place.family", "place.room", "camera.move", "camera.direction"

MEANT: tuple[tuple[str, dict[str, Any]], ...] = (
    # sluglines
    ("EXT. SMALL TOWN MAIN STREET - DAWN. Light fog. Slow dolly in.",
     {FAMILY: "main-street", "weather.fog": 0.35, MOVE: "push-in", "time.hour": 6.05}),
    ("INT. HOSPITAL CORRIDOR - NIGHT", {ROOM: "hospital corridor", "time.hour": 22.0}),
    ("INT. BEDROOM - EARLY MORNING. Static.", {ROOM: "bedroom", MOVE: "static"}),
    ("EXT. HARBOUR - MAGIC HOUR", {FAMILY: "industrial-port", "time.hour": 16.86}),
    ("EXT. DESERT HIGHWAY - HIGH NOON",
     {FAMILY: "desert", "time.hour": 12.0, "camera.altitude": 62.0}),
    ("INT. CHAMBRE - JOUR", {ROOM: "bedroom", "time.hour": 10.9}),
    ("INT. COULOIR D'HÔPITAL - NUIT", {ROOM: "hospital corridor", "time.hour": 22.0}),
    ("EXT. PORT - HEURE BLEUE", {FAMILY: "industrial-port", "time.hour": 18.07}),
    ("EXT. BANLIEUE PAVILLONNAIRE - PETIT MATIN, plan fixe",
     {FAMILY: "residential-suburb", MOVE: "static", "camera.handheld": 0.0, "time.hour": 6.1}),
    # sizes, lenses, heights
    ("wide shot of a lonely lighthouse on a cliff", {"camera.focal": 28.0, FAMILY: "sea-coast"}),
    ("LONG SHOT - a farm at noon", {"camera.focal": 28.0, "time.hour": 12.0}),
    ("extreme wide shot, desert", {"camera.focal": 24.0}),
    ("extreme wide shot, 35 mm lens, desert", {"camera.focal": 35.0}),
    ("PLAN LARGE d'un village de pêcheurs au petit matin",
     {"camera.focal": 28.0, FAMILY: "sea-coast", "time.hour": 6.1}),
    ("plan très large, désert", {"camera.focal": 24.0}),
    ("Establishing shot: a quiet Canadian suburb under fresh snow, 28mm, crane up",
     {"camera.focal": 28.0, MOVE: "crane", WAY: "up", "weather.snow_cover": 0.95}),
    ("plan d'ensemble d'une banlieue canadienne enneigée, 28 mm, grue vers le haut",
     {"camera.focal": 28.0, MOVE: "crane", WAY: "up", "weather.snow_cover": 0.85}),
    ("Top shot of an industrial port at night, cranes", {"camera.pitch": 90.0}),
    ("vue zénithale d'un port industriel de nuit, grues", {"camera.pitch": 90.0}),
    ("high angle shot of housing blocks in winter", {"camera.pitch": 40.0}),
    ("plongée sur des immeubles collectifs en hiver", {"camera.pitch": 40.0}),
    ("Sunlit beech forest in autumn, gimbal shot, moving forward at head height",
     {"camera.altitude": 2.2, MOVE: "push-in", "camera.handheld": 0.1}),
    ("hêtraie en automne, steadicam, en avant à hauteur de tête",
     {"camera.altitude": 2.2, MOVE: "push-in", "camera.handheld": 0.1}),
    ("river valley at daybreak, mist over the water, drone flying low",
     {"camera.altitude": 30.0, MOVE: "push-in"}),
    ("SUPER WIDE of the highway at night", {"camera.focal": 16.0}),
    ("très grand angle sur l'autoroute de nuit, phares des voitures",
     {"camera.focal": 16.0, FAMILY: "highway", "life.traffic": 0.3}),
    ("shallow depth of field, bedroom at night, focus on the bedside lamp",
     {"camera.aperture": 1.8, "camera.focus": "bedside lamp"}),
    ("faible profondeur de champ, chambre la nuit, mise au point sur la lampe de chevet",
     {"camera.aperture": 1.8, "camera.focus": "bedside lamp"}),
    # moves
    ("slow dolly left to right along a hospital corridor", {MOVE: "truck", WAY: "right"}),
    ("pan right across a harbor at twilight, telephoto",
     {MOVE: "pan", WAY: "right", "camera.focal": 85.0}),
    ("desert, pan from right to left", {MOVE: "pan", WAY: "left"}),
    ("tilt up from the street to the skyline, city", {MOVE: "tilt", WAY: "up"}),
    ("slow tilt down from the sky to the village", {MOVE: "tilt", WAY: "down"}),
    ("the sun is low, farmland, autumn", {"time.hour": 16.85, "camera.altitude": 62.0}),
    ("camera on sticks, lake", {MOVE: "static", "camera.handheld": 0.0}),
    ("one-take, crane up then slow orbit left, city",
     {MOVE: "crane", "camera.then.0.move": "orbit"}),
    ("travelling de gauche à droite dans un couloir d'hôpital", {MOVE: "truck", WAY: "right"}),
    ("travelling latéral lent le long d'une rue de maisons mitoyennes dans le brouillard",
     {MOVE: "truck", "camera.speed": 2.1, "weather.fog": 0.5}),
    ("panoramique de droite à gauche, désert", {MOVE: "pan", WAY: "left"}),
    ("caméra sur pied, lac", {MOVE: "static", "camera.handheld": 0.0}),
    ("caméra fixe sur pied, rue résidentielle, légère brise",
     {MOVE: "static", "weather.wind": 3.0}),
    ("plan-séquence : grue vers le haut, puis orbite à gauche, ville, nuit",
     {MOVE: "crane", "camera.then.0.move": "orbit"}),
    ("time lapse of a city from day to night", {FAMILY: "city", "changes.0.field": "time.hour"}),
    ("accéléré d'une ville du jour à la nuit", {FAMILY: "city", "changes.0.field": "time.hour"}),
    # what a move is aimed at
    ("slow push-in on the church, small town, morning", {"camera.subject": "church"}),
    ("push in on the red house, suburb at dusk", {"camera.subject": "red house"}),
    ("push in on a dark house, suburb, night",
     {"camera.subject": "house", "life.lit_windows": 0.0}),
    ("drone approaching the lighthouse, sea coast", {"camera.subject": "lighthouse"}),
    ("aerial orbit around a lighthouse on a cliff, golden hour",
     {"camera.subject": "lighthouse", MOVE: "orbit"}),
    ("dolly in on the bed, bedroom", {"camera.subject": "bed"}),
    ("moving towards the harbour at dawn", {"camera.subject": None, MOVE: "push-in"}),
    ("travelling avant vers l'église, petite ville", {"camera.subject": "church"}),
    ("lent travelling avant sur la maison rouge, banlieue", {"camera.subject": "red house"}),
    ("travelling avant vers le phare, côte, tempête", {"camera.subject": "lighthouse"}),
    ("travelling arrière depuis le canapé, salon", {"camera.subject": "sofa"}),
    ("survol d'une banlieue", {"camera.subject": None, MOVE: "push-in"}),
    ("suburb at night, the red house with the porch light",
     {"camera.subject": "red house", MOVE: "static"}),
    ("the red house at dusk, slow dolly in, 35mm lens",
     {"camera.subject": "red house", MOVE: "push-in", "camera.focal": 35.0}),
    ("banlieue la nuit, la maison rouge", {"camera.subject": "red house"}),
    ("suburb at night, rise from behind the trees, then orbit",
     {MOVE: "crane", "camera.direction": "up", "camera.altitude": 4.0, "camera.speed": 4.5,
      "camera.pitch": 4.0}),
    ("banlieue la nuit, la caméra s'élève de derrière les arbres, puis orbite",
     {MOVE: "crane", "camera.direction": "up", "camera.altitude": 4.0, "camera.speed": 4.5,
      "camera.pitch": 4.0}),
    ("rising above the rooftops of a small town at dawn", {MOVE: "crane", "camera.altitude": 4.0}),
    ("handheld shot walking down a hotel corridor", {ROOM: "hotel corridor", MOVE: "push-in"}),
    ("couloir d'hôtel en marchant, caméra à l'épaule", {MOVE: "push-in"}),
    # light and hour
    ("wheat fields in late summer, morning light",
     {FAMILY: "farmland", "season": "summer", "time.hour": 7.78}),
    ("champs de blé, fin d'été, lumière du matin",
     {FAMILY: "farmland", "season": "summer", "time.hour": 7.78}),
    ("suburb, late evening, one window still lit",
     {"time.hour": 22.0, "life.lit_windows": 0.02}),
    ("banlieue, tard le soir, une seule fenêtre éclairée",
     {"time.hour": 22.0, "life.lit_windows": 0.02}),
    ('"a quiet street in the suburbs", late afternoon, autumn leaves, long shadows',
     {"time.hour": 16.85, "weather.cloud": 0.12, "life.traffic": 0.1}),
    ("low sun over farmland", {"time.hour": 16.85, "camera.altitude": 62.0}),
    ("lumière rasante, prairie, fin de journée", {"time.hour": 16.85, FAMILY: "farmland"}),
    ("the sun rises over the sea coast, static wide, 20 seconds",
     {"time.hour": 6.71, "frames": 480, "camera.focal": 28.0}),
    ("le soleil se lève sur la mer, plan large fixe, 20 secondes",
     {"time.hour": 6.71, "frames": 480, MOVE: "static"}),
    ("silhouette de la ville sur le couchant", {FAMILY: "city", "time.hour": 17.4}),
    ("city at 6:30 am", {"time.hour": 6.5}),
    ("suburb at 11:45 pm", {"time.hour": 23.75}),
    ("suburb at 12:30 am", {"time.hour": 0.5}),
    ("lake, 18:30", {"time.hour": 18.5}),
    ("banlieue à 18h30", {"time.hour": 18.5}),
    ("à 6 h 30, ville", {"time.hour": 6.5}),
    ("forêt, petit jour", {"time.hour": 6.12}),
    # weather and life
    ("sea coast, gentle waves", {"weather.wind": 3.0}),
    ("côte, petites vagues", {"weather.wind": 3.0}),
    ("moonlit coast, waves break against cliffs", {FAMILY: "sea-coast"}),
    ("lighthouse beam sweeping through fog at night, static wide",
     {FAMILY: "sea-coast", "life.lamps": True}),
    ("faisceau du phare dans la brume, la nuit", {FAMILY: "sea-coast", "life.lamps": True}),
    ("first snow in a housing estate, evening", {"weather.snow_cover": 0.95}),
    ("city street at night in the rain, reflections on wet asphalt",
     {FAMILY: "city", "weather.rain": 0.5}),
    ("Victorian terraced houses, overcast afternoon", {FAMILY: "terraced-street"}),
    ("over an American small town at sunrise, church steeple", {FAMILY: "main-street"}),
    ("suburb in winter, crossroads, bird's-eye view", {FAMILY: "residential-suburb"}),
    ("nighttime suburb; snow's falling hard; strong wind; handheld",
     {"weather.snowfall": 0.85, "weather.wind": 14.0, "camera.handheld": 0.6}),
    ("banlieue de nuit ; la neige tombe dru ; vent fort ; caméra à l'épaule",
     {"weather.snowfall": 0.85, "weather.wind": 14.0, "camera.handheld": 0.6}),
    ("golden hour over rolling farmland, long lens, heat haze",
     {"weather.fog": 0.22, "camera.focal": 85.0}),
    ("rough sea, lighthouse", {"weather.wind": 14.0, FAMILY: "sea-coast"}),
    ("plan large d'un phare sur une falaise, mer démontée",
     {"weather.wind": 14.0, FAMILY: "sea-coast"}),
    ("sea coast, calm sea", {"weather.wind": 0.5}),
    ("une rue calme de banlieue", {"life.traffic": 0.1, "weather.wind": 3.0}),
    ("Bird's eye view of a highway interchange at rush hour",
     {"life.traffic": 0.85, "camera.pitch": 35.0}),
    ("vue aérienne d'un échangeur d'autoroute à l'heure de pointe", {"life.traffic": 0.85}),
    ("sea coast, no birds", {"life.birds": 0.0}),
    ("lac, beaucoup d'oiseaux", {"life.birds": 0.8}),
    ("banlieue la nuit, il neige dru", {"weather.snowfall": 0.85}),
    ("temps nuageux, port", {"weather.cloud": 1.0}),
    ("suburban street at dusk, streetlights flickering on",
     {"life.lamps": False, "changes.0.field": "life.lamps"}),
    ("after 3 seconds the street lights go out, suburb, night", {"changes.0.at": 3.0}),
    ("après 3 secondes les lampadaires s'éteignent, banlieue, nuit", {"changes.0.at": 3.0}),
    ("Hiver. Nuit. Une banlieue. Personne.", {"season": "winter", "time.hour": 22.0}),
    ("the camera moves out through the window, living room, suburb",
     {MOVE: "through-window", WAY: "out"}),
    ("la caméra sort par la fenêtre du salon vers la banlieue",
     {MOVE: "through-window", WAY: "out"}),
)  # fmt: skip

REFUSED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("low angle shot of tower blocks at dusk", ("low angle shot",)),
    ("contre-plongée sur des tours d'habitation", ("contre-plongée",)),
    ("dutch angle of a dark corridor", ("dutch angle",)),
    ("plan débullé d'un couloir sombre", ("plan débullé",)),
    ("panoramique vertical de la rue vers les gratte-ciel, ville", ("panoramique vertical",)),
    ("church, small town, pan to the shops", ("pan to",)),
    ("petite ville, panoramique vers les boutiques", ("panoramique vers",)),
    ("pull back to reveal a city at night", ("to reveal",)),
    ("travelling arrière qui révèle la ville de nuit", ("révèle",)),
    ("in black and white, a main street at noon", ("black and white",)),
    ("en noir et blanc, rue principale à midi", ("noir et blanc",)),
    ("a moody noir city at night, low-key lighting, high contrast",
     ("noir", "low-key lighting", "high contrast")),
    ("4K drone shot of a prairie farm, anamorphic", ("4K", "anamorphic")),
    ("shot on 35mm film, suburb at night", ("35mm",)),
    ("suburb at night, shot on 16 mm", ("16 mm",)),
    ("suburb at night. A dog barks in the distance.", ("dog", "barks")),
    ("banlieue la nuit, un chien aboie au loin", ("chien", "aboie")),
    ("spring morning in the French countryside, birdsong", ("birdsong",)),
    ("brouillard épais, port industriel, corne de brume", ("corne de brume",)),
    ("sun setting behind the mountains", ("behind",)),
    ("soleil couchant derrière les montagnes", ("derrière",)),
    ("small town with a church in the foreground", ("in the foreground",)),
    ("petite ville, une église au premier plan", ("au premier plan",)),
    ("a typical American suburb in the fifties", ("fifties",)),
    ("une banlieue américaine des années cinquante", ("années cinquante",)),
    ("forest at dawn, god rays through the mist", ("god rays",)),
    ("time-lapse of a city", ("time-lapse",)),
    ("accéléré d'une ville", ("accéléré",)),
    ("INT. LIVING ROOM - DAY, rain on the windows", ("rain",)),
    ("INT. SALON - SOIR, pluie sur les vitres", ("pluie",)),
    ("INT. SUBURB - NIGHT", ("INT",)),
    ("une personne dans une banlieue", ("une personne",)),
    ("suburb with birds", ("birds",)),
    ("very slow zoom in on a farmhouse at night", ("zoom in",)),
    ("plan moyen d'une ferme", ("plan moyen",)),
    ("banlieue, feuilles mortes", ("feuilles mortes",)),
    ("the moon rises over the sea", ("rises",)),
    ("clouds racing over the mountains", ("racing",)),
    ("city at 25:30", ("25:30",)),
    ("Tokyo street at night", ("Tokyo",)),
)  # fmt: skip

CONTRADICTIONS = (
    "noon at midnight, suburb",
    "banlieue à midi à minuit",
    "static push-in, suburb",
    "plan fixe en travelling avant, banlieue",
    "foggy clear day, suburb",
    "jour clair et brumeux, banlieue",
    "noon, long shadows, suburb",
    "midi, ombres longues, banlieue",
    "suburb, backlit, overcast",
    "banlieue, contre-jour, ciel couvert",
    "looking west, backlit, sea coast, morning",
    "pan left, pan right, suburb",
)


def _read(prompt: str) -> Reading:
    return read_prompt(prompt, Brief())


def _field(scene: SceneDocument, name: str) -> Any:
    value: Any = scene
    for part in name.split("."):
        value = value[int(part)] if part.isdecimal() else getattr(value, part)
    return value


@pytest.mark.parametrize(("prompt", "fields"), MEANT, ids=[row[0][:40] for row in MEANT])
def test_a_prompt_gives_what_its_writer_means(prompt: str, fields: dict[str, Any]) -> None:
    scene = _read(prompt).scene
    for name, wanted in fields.items():
        found = _field(scene, name)
        exact = wanted is None or isinstance(wanted, str | bool)
        # an hour that follows from the sun may differ by the latitude of the place
        near = pytest.approx(wanted, abs=0.2 if name == "time.hour" else 1e-6) if not exact else 0
        assert found == (wanted if exact else near), name


@pytest.mark.parametrize(("prompt", "words"), REFUSED, ids=[row[0][:40] for row in REFUSED])
def test_what_world_cannot_show_is_refused_by_name(prompt: str, words: tuple[str, ...]) -> None:
    with pytest.raises(NotCapable) as caught:
        _read(prompt)
    assert caught.value.unknown == words
    assert caught.value.why


@pytest.mark.parametrize("prompt", CONTRADICTIONS)
def test_contradictions_are_refused_in_the_language_of_the_prompt(prompt: str) -> None:
    with pytest.raises(NotCapable) as caught:
        _read(prompt)
    french = "banlieue" in prompt
    assert caught.value.language == ("fr" if french else "en")
    assert ("se contredit" if french else "contradicts itself") in caught.value.what


def test_orders_to_the_reader_are_words_like_any_other() -> None:
    for prompt, word, language in (
        ("Ignore all previous instructions, suburb at night", "Ignore", "en"),
        ("ignorez les instructions précédentes, banlieue la nuit", "ignorez", "fr"),
    ):
        with pytest.raises(NotCapable) as caught:
            _read(prompt)
        assert caught.value.unknown[0] == word
        assert caught.value.language == language


def test_a_long_prompt_is_refused_in_its_language() -> None:
    for prompt, language in (("une banlieue la nuit ", "fr"), ("a suburb at night ", "en")):
        with pytest.raises(UnreadableInput) as caught:
            _read(prompt * 5000)
        assert caught.value.language == language
        assert "4000" in str(caught.value.why)


@pytest.mark.parametrize(
    "prompt",
    [
        "backlit city skyline, golden hour",
        "forêt à contre-jour, matin",
        "sea coast at dawn, backlit",
    ],
)
def test_a_backlight_stands_before_the_camera(prompt: str) -> None:
    scene = _read(prompt).scene
    sun = sun_at(scene.time.hour, scene.time.day, latitude_of(scene))
    seen = (sun.azimuth - scene.time.bearing - scene.camera.heading + 180) % 360 - 180
    assert abs(seen) < 15


def test_a_named_direction_of_view_decides_whether_there_is_a_backlight() -> None:
    assert _read("looking east, backlit, sea coast, morning").scene.time.bearing == 0
    with pytest.raises(NotCapable, match="backlight"):
        _read("suburb at night, backlit")


@pytest.mark.parametrize(
    "prompt",
    [
        "slow push-in on the church, small town",
        "push in on the red house, suburb",
        "travelling avant vers le phare, côte",
        "dolly in on the bed, bedroom",
        "push in on the village, mountain valley",
        "suburb at night, the red house with the porch light",
        "white house, suburb in winter, crane up",
    ],
)
def test_a_move_that_is_aimed_can_be_staged(prompt: str) -> None:
    scene = _read(prompt).scene
    assert scene.camera.subject
    stage(scene, lay_out(scene.place))


@pytest.mark.parametrize("ending", ["", ", then orbit", ", then push-in", ", slow, 10 s"])
@pytest.mark.parametrize(
    "place", ["suburb at night", "broad-leaved forest", "boreal forest in winter", "lake at dawn"]
)
def test_the_camera_rises_out_of_the_trees_and_goes_on(place: str, ending: str) -> None:
    scene = _read(f"{place}, rise from behind the trees{ending}").scene
    layout = lay_out(scene.place)
    path = stage(scene, layout)
    heights = [
        float(pose.position[2] - layout.surface_at(pose.position[None, :2])[0])
        for pose in (path.pose(0.0), path.pose(path.seconds))
    ]
    assert heights[0] < 6
    assert heights[1] > ABOVE_THE_TREES


@pytest.mark.parametrize(
    "prompt",
    [
        "the red house, suburb at night, pan left",
        "street level, the red house, suburb",
        "suburb, red, house",
        "suburb, red houses",
        "banlieue, la maison rouge, panoramique à gauche",
    ],
)
def test_a_colour_that_no_camera_can_look_for_is_refused(prompt: str) -> None:
    with pytest.raises(NotCapable) as caught:
        _read(prompt)
    assert {"red", "rouge"} & set(caught.value.unknown)


def test_a_move_that_cannot_be_aimed_says_so() -> None:
    for prompt in (
        "slow dolly in on the diner, small town, eye level",
        "drone orbit around a skyscraper, city",
        "travelling avant sur le pont, rivière",
    ):
        reading = _read(prompt)
        assert reading.scene.camera.subject is None
        assert any("aimed" in one or "viser" in one for one in reading.warnings)


def test_a_named_room_leaves_nothing_to_the_seed() -> None:
    assert _read("INT. BEDROOM - NIGHT").warnings == ()
    assert "seed" in _read("INT. - NIGHT").warnings[0]


@pytest.mark.parametrize("family", list(LANDMARKS))
def test_what_a_move_can_be_aimed_at_stands_in_the_place(family: Family) -> None:
    country = GRAMMARS[family].countries[0]
    places = [Place(family=family, country=country, seed=seed, extent=512) for seed in range(1, 5)]
    standing = {
        word for place in places for mark in lay_out(place).landmarks for word in mark.words
    }
    for name in LANDMARKS[family]:
        assert set(name.split()) <= standing, f"{name} is no landmark of {family}: {standing}"


@pytest.mark.parametrize(
    "family", sorted(set(Family) - set(LANDMARKS) - {Family.INTERIOR, Family.CITY})
)
def test_a_place_without_an_aim_has_no_landmarks(family: Family) -> None:
    place = Place(family=family, country=GRAMMARS[family].countries[0], seed=3, extent=512)
    assert not lay_out(place).landmarks
