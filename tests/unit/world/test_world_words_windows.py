"""Windows of rooms in prompts: what is the room, what lies outside, and what the camera does.

Each row was read by a person, who wrote down what the prompt means: the room, the place outside,
the way (``out``, ``in``, or a look from the room), and fields of the scene beside them.
"""

from __future__ import annotations

from typing import Any

import pytest

from generique.model.errors import NotCapable
from generique.world.scene import Family, Move, SceneDocument
from generique.world.words.explain import explain
from generique.world.words.reading import Brief, Reading, apply_note, read_prompt

LIVING, BEDROOM, HOTEL = "living room", "bedroom", "hotel room"
CITY, SEA, LAKE, VALLEY = "city", "sea-coast", "lake", "mountain-valley"
SUBURB, FARMLAND, TAIGA = "residential-suburb", "farmland", "boreal-forest"
OUT, IN, LOOK = "out", "in", "look"
HOUR, SEASON, SPEED, SNOW = "time.hour", "season", "camera.speed", "weather.snow_cover"
NIGHT, SUMMER = {HOUR: 22.0}, {SEASON: "summer"}

MEANT: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    # the room or the house before the window
    ("through a hotel room window, the city at night", HOTEL, CITY, OUT, NIGHT),
    ("out of a hotel window onto the city at night", HOTEL, CITY, OUT, NIGHT),
    ("out of a cabin window onto a mountain valley", LIVING, VALLEY, OUT, {}),
    ("out of the bedroom window, the sea, morning", BEDROOM, SEA, OUT, {HOUR: 9.0}),
    ("out the bedroom window, the sea at dawn", BEDROOM, SEA, OUT, {HOUR: 6.12}),
    ("dolly out of the living room window into the suburb at dusk", LIVING, SUBURB, OUT, {}),
    ("the camera glides out of a hotel room window over the city, blue hour",
     HOTEL, CITY, OUT, {HOUR: 18.07}),
    ("out of a chalet window onto a mountain valley, winter morning",
     LIVING, VALLEY, OUT, {SEASON: "winter"}),
    ("in through the cabin window from the lake, slow", LIVING, LAKE, IN, {SPEED: 1.32}),
    ("from outside through the bedroom window, farmland, noon", BEDROOM, FARMLAND, IN, {}),
    ("lake at dawn, flying in through a bedroom window", BEDROOM, LAKE, IN, {}),
    ("through the open bedroom window to the farmland, noon", BEDROOM, FARMLAND, OUT, {HOUR: 12.0}),
    # a house after the window, in any open land
    ("out of the window of a cabin in a mountain valley, summer morning",
     LIVING, VALLEY, OUT, SUMMER),
    ("through the window of a cabin, a mountain valley on a summer morning",
     LIVING, VALLEY, OUT, SUMMER),
    ("mountain valley seen through the window of a cabin", LIVING, VALLEY, LOOK, {}),
    ("out of the window of a cabin onto the sea", LIVING, SEA, OUT, {}),
    ("out of the window of a cabin over farmland at sunset", LIVING, FARMLAND, OUT, {}),
    ("out of the window of a chalet, winter morning", LIVING, VALLEY, OUT, {SEASON: "winter"}),
    ("par la fenêtre d'une cabane, un lac à l'aube", LIVING, LAKE, OUT, {}),
    ("par la fenêtre d'une cabane, la mer à midi", LIVING, SEA, OUT, {HOUR: 12.0}),
    ("par la fenêtre d'un chalet, une vallée de montagne un matin d'été",
     LIVING, VALLEY, OUT, SUMMER),
    ("from inside a cabin, out of the window, mountains", LIVING, VALLEY, OUT, {}),
    ("par la fenêtre d'un hôtel, la ville de nuit", HOTEL, CITY, OUT, NIGHT),
    # views
    ("view from a hotel room window over the city at night", HOTEL, CITY, LOOK, NIGHT),
    ("looking out of the bedroom window at the sea, morning", BEDROOM, SEA, LOOK, {HOUR: 9.0}),
    ("view of the city from a hotel room at night", HOTEL, CITY, LOOK, NIGHT),
    ("the city at night, seen from a hotel room", HOTEL, CITY, LOOK, NIGHT),
    ("a lake at dawn seen from the window of a cabin", LIVING, LAKE, LOOK, {}),
    ("the sea seen from a bedroom window, noon", BEDROOM, SEA, LOOK, {HOUR: 12.0}),
    ("view from the window of a log cabin onto a boreal forest in winter",
     LIVING, TAIGA, LOOK, {SEASON: "winter"}),
    ("looking out the window of a living room at a snowy suburb, dusk",
     LIVING, SUBURB, LOOK, {SNOW: 0.85}),
    ("looking through the bedroom window at the forest, autumn afternoon",
     BEDROOM, "broad-leaved-forest", LOOK, {SEASON: "autumn", HOUR: 14.5}),
    ("view out of a cabin window over a lake on a summer evening", LIVING, LAKE, LOOK, SUMMER),
    ("view from a cabin window, mountain valley at dawn", LIVING, VALLEY, LOOK, {}),
    ("a view of the mountains from a cabin window", LIVING, VALLEY, LOOK, {}),
    ("a lake in fog from a cabin window", LIVING, LAKE, LOOK, {"weather.fog": 0.5}),
    ("from the bedroom window we see the sea, morning", BEDROOM, SEA, LOOK, {HOUR: 9.0}),
    ("bedroom with a view of the sea, morning", BEDROOM, SEA, LOOK, {HOUR: 9.0}),
    ("hotel room overlooking the city at night", HOTEL, CITY, LOOK, NIGHT),
    ("vue sur la ville depuis une chambre d'hôtel, de nuit", HOTEL, CITY, LOOK, NIGHT),
    ("la ville la nuit, vue depuis une chambre d'hôtel", HOTEL, CITY, LOOK, NIGHT),
    ("vue de la mer depuis la fenêtre de la chambre, le matin", BEDROOM, SEA, LOOK, {HOUR: 9.0}),
    ("vue de la montagne depuis la fenêtre d'un chalet, l'été", LIVING, VALLEY, LOOK, SUMMER),
    ("depuis la fenêtre du salon, une banlieue enneigée au crépuscule",
     LIVING, SUBURB, LOOK, {SNOW: 0.85}),
    ("regard par la fenêtre de la chambre, la mer au lever du soleil", BEDROOM, SEA, LOOK, {}),
    ("une chambre avec vue sur la mer, le matin", BEDROOM, SEA, LOOK, {HOUR: 9.0}),
    ("un salon donnant sur un lac, le soir", LIVING, LAKE, LOOK, {}),
    ("vue du salon sur le lac", LIVING, LAKE, LOOK, {}),
    ("de la fenêtre de la chambre, on voit la mer", BEDROOM, SEA, LOOK, {}),
    ("fenêtre ouverte sur la mer, chambre, matin", BEDROOM, SEA, LOOK, {HOUR: 9.0}),
    ("depuis une chambre d'hôtel, la ville de nuit", HOTEL, CITY, LOOK, NIGHT),
    ("looking out at the city from a hotel room at night", HOTEL, CITY, LOOK, NIGHT),
    ("a hotel room at night, the city outside the window", HOTEL, CITY, LOOK, NIGHT),
    ("at the window of a hotel room, the city at night", HOTEL, CITY, LOOK, NIGHT),
    ("a bedroom window opens onto the sea at dawn", BEDROOM, SEA, LOOK, {}),
    ("view of the sea from a bedroom, static", BEDROOM, SEA, LOOK, {"camera.handheld": 0.0}),
    ("view from a living room window, suburb at night, handheld",
     LIVING, SUBURB, LOOK, {"camera.handheld": 0.6}),
    ("view of the mountains from a cabin", LIVING, VALLEY, LOOK, {}),
    ("vue de la montagne depuis un chalet", LIVING, VALLEY, LOOK, {}),
    ("depuis un chalet, vue sur la montagne, matin d'hiver",
     LIVING, VALLEY, LOOK, {SEASON: "winter"}),
    ("à la fenêtre d'une chambre d'hôtel, la ville de nuit", HOTEL, CITY, LOOK, NIGHT),
    ("regardant par la fenêtre de la cabane, la forêt boréale en hiver",
     LIVING, TAIGA, LOOK, {SEASON: "winter"}),
    ("from the living room, looking out over the farmland, summer",
     LIVING, FARMLAND, LOOK, SUMMER),
    ("sunset over the sea from the bedroom window", BEDROOM, SEA, LOOK, {HOUR: 17.3}),
    ("a winter view from a cabin window: snow-covered forest",
     LIVING, TAIGA, LOOK, {SEASON: "winter", SNOW: 0.85}),
    # a move that is the way itself
    ("pushing through the living room window out to the farmland, golden hour",
     LIVING, FARMLAND, OUT, {}),
    ("INT. CABIN - DAWN. Out of the window, the mountains.", LIVING, VALLEY, OUT, {}),
    ("INT. CHALET - JOUR. Par la fenêtre, la vallée.", LIVING, VALLEY, OUT, {}),
    ("from a bedroom window, slow push-in to the sea", BEDROOM, SEA, OUT, {SPEED: 1.32}),
    ("out of the window of a hotel room onto the city at night, slow push-in",
     HOTEL, CITY, OUT, {**NIGHT, SPEED: 1.32}),
    ("view from a bedroom window over a lake at dusk, slow push-in",
     BEDROOM, LAKE, OUT, {SPEED: 1.32}),
    ("travelling avant par la fenêtre du salon vers la campagne au crépuscule",
     LIVING, FARMLAND, OUT, {}),
    ("travelling avant par la fenêtre d'une chambre d'hôtel sur la ville de nuit",
     HOTEL, CITY, OUT, NIGHT),
    ("sortie lente par la fenêtre de la chambre vers la mer, le matin",
     BEDROOM, SEA, OUT, {SPEED: 1.32}),
    ("la caméra sort par la fenêtre du chalet et survole la vallée de montagne, matin d'été",
     LIVING, VALLEY, OUT, SUMMER),
    ("travelling avant lent, entre par la fenêtre du salon, banlieue au crépuscule",
     LIVING, SUBURB, IN, {SPEED: 1.32}),
    ("INT. HOTEL ROOM - NIGHT. Out of the window, the city. Slow push-in.",
     HOTEL, CITY, OUT, {**NIGHT, SPEED: 1.32}),
    ("a slow view from the bedroom window over the sea", BEDROOM, SEA, OUT, {SPEED: 1.32}),
    ("on sort lentement par la fenêtre du salon, banlieue enneigée, la nuit",
     LIVING, SUBURB, OUT, {**NIGHT, SPEED: 1.32, SNOW: 0.85}),
    # seasons
    ("through the open window of the living room, farmland on a spring morning",
     LIVING, FARMLAND, OUT, {SEASON: "spring"}),
    ("à travers la fenêtre du salon, la campagne au printemps",
     LIVING, FARMLAND, OUT, {SEASON: "spring"}),
)  # fmt: skip

REFUSED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("out of the cabin window, suburb", ("cabin",)),
    ("a chalet in a mountain valley", ("chalet",)),
    ("hotel, night", ("hotel",)),
    ("chalet window, lake", ("chalet", "window")),
    ("INT. CABIN - NIGHT", ("CABIN",)),
    ("a living room, out to the mountains", ("out", "mountains")),
    ("chalet, mountains, through the window", ("chalet",)),
    ("from the corridor window, the city", ("corridor",)),
    ("out of the hotel room window onto the sea", ("hotel room",)),
    ("out of the bedroom window, the sea in light rain", ("rain",)),
    ("la caméra entre par la fenêtre de la cabane, forêt boréale, il neige", ("il neige",)),
    ("looking in through the bedroom window, lake", ("looking", "lake")),
    ("pull back through the window into a living room, farmland at sunset", ("pull back",)),
    ("travelling arrière par la fenêtre dans le salon, banlieue", ("travelling arrière",)),
    ("living room, autumn leaves", ("autumn leaves",)),
    ("a bedroom in summer, green lawns", ("green lawns",)),
)
"""What no window of ``world`` shows or does, by the words that are refused."""

UNCHANGED: tuple[tuple[str, str, str | None, str], ...] = (
    # a room, and what is said of its window, where no place outside is named
    ("view from the bedroom window, night", "interior", None, "static"),
    ("through a hotel room window at night, slow", "interior", None, "push-in"),
    ("living room with a view, dusk", "interior", None, "static"),
    # houses that a place shows
    ("cabin overlooking a lake at dawn", "lake", None, "static"),
    ("view of the lake from a cabin", "lake", None, "static"),
    ("from the window, the suburb at dusk", "residential-suburb", None, "static"),
    # ways, and no views
    ("push in through the window of a bedroom onto a lake", "interior", "lake", "through-window"),
    ("through the window of a cabin, forest", "interior", "boreal-forest", "through-window"),
)


def _read(prompt: str) -> Reading:
    return read_prompt(prompt, Brief())


def _value(scene: SceneDocument, name: str) -> Any:
    part, _, field = name.rpartition(".")
    return getattr(getattr(scene, part) if part else scene, field)


@pytest.mark.parametrize(
    ("prompt", "room", "outside", "way", "fields"), MEANT, ids=[row[0][:50] for row in MEANT]
)
def test_a_window_joins_the_room_and_the_place_that_are_meant(
    prompt: str, room: str, outside: str, way: str, fields: dict[str, Any]
) -> None:
    reading = _read(prompt)
    scene, camera = reading.scene, reading.scene.camera
    assert (scene.place.family, scene.place.room) == (Family.INTERIOR, room)
    assert scene.place.outside == outside
    move = Move.STATIC if way == LOOK else Move.THROUGH
    assert (camera.move, camera.direction) == (move, None if way == LOOK else way)
    assert camera.altitude == 1.5
    for name, wanted in fields.items():
        near = wanted if isinstance(wanted, str) else pytest.approx(wanted, abs=0.05)
        assert _value(scene, name) == near, name
    assert SceneDocument.read(scene.to_json(), where="test") == scene
    # Every word is accounted for, in its place.
    assert [prompt[word.start : word.end] for word in reading.words] == [
        word.text for word in reading.words
    ]


@pytest.mark.parametrize(("prompt", "words"), REFUSED, ids=[row[0][:50] for row in REFUSED])
def test_what_no_window_does_is_refused_by_name(prompt: str, words: tuple[str, ...]) -> None:
    with pytest.raises(NotCapable) as caught:
        _read(prompt)
    assert caught.value.unknown == words


@pytest.mark.parametrize(("prompt", "family", "outside", "move"), UNCHANGED)
def test_words_that_meant_a_room_or_a_place_mean_it_still(
    prompt: str, family: str, outside: str | None, move: str
) -> None:
    scene = _read(prompt).scene
    assert (scene.place.family, scene.place.outside) == (family, outside)
    assert scene.camera.move == move


@pytest.mark.parametrize(
    ("prompt", "remark"),
    [
        ("bedroom, out of the window to the sea, slow push-in", "push-in: beside a way through"),
        ("lac, travelling avant, entre par la fenêtre d'un salon", "c'est le même mouvement"),
        ("view from a bedroom window over the sea", "stays in the room and looks out"),
        ("vue sur la mer depuis une chambre", "reste dans la pièce et regarde par la fenêtre"),
        ("view from a bedroom window over the sea, slow", "goes out through the window"),
        ("a lake seen through the window of a cabin", "stays in the room and looks out"),
        ("un lac vu par la fenêtre d'un salon", "reste dans la pièce et regarde par la fenêtre"),
        ("a hospital corridor in summer", "has no window, and nothing in it shows the season"),
        ("couloir d'hôtel en hiver", "rien n'y montre la saison"),
    ],
)
def test_remarks_say_what_the_camera_does(prompt: str, remark: str) -> None:
    reading = _read(prompt)
    assert any(remark in line for line in reading.warnings)
    assert any(remark in line for line in explain(reading))


def test_a_season_in_a_room_moves_the_sun_and_needs_no_remark() -> None:
    summer, winter = (_read(f"a living room on a {one} morning") for one in ("summer", "winter"))
    assert summer.scene.season == "summer"
    assert (summer.warnings, winter.warnings) == ((), ())
    assert summer.scene.time.day != winter.scene.time.day
    assert summer.scene.time.hour < winter.scene.time.hour
    french = _read("un salon un matin d'été").scene
    assert french == summer.scene
    assert apply_note(winter.scene, "summer").scene.season == "summer"


def test_a_take_that_looks_out_keeps_its_place_and_may_be_sent_out() -> None:
    scene = _read("view from a bedroom window over the sea, dawn").scene
    out = apply_note(scene, "out through the window").scene
    assert out.place == scene.place
    assert (out.camera.move, out.camera.direction) == (Move.THROUGH, "out")
    assert out.camera.speed > 0
    assert apply_note(scene, "at noon").scene.camera == scene.camera
    with pytest.raises(NotCapable) as caught:
        apply_note(scene, "slow pan right")
    assert "looks out of the window" in caught.value.diagnosis()
    with pytest.raises(NotCapable) as caught:
        _read("view from a bedroom window over the sea, framed on the bed")
    assert "at no subject" in str(caught.value.why)
