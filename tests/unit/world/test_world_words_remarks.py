"""What a French prompt is told besides its refusals: remarks, and faults of files and options."""

from __future__ import annotations

import re
from itertools import product

import pytest

from generique.backends.world.backend import WorldBackend
from generique.model.element import Easing, ElementKind, Quality, Raster
from generique.model.errors import NotCapable, UnreadableInput
from generique.model.time import Rate
from generique.production.ports import Request
from generique.world.reasons import documents
from generique.world.scene_toml import read_scene, write_scene
from generique.world.words.explain import explain
from generique.world.words.reading import Brief, Reading, read_prompt

PROMPTS = (
    "vue aérienne de nuit d'une banlieue sous une neige légère, sans circulation ni fumée, 4 s",
    "salon, personne en vue, avec une table, mise au point sur la lampe",
    "salon, bascule de point du canapé à la fenêtre à 2 s",
    "grue vers le haut puis orbite à gauche, ville, à 2 s il commence à pleuvoir",
    "accéléré d'une ville du jour à la nuit",
    "une seule fenêtre éclairée, banlieue, une voiture passe, sans voitures garées",
    "port, sans pelouses, peu de voitures",
    "travelling avant vers le pont, rivière",
    "intérieur, la nuit",
    "du crépuscule à la nuit, banlieue, les lampadaires s'allument",
)
ENGLISH = re.compile(
    r"\b(shown|granted|by the place|becomes|over|from|goes to|the|note that|changes nothing|on day"
    r"|length|frames|one move|carries|seed of|no people|cars|windows are)\b"
)
FIELD = re.compile(r"\b[a-z]+(\.[a-z_0-9]+)+( = \S+)?|place\.family = \S+|= [a-z -]+(?=,|$)")


def _told(reading: Reading) -> list[str]:
    became = [word.became for word in reading.words if word.use == "used"]
    return [FIELD.sub(" ", text) for text in (*became, *reading.warnings)]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_what_became_of_french_words_is_told_in_french(prompt: str) -> None:
    try:
        reading = read_prompt(prompt, Brief())
    except NotCapable as error:
        assert error.language == "fr"  # noqa: PT017 -- reading and refusing are both right
        return
    assert reading.language == "fr"
    for text in _told(reading):
        assert not ENGLISH.search(text), text
    lines = explain(reading)
    assert not any("(changes nothing)" in line for line in lines)


def test_what_became_of_words_keeps_the_fields_of_the_document() -> None:
    words = {
        word.text: word.became
        for word in read_prompt(
            "banlieue la nuit, 4 s, travelling avant, sans neige ni pluie", Brief()
        ).words
    }
    assert words["banlieue"] == "place.family = residential-suburb"
    assert words["travelling avant"] == "camera.move = push-in"
    assert words["4 s"] == "durée = 4 s (96 images)"
    assert words["ni"] == "prolonge « sans »"


def test_warnings_of_length_and_easing_are_told_in_the_language_of_the_prompt() -> None:
    for prompt, told in (
        ("banlieue, départ en douceur, travelling avant, 4 s", ("du plan de montage", "marges")),
        ("suburb, ease in, push-in, 4 s", ("timing plan", "with handles")),
    ):
        reading = read_prompt(prompt, Brief(frames=48, easing=Easing.EASE_OUT))
        for part in told:
            assert any(part in warning for warning in reading.warnings), part


def _request(prompt: str, **changed: object) -> Request:
    request = Request(
        kind=ElementKind.SHOT,
        prompt=prompt,
        seed=1,
        rate=Rate(numerator=24),
        frames=24,
        raster=Raster(width=64, height=36),
    )
    return request.model_copy(update=changed)


FAULTS: dict[str, dict[str, object]] = {
    "extent": {"options": {"extent": "9"}},
    "strange": {"options": {"strange": "1"}},
    "raster": {"raster": None},
    "language": {"language": "fr"},
}


@pytest.mark.parametrize(
    ("prompt", "fault"), tuple(product(("banlieue", "suburb at night"), FAULTS))
)
def test_faults_of_options_are_told_in_the_language_of_the_prompt(prompt: str, fault: str) -> None:
    with pytest.raises(NotCapable) as caught:
        WorldBackend().interpret(_request(prompt, **FAULTS[fault]))
    french = prompt == "banlieue"
    assert caught.value.language == ("fr" if french else "en")
    assert ("option " in caught.value.what) is (fault in ("extent", "strange"))
    assert bool(re.search(r"\bknows|\bneeds|\bhas no|\bis '", caught.value.what)) is not french


def test_the_remark_on_a_draft_is_told_in_the_language_of_the_prompt() -> None:
    for prompt, word in (("banlieue la nuit", "brouillon"), ("suburb at night", "draft")):
        read = WorldBackend().interpret(_request(prompt, quality=Quality.DRAFT))
        assert read.warnings[0].startswith(word)


WRITTEN = write_scene(read_prompt("banlieue la nuit", Brief()).scene, "banlieue la nuit")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('family = "residential-suburb"', 'family = "bois"', "prenez"),
        ("wind = 3.0", "wind = 99.0", "weather.wind vaut 99.0, le maximum est 40.0"),
        ("fog = 0.15", "brume = 0.15", "champ inconnu weather.brume"),
        ("altitude = 62.0", "", "camera.altitude manque"),
        ("wind = 3.0", 'wind = "fort"', "weather.wind : il faut un nombre"),
        ("focal = 31.0", "focal = 31.0\naperture = 2.0", "une ouverture et une mise au point"),
        ('move = "static"', 'move = "through-window"', "« passage par la fenêtre »"),
    ],
)
def test_faults_of_a_scene_are_told_in_the_language_of_its_prompt(
    old: str, new: str, told: str
) -> None:
    assert old in WRITTEN
    text = WRITTEN.replace(old, new, 1)
    with pytest.raises(UnreadableInput) as caught:
        read_scene(text, "scene.toml")
    assert caught.value.language == "fr"
    assert told in str(caught.value.why)
    with pytest.raises(UnreadableInput) as plain:
        read_scene(text.replace("banlieue la nuit", "suburb at night"), "scene.toml")
    assert plain.value.language == "en"
    assert told not in str(plain.value.why)


def test_broken_files_are_told_in_the_language_of_their_prompt() -> None:
    head = "# Prompt: banlieue la nuit\n"
    for text, what in ((head + "x = [", "n'est pas du TOML"), (head + "fog = nan", "fog vaut nan")):
        with pytest.raises(UnreadableInput) as caught:
            read_scene(text, "scene.toml")
        assert caught.value.language == "fr"
        assert what in caught.value.what


def test_every_check_of_a_document_has_its_french() -> None:
    for text in (*documents.CHECKS.values(), *documents.BOUNDS.values()):
        assert text.french != text.english
