"""Words for aperture, focus and moments, in both languages."""

from __future__ import annotations

import pytest

from generique.model.errors import NotCapable
from generique.world.scene import Change, Rack, SceneDocument
from generique.world.words.reading import Brief, apply_note, read_prompt


def _scene(prompt: str) -> SceneDocument:
    return read_prompt(prompt, Brief(extent=300)).scene


@pytest.mark.parametrize(
    ("words", "aperture"),
    [
        ("shallow depth of field", 1.8),
        ("soft background", 1.8),
        ("shallow focus, f/2.8", 2.8),
        ("wide open", 1.4),
        ("f/1.8", 1.8),
        ("F / 4", 4.0),
        ("at an aperture of f/2", 2.0),
        ("deep focus", None),
        ("faible profondeur de champ, plan fixe", 1.8),
        ("pleine ouverture, plan fixe", 1.4),
        ("f/1,8, plan fixe la nuit", 1.8),
        ("grande profondeur de champ, plan fixe", None),
    ],
)
def test_words_for_the_aperture(words: str, aperture: float | None) -> None:
    french = "plan fixe" in words or "champ" in words
    camera = _scene(f"{'banlieue résidentielle' if french else 'suburb'}, {words}").camera
    assert camera.aperture == aperture
    assert (camera.focus is None) == (aperture is None)


@pytest.mark.parametrize(
    ("prompt", "focus"),
    [
        ("suburb, focus on the red house", "red house"),
        ("main street, f/2, focus on the white church", "white church"),
        ("living room, focus at 2 m", 2.0),
        ("suburb, eye level, f/2", 8.0),
        ("living room, f/2", 2.5),
        ("banlieue résidentielle, mise au point sur la maison rouge", "red house"),
        ("banlieue résidentielle, mise au point à 4 m", 4.0),
    ],
)
def test_words_for_the_focus(prompt: str, focus: str | float) -> None:
    assert _scene(prompt).camera.focus == focus


@pytest.mark.parametrize(
    ("words", "first", "rack"),
    [
        (
            "suburb, rack focus from the red house to the white house at 2 s",
            "red house",
            Rack(at=2.0, over=1.8, to="white house"),
        ),
        ("suburb, eye level, rack focus to 30 m", 8.0, Rack(at=2.1, over=1.8, to=30.0)),
        (
            "banlieue résidentielle, bascule de point de la maison rouge à la maison blanche à 3 s",
            "red house",
            Rack(at=3.0, over=1.8, to="white house"),
        ),
    ],
)
def test_words_for_a_rack(words: str, first: str | float, rack: Rack) -> None:
    camera = _scene(words).camera
    assert (camera.focus, camera.racks) == (first, (rack,))


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("at 3 s the last window goes dark", [(3.0, 0.3, "life.lit_windows", 0.0)]),
        ("the last window goes dark at 3 s", [(3.0, 0.3, "life.lit_windows", 0.0)]),
        ("at 3 s, windows go dark one by one", [(3.0, 3.0, "life.lit_windows", 0.0)]),
        ("after 4 seconds it begins to snow", [(4.0, 1.5, "weather.snowfall", 0.35)]),
        (
            "the lights go out at 2 s and fog rolls in at 4 s",
            [
                (2.0, 0.5, "life.lamps", False),
                (2.0, 0.3, "life.lit_windows", 0.0),
                (4.0, 2.0, "weather.fog", 0.85),
            ],
        ),
        ("la nuit, à 3 s la dernière fenêtre s'éteint", [(3.0, 0.3, "life.lit_windows", 0.0)]),
        ("au bout de 4 secondes il commence à neiger", [(4.0, 1.5, "weather.snowfall", 0.35)]),
    ],
)
def test_words_for_a_moment(words: str, changes: list[tuple[float, float, str, float]]) -> None:
    french = "'" in words or "il commence" in words
    place = "banlieue résidentielle, nuit" if french else "suburb at night"
    found = _scene(f"{place}, {words}, 6 s".replace("nuit, la nuit", "nuit")).changes
    assert found == tuple(
        Change.model_validate({"at": at, "over": over, "field": field, "value": value})
        for at, over, field, value in changes
    )


@pytest.mark.parametrize(
    ("prompt", "says"),
    [
        ("suburb at 3 s", "what happens then"),
        ("suburb, at 9 s the last window goes dark, 6 s", "9 s"),
        ("suburb, after it begins to snow", "after"),
        ("summer suburb, at 2 s it begins to snow", "summer"),
        ("suburb, at 2 s it begins to snow, light rain", "not both"),
        ("suburb, rack focus from the fence to the house", "fence"),
        ("suburb, focus on", "on what"),
        ("suburb, shallow focus, f/16", "f/4"),
        ("suburb, wide open, f/8", "aperture"),
        ("suburb, deep focus, rack focus to 30 m", "sharp"),
        ("suburb, f/0.1", "value"),
    ],
)
def test_what_cannot_be_is_refused_by_name(prompt: str, says: str) -> None:
    with pytest.raises(NotCapable) as caught:
        _scene(prompt)
    assert says in f"{caught.value} {caught.value.why}"


def test_a_note_opens_the_lens_and_closes_it() -> None:
    plain = _scene("suburb, eye level")
    opened = apply_note(plain, "f/2, focus at 5 m").scene
    assert (opened.camera.aperture, opened.camera.focus) == (2.0, 5.0)
    assert apply_note(opened, "slow pan").scene.camera.aperture == 2.0
    assert apply_note(opened, "deep focus").scene == plain
    with pytest.raises(NotCapable):
        apply_note(opened, "rack focus to 20 m")


@pytest.mark.parametrize(
    ("words", "third", "share"),
    [
        ("small town, framed on the church", "middle", 0.25),
        ("small town, framed on the church, left third", "left", 0.25),
        ("small town, framed on the church, in the right third, 40 % of the frame", "right", 0.4),
        ("suburb, the red house, on the left of the frame", "left", 0.25),
        ("petite ville, cadré sur l'église, dans le tiers gauche, 40 % du cadre", "left", 0.4),
    ],
)
def test_words_for_where_a_subject_lies_in_the_picture(
    words: str, third: str, share: float
) -> None:
    camera = read_prompt(words, Brief()).scene.camera
    assert camera.subject
    assert (camera.third, camera.share) == (third, share)


def test_what_is_not_named_is_not_framed() -> None:
    for words in ("suburb, left third", "banlieue, 40 % du cadre"):
        with pytest.raises(NotCapable, match=r"frames nothing|cadre rien"):
            _scene(words)


@pytest.mark.parametrize(
    ("words", "degrees"),
    [
        ("suburb", 180),
        ("suburb, 90 degree shutter", 90),
        ("suburb, shutter angle of 45 degrees", 45),
        ("suburb, fast shutter", 45),
        ("suburb, heavy motion blur", 320),
        ("banlieue, obturateur à 90 degrés", 90),
        ("banlieue, obturateur lent", 320),
    ],
)
def test_words_for_the_shutter(words: str, degrees: float) -> None:
    assert _scene(words).camera.shutter == degrees


def test_a_shutter_needs_degrees_that_it_has() -> None:
    for words in ("suburb, shutter", "suburb, 500 degree shutter", "suburb, 0 degree shutter"):
        with pytest.raises(NotCapable) as caught:
            _scene(words)
        assert "shutter" in caught.value.unknown


def test_a_note_frames_anew_and_keeps_the_rest() -> None:
    scene = read_prompt("small town, framed on the church, left third", Brief()).scene
    nearer = apply_note(scene, "60 % of the frame").scene.camera
    assert (nearer.subject, nearer.third, nearer.share) == ("church", "left", 0.6)
    assert apply_note(scene, "fast shutter").scene.camera.third == "left"
    assert apply_note(scene, "right third").scene.camera.third == "right"
