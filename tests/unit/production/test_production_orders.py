from __future__ import annotations

import json

import pytest
from production_parts import production

from generique.model.element import Easing, ElementClass, Quality, SceneEvent, Stem
from generique.model.errors import UnreadableInput
from generique.model.shot import Line, MediaUse, Shot, ShotList, Transition
from generique.model.time import Rate
from generique.model.timing import LineTiming, MusicGrid, ShotTiming, TimingPlan
from generique.model.values import Json, digest_of
from generique.production.orders import (
    effect_orders,
    music_order,
    notice_orders,
    picture_orders,
    seed_of,
    shot_order,
    voice_orders,
)
from generique.testing.canned import CannedBackend

SHOT = Shot(
    id="1-1",
    scene="1",
    heading="EXT. RED - DAY",
    element_class=ElementClass.SYNTHETIC,
    prompt="red",
    effects=("soft wind", "a door"),
    lines=(Line(id="1-L1", character="NARRATOR", text="Here."),),
    fragment=digest_of(b""),
)
SHOTS = ShotList(title="Tiny", language="en", shots=(SHOT,))
PLACE = ShotTiming(
    shot="1-1",
    start=0,
    frames=48,
    head=2,
    tail=3,
    overlap=0,
    transition=Transition.CUT,
    easing=Easing.EASE_OUT,
    tension=0.5,
)
PLAN = TimingPlan(
    rate=Rate(numerator=24),
    frames=120,
    credits_start=48,
    fade_out=12,
    shots=(PLACE,),
    lines=(LineTiming(line="1-L1", language="en", start=0.5, seconds=0.6),),
    music=MusicGrid(bpm=72.0, beats=(0.0, 0.8333), tension=(0.25, 0.5)),
)


def test_a_shot_is_ordered_with_its_handles_easing_and_options() -> None:
    settings = production(backend_options={"canned": {"extent": "100"}})
    order = shot_order(settings, SHOT, PLACE, Quality.DRAFT, ("slower", "less “snow”"))
    request = order.request
    assert request.frames == 2 + 48 + 3
    assert (request.easing, request.quality) == (Easing.EASE_OUT, Quality.DRAFT)
    assert request.raster == settings.raster
    assert request.options["extent"] == "100"
    assert json.loads(request.options["notes"]) == ["slower", "less “snow”"]
    assert order.stem is None


def test_a_shot_without_notes_carries_none() -> None:
    assert shot_order(production(), SHOT, PLACE, Quality.DRAFT).request.options == {}


def test_seeds_follow_from_production_and_element_alone() -> None:
    first = seed_of(production(), "1-1")
    assert first == seed_of(production(title="Another"), "1-1")
    assert first != seed_of(production(seed=6), "1-1")
    assert first != seed_of(production(), "1-2")
    assert 0 <= first < 2**32


def test_every_line_is_ordered_in_every_language_with_its_voice() -> None:
    settings = production(
        voices=[{"character": "NARRATOR", "language": "fr", "voice": "fr-FR"}],
    )
    orders = voice_orders(settings, SHOTS, {"en": {"1-L1": "Here."}, "fr": {"1-L1": "Ici."}})
    assert [(o.element, o.request.language, o.request.prompt) for o in orders] == [
        ("1-L1-en", "en", "Here."),
        ("1-L1-fr", "fr", "Ici."),
    ]
    assert [o.request.options for o in orders] == [{}, {"voice": "fr-FR"}]
    assert {o.stem for o in orders} == {Stem.DIALOGUE}
    assert {o.request.frames for o in orders} == {None}


def test_music_is_ordered_over_the_whole_film_or_not_at_all() -> None:
    order = music_order(production(), PLAN)
    assert order is not None
    assert order.request.frames == PLAN.frames
    assert order.request.options == {"bpm": "72", "tension": "0.250,0.500"}
    assert music_order(production(music=None), PLAN) is None


def test_effects_follow_script_and_picture() -> None:
    inside = SceneEvent(at=1.0, kind="car-pass", distance_m=9.0, duration=1.0)
    outside = inside.model_copy(update={"at": 60.0})
    orders = effect_orders(production(), SHOTS, PLAN, {"1-1": (inside, outside)})
    assert [(o.element, o.request.prompt, o.stem) for o in orders] == [
        ("1-1-fx1", "soft wind", Stem.BACKGROUNDS),
        ("1-1-fx2", "a door", Stem.EFFECTS),
        ("1-1-fx3", "car passing", Stem.EFFECTS),
    ]
    (heard,) = json.loads(orders[2].request.options["events"])
    assert heard["at"] == pytest.approx(1.0 - 2 / 24)


def test_a_kind_without_a_backend_is_told_with_the_line_to_write() -> None:
    settings = production(backends={"shot": "canned"})
    with pytest.raises(UnreadableInput) as caught:
        music_order(settings, PLAN)
    assert "[backends]" in (caught.value.where or "")
    assert "music =" in (caught.value.next_step or "")


def test_a_single_element_has_a_backend_of_its_own() -> None:
    named: dict[str, Json] = {"1-1": ["sky", "canned"], "1-1-fx2": "foley", "1-L1-fr": "pico"}
    settings = production(element_backends=named)
    (shot,) = picture_orders(settings, SHOTS, PLAN, Quality.DRAFT, {})
    assert (shot.backend, [each.backend for each in shot.alternatives]) == ("sky", ["canned"])
    effects = effect_orders(settings, SHOTS, PLAN, {})
    assert [order.backend for order in effects] == ["canned", "foley"]
    spoken = voice_orders(settings, SHOTS, {"en": {"1-L1": "Here."}, "fr": {"1-L1": "Ici."}})
    assert [order.backend for order in spoken] == ["canned", "pico"]
    assert settings.every_backend() == ("canned", "sky", "foley", "pico")


@pytest.mark.parametrize("name", ["1-2", "1-1-fx9", "1-L1-de", "2-1"])
def test_a_backend_of_what_nobody_generates_is_refused(name: str) -> None:
    footage = SHOT.model_copy(
        update={
            "id": "1-2",
            "prompt": None,
            "media": MediaUse(file="a.mp4", start="0"),
            "lines": (),
        }
    )
    shots = SHOTS.model_copy(update={"shots": (SHOT, footage)})
    settings = production(element_backends={name: "sky"})
    with pytest.raises(UnreadableInput, match=f"'{name}', and the film generates no such"):
        picture_orders(settings, shots, PLAN, Quality.DRAFT, {})


def test_another_version_of_a_backend_is_another_step() -> None:
    passport = CannedBackend().passport()
    order = shot_order(production(), SHOT, PLACE, Quality.DRAFT)
    newer = passport.model_copy(update={"version": "2"})
    assert order.step(passport).key == order.step(passport).key
    assert order.step(passport).key != order.step(newer).key


def test_a_synthetic_voice_is_announced_where_the_genre_owes_it_or_the_production_asks() -> None:
    english, french = notice_orders(production(), SHOTS)
    assert (english.element, french.element) == ("notice-en", "notice-fr")
    assert french.request.prompt == "Voix de synthèse."
    assert english.stem is Stem.DIALOGUE
    assert "voice" not in english.request.options
    for genre, audible, said in (
        ("documentary", "none", "owed"),
        ("fiction", None, "free"),
        ("fiction", "spoken", "asked"),
        ("news", None, "asked"),
    ):
        settings = production(genre=genre, labels={"audible": audible})
        assert settings.announcement == said
        assert bool(notice_orders(settings, SHOTS)) == (said == "asked")
    silent = SHOTS.model_copy(update={"shots": (SHOT.model_copy(update={"lines": ()}),)})
    assert notice_orders(production(), silent) == ()


def test_a_notice_can_be_cast_and_is_else_nobodys_voice() -> None:
    cast: dict[str, Json] = {
        "character": "NOTICE",
        "language": "en",
        "voice": "en-US",
        "person": "Zoé",
    }
    english, french = notice_orders(production(voices=[cast]), SHOTS)
    assert (english.request.options["voice"], english.person) == ("en-US", "Zoé")
    assert (french.request.options, french.person) == ({}, None)
