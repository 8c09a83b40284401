"""Words for every family of places, in both languages."""

from __future__ import annotations

import pytest

from generique.model.errors import NotCapable
from generique.model.speech import ENGLISH
from generique.world.places.grammars import GRAMMARS, Grammar
from generique.world.scene import Country, Family, Move, Place
from generique.world.words.lexicon_near import NEAR, meant
from generique.world.words.reading import Brief, Reading, apply_note, read_prompt


def _read(prompt: str) -> Reading:
    return read_prompt(prompt, Brief(seed=2, place_seed=3))


def _place(prompt: str) -> Place:
    return _read(prompt).scene.place


def _refused(prompt: str) -> NotCapable:
    with pytest.raises(NotCapable) as caught:
        _read(prompt)
    assert caught.value.next_step
    return caught.value


@pytest.mark.parametrize(
    ("english", "french", "family"),
    [
        ("a quiet residential suburb", "une banlieue résidentielle tranquille", Family.SUBURB),
        ("detached houses at night", "des maisons individuelles la nuit", Family.SUBURB),
        ("a street of terraced houses", "une rue de maisons mitoyennes", Family.TERRACES),
        ("tower blocks in fog", "des barres d'immeubles dans le brouillard", Family.BLOCKS),
        ("Plattenbau at dusk", "Plattenbau au crépuscule", Family.BLOCKS),
        ("main street of a small town", "la rue principale d'une petite ville", Family.MAIN_STREET),
        ("a village", "un village", Family.MAIN_STREET),
        ("shops on a high street", "des boutiques dans une rue commerçante", Family.MAIN_STREET),
        ("downtown, city skyline", "centre-ville, gratte-ciel", Family.CITY),
        ("a skyline at night", "des tours de verre la nuit", Family.CITY),
        ("a harbour with cranes", "un port avec des grues", Family.INDUSTRY),
        ("containers and gantry cranes", "des conteneurs et des portiques", Family.INDUSTRY),
        ("an oil refinery", "une raffinerie de pétrole", Family.INDUSTRY),
        ("an industrial area, warehouses", "une zone industrielle, entrepôts", Family.INDUSTRY),
        ("prairie with a grain silo", "la prairie avec un silo à grain", Family.FARMLAND),
        ("a barn in the fields", "une grange dans les champs", Family.FARMLAND),
        ("taiga in winter", "la taïga en hiver", Family.BOREAL_FOREST),
        ("a forest of spruces", "une forêt d'épicéas", Family.BOREAL_FOREST),
        ("a forest with pines", "un bois de pins, pins", Family.BOREAL_FOREST),
        ("beech woods in autumn", "une hêtraie en automne", Family.BROADLEAF_FOREST),
        ("a forest", "une forêt", Family.BROADLEAF_FOREST),
        ("oaks and maples", "des chênes et des érables", Family.BROADLEAF_FOREST),
        ("a road through a forest", "une route à travers une forêt", Family.BROADLEAF_FOREST),
        ("a lake at dawn", "un lac à l'aube", Family.LAKE),
        ("a lake with wooded shores", "un lac avec des rives boisées", Family.LAKE),
        ("river banks, water", "les berges d'une rivière", Family.RIVER),
        ("a lighthouse", "un phare", Family.COAST),
        ("cliffs over the sea", "des falaises au-dessus de la mer", Family.COAST),
        ("a beach at sunset", "une plage au coucher du soleil", Family.COAST),
        ("a mountain valley with a village", "une vallée de montagne, village", Family.MOUNTAINS),
        ("alpine village, peaks", "village alpin, sommets", Family.MOUNTAINS),
        ("houses in the mountains", "des maisons à la montagne", Family.MOUNTAINS),
        ("dunes of a desert", "les dunes d'un désert", Family.DESERT),
        ("badlands and mesas", "badlands, les mesas", Family.DESERT),
        ("motorway at night, headlights", "autoroute la nuit, phares", Family.HIGHWAY),
        ("an empty corridor", "un couloir vide", Family.INTERIOR),
        ("a room, walls, floor", "une pièce, murs, plafond", Family.INTERIOR),
    ],
)
def test_families(english: str, french: str, family: Family) -> None:
    for prompt, language in ((english, "en"), (french, "fr")):
        reading = _read(prompt)
        assert reading.scene.place.family is family
        assert reading.language == language
        assert any("place.family" in word.became for word in reading.words)


def test_all_families_are_tried() -> None:
    marks = test_families.pytestmark  # type: ignore[attr-defined]  # pytest adds it
    assert {case[2] for case in marks[0].args[1]} == set(Family)


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("a suburb and a harbour", "harbour"),
        ("a desert and a highway", "highway"),
        ("a beach in the mountains", "beach"),
        ("a lighthouse on a main street", "lighthouse"),
        ("a harbour with driveways", "driveways"),
        ("une banlieue et un port", "port"),
        ("un port avec des pelouses", "pelouses"),
        ("a forest at night, street lamps", "street lamps"),
        ("un désert, fenêtres éclairées", "fenêtres éclairées"),
        ("a lake, heavy traffic", "traffic"),
        ("a corridor in the rain", "rain"),
        ("a desert, snow on the roofs", "snow on the roofs"),
    ],
)
def test_what_a_family_does_not_show_is_refused(prompt: str, word: str) -> None:
    error = _refused(prompt)
    assert error.unknown == (word,)
    quoted = f"« {word} »" if error.language == "fr" else f'"{word}"'
    assert quoted in error.diagnosis()


def test_a_refusal_says_whose_the_noun_is() -> None:
    assert "its farmland does" in _refused("a container port with silos").diagnosis()
    assert 'contradicts "suburb"' in _refused("a suburb and a harbour").diagnosis()


def test_no_is_granted_for_what_is_never_shown() -> None:
    reading = _read("a desert, no trees, no lighthouse or people")
    became = {word.text: word.became for word in reading.words}
    assert became["trees"] == "granted: never shown here"
    assert became["lighthouse"] == "granted: never shown here"
    assert _refused("a forest, no trees").unknown == ("no trees",)
    assert _place("une forêt sans maisons").family is Family.BROADLEAF_FOREST
    assert _place("a desert, no street lamps").family is Family.DESERT


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("a French harbour", Country.FRANCE),
        ("a harbour in Norway", Country.NORWAY),
        ("an American city", Country.UNITED_STATES),
        ("Russian tower blocks", Country.RUSSIA),
        ("un village japonais", Country.JAPAN),
        ("une ville américaine", Country.UNITED_STATES),
        ("des falaises britanniques", Country.UNITED_KINGDOM),
        ("un port au Canada", Country.CANADA),
    ],
)
def test_countries(words: str, country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    for family in Family:
        _knows(monkeypatch, family, *Country)
    assert _place(words).country is country


def _knows(monkeypatch: pytest.MonkeyPatch, family: Family, *countries: Country) -> None:
    """Let a family be known in some countries."""
    suburb = GRAMMARS[Family.SUBURB]
    monkeypatch.setitem(GRAMMARS, family, Grammar(suburb.lay_out, suburb.build, countries))


def test_a_country_that_the_family_does_not_know_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _knows(monkeypatch, Family.CITY, Country.FRANCE, Country.JAPAN)
    assert _place("a city").country is Country.FRANCE
    assert _refused("a Norwegian city").unknown == ("Norwegian",)
    assert "contradicts itself" in _refused("a French Japanese city").what


def test_a_word_for_two_families_takes_the_one_of_the_country(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _knows(monkeypatch, Family.BROADLEAF_FOREST, Country.FRANCE)
    _knows(monkeypatch, Family.BOREAL_FOREST, Country.NORWAY)
    assert _place("a Norwegian forest").family is Family.BOREAL_FOREST
    assert _place("une forêt française").family is Family.BROADLEAF_FOREST


def test_a_noun_that_only_some_countries_show(monkeypatch: pytest.MonkeyPatch) -> None:
    countries = (Country.CANADA, Country.FRANCE, Country.UNITED_KINGDOM)
    _knows(monkeypatch, Family.FARMLAND, *countries)
    assert _place("prairie with a grain silo").country is Country.CANADA
    assert _place("farmland with hedges").country is Country.FRANCE
    assert _place("des champs avec des haies, Royaume-Uni").country is Country.UNITED_KINGDOM
    assert _refused("French farmland with a red barn").unknown == ("red barn",)
    assert _refused("farmland with hedges and silos").unknown == ("hedges",)


def test_a_harbour_is_a_port_or_a_part_of_the_coast() -> None:
    assert _place("a harbour at night").family is Family.INDUSTRY
    assert _place("a harbour with a lighthouse").family is Family.COAST
    assert _place("a coast with a harbour").family is Family.COAST
    assert _place("un port, un phare et des falaises").family is Family.COAST
    assert _refused("a container port with a lighthouse").unknown == ("lighthouse",)


def test_a_camera_in_a_room_is_low_and_slow() -> None:
    scene = _read("a corridor, slow push-in").scene
    assert (scene.camera.altitude, scene.camera.speed) == (2.0, 0.3)
    assert apply_note(scene, "very slow").scene.camera.speed == 0.175


@pytest.mark.parametrize("family", list(Family))
def test_every_family_has_a_grammar_and_a_country(family: Family) -> None:
    grammar = GRAMMARS[family]
    assert grammar.countries
    assert 100 <= grammar.extent <= 1024


def test_the_place_of_a_take_stays() -> None:
    scene = _read("a sea coast at night, push-in").scene
    assert apply_note(scene, "slower over the cliffs").scene.place == scene.place
    for note, word in (("slower, desert", "desert"), ("slower, Japanese", "Japanese")):
        with pytest.raises(NotCapable) as caught:
            apply_note(scene, note)
        assert caught.value.unknown == (word,)


@pytest.mark.parametrize(
    ("prompt", "advice"),
    [
        ("a chilly suburb", "winter"),
        ("a megalopolis", "city"),
        ("a suburb in a deluge", "downpour"),
        ("a marina at night", "port"),
        ("a steppe", "farmland"),
        ("une banlieue dans la grisaille", "jour couvert"),
        ("un ruisseau", "rivière"),
        ("des rafales sur un port", "vent"),
        ("a suburb in snoww", "snow"),
        ("banlieue, brouilard", "brouillard"),
        ("une banlieue sous la neige, street lamps", "lampadaires"),
        ("a suburb in light snow, lampadaires", "street lamps"),
    ],
)
def test_a_refused_word_gets_a_suggestion_by_meaning(prompt: str, advice: str) -> None:
    refused = _refused(prompt)
    asked = f'did you mean "{advice}"?'
    if refused.language == "fr":
        asked = f"vouliez-vous dire « {advice} » ?"
    assert asked in refused.diagnosis()


def test_suggestions_only_suggest() -> None:
    for language, rows in NEAR.items():
        place = "a suburb" if language == "en" else "une banlieue"
        for words in list(rows.values())[::9]:
            assert _refused(f"{place}, {words.split('|')[0].strip()}").unknown
    assert meant("x" * 10_000, ENGLISH) == ""


def test_the_opening_in_french() -> None:
    french = _read(
        "vue aérienne de nuit d'une banlieue résidentielle canadienne sous une neige légère,"
        " lampadaires, peu de fenêtres éclairées, lent travelling avant, 6 s"
    )
    english = _read(
        "night aerial over a Canadian residential suburb in light snow, street lamps,"
        " few lit windows, slow push-in, 6 s"
    )
    assert french.scene == english.scene
    assert (french.language, english.language) == ("fr", "en")


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("neige légère", "weather.snowfall", 0.35),
        ("une légère neige", "weather.snowfall", 0.35),
        ("peu de neige", "weather.snowfall", 0.35),
        ("beaucoup de neige", "weather.snowfall", 0.85),
        ("brouillard très épais", "weather.fog", 1.0),
        ("pas de brouillard", "weather.fog", 0.0),
        ("sans neige ni pluie", "weather.rain", 0.0),
        ("pluie battante", "weather.rain", 1.0),
        ("vent fort", "weather.wind", 14.0),
        ("vent 5,5 m/s", "weather.wind", 5.5),
        ("aucune voiture", "life.traffic", 0.0),
        ("circulation dense", "life.traffic", 0.8),
        ("la plupart des fenêtres éclairées", "life.lit_windows", 0.8),
        ("30 % des fenêtres éclairées", "life.lit_windows", 0.3),
        ("lampadaires éteints", "life.lamps", False),
        ("de nuit", "time.hour", 22.0),
        ("à 23 h", "time.hour", 23.0),
        ("à 3 heures du matin", "time.hour", 3.0),
        ("à l'aube", "time.hour", 6.1),
        ("à midi", "time.hour", 12.0),
        ("un matin ensoleillé", "weather.cloud", 0.12),
        ("nuit étoilée", "weather.cloud", 0.12),
        ("la nuit, orage", "weather.lightning", 0.6),
        ("croissant de lune", "time.moon", 0.1),
        ("travelling arrière", "camera.move", Move.PULL_BACK),
        ("travelling lent vers l'avant", "camera.speed", 2.76),
        ("travelling latéral vers la gauche", "camera.direction", "left"),
        ("mouvement de grue vers le bas", "camera.direction", "down"),
        ("la caméra s'élève lentement", "camera.move", Move.CRANE),
        ("en orbite à droite", "camera.direction", "right"),
        ("plan fixe", "camera.handheld", 0.0),
        ("à 40 m de haut", "camera.altitude", 40.0),
        ("à une altitude de quarante mètres", "camera.altitude", 40.0),
        ("à hauteur d'homme", "camera.altitude", 2.2),
        ("incliné de 20 degrés vers le bas", "camera.pitch", 20.0),
        ("regard vers l'est", "camera.heading", 90.0),
        ("face au sud-ouest", "camera.heading", 225.0),
        ("objectif 24 mm", "camera.focal", 24.0),
        ("téléobjectif", "camera.focal", 85.0),
        ("travelling avant, démarrage en douceur", "camera.easing", "ease-in"),
        ("pendant quatre secondes", "frames", 96),
    ],
)
def test_french_words(words: str, field: str, value: object) -> None:
    found: object = _read(f"une banlieue, {words}").scene
    for part in field.split("."):
        found = getattr(found, part)
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("une banlieue avec des maisons basses", "basses"),
        ("une banlieue, circulation lente", "lente"),
        ("une banlieue, neige ou pluie", "ou"),
        ("une banlieue, sans neige et pluie", "sans neige et pluie"),
        ("une banlieue, des personnes", "personnes"),
        ("une banlieue sous la Voie lactée", "Voie lactée"),
        ("une banlieue, plus lent", "plus lent"),
        ("Paris la nuit", "Paris"),
        ("une banlieue d'une dune", "dune"),
    ],
)
def test_french_words_that_cannot_be_served_are_named(prompt: str, word: str) -> None:
    assert word in _refused(prompt).unknown


def test_elisions_and_homographs() -> None:
    reading = _read("L'aube d'une banlieue, où l'on voit qu'il neige")
    assert [word.use for word in reading.words if word.text in ("L'", "d'", "où", "qu'")] == [
        "filler"
    ] * 4
    assert _read("un port, grues").scene.camera.move is Move.STATIC
    assert _read("un port, grue vers le haut").scene.camera.move is Move.CRANE
    assert _place("un phare").family is Family.COAST
    assert _read("une banlieue, phares").scene.life.traffic == 0.3


@pytest.mark.parametrize(
    ("note", "field", "value"),
    [
        ("plus lent", "speed", 1.656),
        ("beaucoup plus haut", "altitude", 113.4),
        ("un peu plus large", "focal", 27.4),
        ("plus rapide, moins de neige", "speed", 4.416),
        ("à une hauteur de 40 m", "altitude", 40.0),
    ],
)
def test_notes_in_french(note: str, field: str, value: float) -> None:
    scene = _read("vue aérienne d'une banlieue sous la neige, lent travelling avant").scene
    changed = apply_note(scene, note)
    assert getattr(changed.scene.camera, field) == pytest.approx(value, rel=0.01)
    assert changed.language == "fr"


@pytest.mark.parametrize(
    "prompt",
    [
        "suburb, crane up, then a slow orbit right, easing out",
        "banlieue, grue vers le haut, puis lente orbite à droite, arrêt progressif",
    ],
)
def test_moves_that_follow_one_another(prompt: str) -> None:
    reading = _read(prompt)
    camera = reading.scene.camera
    assert (camera.move, camera.direction, camera.speed) == (Move.CRANE, "up", 2.2)
    (leg,) = camera.then
    assert (leg.move, leg.direction, leg.speed) == (Move.ORBIT, "right", 2.1)
    assert (camera.easing, leg.easing) == ("linear", "ease-out")
    assert "camera.then.0.move = orbit" in {word.became for word in reading.words}


def test_then_without_two_moves_changes_nothing() -> None:
    assert _read("suburb, then snow, push-in").scene.camera.then == ()
    assert _refused("suburb, push-in, then truck up").next_step
    assert _refused("suburb, " + ", then ".join(["push-in", "orbit"] * 4)).next_step


def test_a_note_leaves_what_it_does_not_speak_of() -> None:
    scene = _read("suburb, crane up, then orbit left").scene
    changed = apply_note(scene, "less fog").scene
    assert changed.camera == scene.camera
    with pytest.raises(NotCapable):
        apply_note(scene, "push-in, then pull back")
