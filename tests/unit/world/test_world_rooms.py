"""What a prompt can name in a room: to focus on it, to frame it, and what hides it."""

from __future__ import annotations

import numpy as np
import pytest

from generique.model.errors import NotCapable
from generique.world.camera import CameraPath
from generique.world.layout import Layout
from generique.world.optics import focus_pull, in_frame
from generique.world.owners import NUMBERS, Thing, owner, owner_name
from generique.world.places.grammars import build, lay_out
from generique.world.places.interior.plan import Kind
from generique.world.places.interior.rooms import room
from generique.world.places.interior.standing import OWN_NUMBERS
from generique.world.reasons.telling import told_in
from generique.world.scene import Family, Life, Move, Place, Room, SceneDocument
from generique.world.staging import stage
from generique.world.words.lexicon_room import FURNISHINGS
from generique.world.words.reading import Brief, apply_note, read_prompt
from generique.world.words.sentence_draft import language_of


def _staged(prompt: str, seed: int = 7) -> tuple[SceneDocument, Layout, CameraPath]:
    scene = read_prompt(prompt, Brief(place_seed=seed, extent=300)).scene
    layout = lay_out(scene.place)
    with told_in(language_of(prompt)):
        return scene, layout, stage(scene, layout)


def _refused(prompt: str) -> str:
    with pytest.raises(NotCapable) as caught:
        _staged(prompt)
    return caught.value.diagnosis()


@pytest.mark.parametrize(
    ("prompt", "focus", "metres"),
    [
        ("a bedroom at night, focus on the bed", "bed", (2.5, 5)),
        ("bedroom at night, push-in, focus on the night lamp", "night lamp", (2, 6.5)),
        ("chambre la nuit, mise au point sur la lampe de chevet", "bedside lamp", (2, 6.5)),
        ("une chambre, mise au point sur la lampe de nuit", "night lamp", (2, 6.5)),
        ("bedroom, focus on the desk lamp", "tabletop lamp", (5, 7.5)),
        ("une chambre, mise au point sur la fenêtre", "window", (5, 7)),
        ("a living room, focus on the television", "television", (4, 6.5)),
        ("salon, mise au point sur la fenêtre", "window", (5, 7)),
        ("hotel room at night, focus on the floor lamp", "floor lamp", (4, 8)),
        ("a hotel corridor, focus on the door", "door", (0.5, 45)),
    ],
)
def test_a_thing_in_a_room_is_focused_on(
    prompt: str, focus: str, metres: tuple[float, float]
) -> None:
    scene, layout, path = _staged(prompt)
    assert scene.camera.focus == focus
    pull = focus_pull(scene, layout, path)
    assert pull is not None
    assert metres[0] < pull.distance(0.0) < metres[1]


def test_the_night_of_a_lamp_is_no_hour() -> None:
    by_day = read_prompt("bedroom by day, focus on the night lamp", Brief()).scene
    assert 8 < by_day.time.hour < 17
    later = read_prompt("chambre, mise au point sur le lit la nuit", Brief()).scene
    assert later.camera.focus == "bed"
    assert later.time.hour > 18 or later.time.hour < 4


def test_the_focus_is_racked_between_two_things() -> None:
    for prompt in (
        "a bedroom, rack focus from the bed to the desk at 2 s, 6 s",
        "une chambre, bascule de point du lit au bureau à 2 s, 6 s",
    ):
        scene, layout, path = _staged(prompt)
        pull = focus_pull(scene, layout, path)
        assert pull is not None
        assert pull.distance(0) + 1 < pull.distance(6)


@pytest.mark.parametrize(
    ("prompt", "says"),
    [
        ("a living room, focus on the coffee table", "outside the picture"),
        ("a living room, focus on the bed", 'no "bed"'),
        ("une chambre, mise au point sur l'armoire", "hors de l'image"),
        ("a corridor, focus on the window", 'no "window"'),
        ("un salon, mise au point sur le lit", "pas de « lit »"),
        ("bedroom, framed on the bed, looking north", "looks at its subject"),
        ("bedroom, framed on the bed, tilted 20 degrees", "looks at its subject"),
        ("a suburb, top-down, framed on the red house", "looks at its subject"),
        ("a bedroom, framed on the bed, push-in, 20 s", "a way of 10.0 m"),
        ("une chambre, cadré sur le lit, travelling avant, 20 s", "traverserait un mur"),
        ("from a bedroom through the window, framed on the bed, 8 s", "no subject"),
        ("a bedroom, framed on the bed, pan right", "turns away"),
        ("bedroom, framed on 4 m", "framed on the lamp"),
        ("a bedroom, focus on the elephant", "no landmark"),
    ],
)
def test_what_is_not_there_or_not_seen_is_refused(prompt: str, says: str) -> None:
    assert says in _refused(prompt)


def test_what_stands_behind_the_bed_is_hidden() -> None:
    layout = lay_out(Place(family=Family.INTERIOR, seed=7, room=Room.BEDROOM, extent=100))
    eye = np.array([0.2, -7.5, 0.4])
    tables = [mark for mark in layout.named("night table") if mark.owner is not None]
    assert len(tables) == 2
    assert not any(layout.in_sight(mark, eye) for mark in tables)
    assert all(layout.in_sight(mark, np.array([1.5, -7.5, 2.3])) for mark in layout.named("lamp"))


@pytest.mark.parametrize(
    ("prompt", "move"),
    [
        ("a bedroom at night, framed on the bed", Move.STATIC),
        ("une chambre, cadrée sur l'armoire", Move.STATIC),
        ("a living room, framing the sofa, push-in", Move.PUSH_IN),
        ("salon la nuit, cadré sur le fauteuil, travelling avant", Move.PUSH_IN),
    ],
)
def test_a_thing_in_a_room_is_framed(prompt: str, move: Move) -> None:
    scene, layout, path = _staged(prompt)
    assert scene.camera.move is move
    for at in (0.0, path.seconds / 2, path.seconds):
        pose = path.pose(at)
        marks = [mark for mark in layout.named(scene.camera.subject or "") if in_frame(pose, mark)]
        assert marks
        to = np.array(marks[0].middle) - pose.position
        assert float(to @ pose.forward) / float(np.linalg.norm(to)) > 0.99


@pytest.mark.parametrize("room", [Room.LIVING, Room.BEDROOM, Room.HOTEL_ROOM, Room.HOTEL])
def test_landmarks_are_the_owners_of_the_mattes(room: Room) -> None:
    where = Place(family=Family.INTERIOR, seed=5, room=room, extent=100)
    layout, site = lay_out(where), build(where, Life())
    assert len(layout.landmarks) > 5
    for mark in layout.landmarks:
        mine = site.quads.corners[site.quads.owner == mark.owner].reshape(-1, 3)
        assert len(mine)
        assert np.linalg.norm(mine - np.array(mark.middle), axis=1).min() < mark.radius + 0.01
        assert np.ptp(mine, axis=0).max() < 2.3 * max(mark.radius, 0.8)
        assert owner_name(mark.owner or 0).split("-")[0] not in ("wall", "floor", "ceiling")


def test_a_bedroom_has_what_belongs_in_one_with_ids_of_their_own() -> None:
    where = Place(family=Family.INTERIOR, seed=7, room=Room.BEDROOM, extent=100)
    owners = set(np.unique(build(where, Life()).quads.owner))
    for thing, count in (
        (Thing.BED, 1),
        (Thing.WARDROBE, 1),
        (Thing.DESK, 1),
        (Thing.CHAIR, 1),
        (Thing.LAMP, 3),
        (Thing.TABLE, 2),
        (Thing.WINDOW, 2),
    ):
        assert {int(owner(thing, number)) for number in range(count)} <= owners


@pytest.mark.parametrize(
    "prompt",
    [
        "from a bedroom through the window to the suburb at night, 8 s",
        "d'une chambre par la fenêtre, la nuit, 8 s",
    ],
)
def test_things_keep_their_ids_when_a_camera_leaves_by_the_window(prompt: str) -> None:
    scene, layout, path = _staged(prompt)
    assert scene.place.room is Room.BEDROOM
    assert path.passage is not None
    owners = build(scene.place, scene.life).quads.owner
    for mark in layout.landmarks:
        assert mark.owner is None or mark.owner in owners
    own = layout.named("window")[0].owner
    assert own is not None
    assert own >= owner(Thing.WINDOW, OWN_NUMBERS)
    assert np.isin(owner(Thing.BED), owners)


@pytest.mark.parametrize(
    "prompt",
    [
        "a bedroom with a bed, a wardrobe and a desk lamp at night",
        "une chambre avec un lit, un bureau et une lampe, la nuit",
        "un salon avec un canapé, un lampadaire et un téléviseur",
        "a hotel room with a window and no television",
        "from a bedroom with a bed through the window to the suburb at night",
    ],
)
def test_a_thing_that_the_room_has_may_be_mentioned(prompt: str) -> None:
    read = read_prompt(prompt, Brief(place_seed=7))
    said = {word.became for word in read.words}
    assert said & {"shown by the place", "montré par le lieu"}
    plain = {
        "bedroom": "a bedroom at night",
        "living room": "a living room",
        "hotel room": "hotel room",
    }
    room = read.scene.place.room
    assert room is not None
    if read.scene.place.outside is None:
        assert read.scene == read_prompt(plain[room.value], Brief(place_seed=7)).scene


@pytest.mark.parametrize(
    ("prompt", "unknown", "says"),
    [
        ("a living room with a bed and a sofa", ("bed",), "this room (living room) has none"),
        ("un salon avec un lit", ("lit",), "cette pièce n'en a pas (salon)"),
        ("a bedroom with beds", ("beds",), "has only one"),
        ("a bedroom without a bed", ("without bed",), "always has one"),
        ("a corridor with a window", ("window",), "has none"),
        ("un salon, des lampadaires", ("lampadaires",), "n'en a qu'un exemplaire"),
        ("une chambre, des bureaux", ("bureaux",), "n'en a qu'un exemplaire"),
        ("a suburb with a sofa", ("sofa",), "does not show this"),
        ("un bureau", ("bureau",), "un salon, une chambre"),
        ("from a bedroom with a sofa through the window", ("sofa",), "has none"),
    ],
)
def test_a_thing_that_the_room_does_not_have_is_refused_by_name(
    prompt: str, unknown: tuple[str, ...], says: str
) -> None:
    with pytest.raises(NotCapable) as caught:
        read_prompt(prompt, Brief(place_seed=7))
    assert caught.value.unknown == unknown
    assert says in caught.value.diagnosis()


def test_a_note_cannot_take_a_thing_out_of_its_room() -> None:
    scene = read_prompt("a bedroom at night", Brief(place_seed=7)).scene
    for note, says in (("no bed", "always has one"), ("darker windows, a sofa", "has none")):
        with pytest.raises(NotCapable) as caught:
            apply_note(scene, note)
        assert says in caught.value.diagnosis()
    assert apply_note(scene, "slow push-in, no sofa").scene.camera.move is Move.PUSH_IN


@pytest.mark.parametrize("note", ["looking east", "tilted 20 degrees", "framed on the desk, steep"])
def test_a_note_cannot_look_past_the_subject_of_a_take(note: str) -> None:
    scene = read_prompt("a bedroom at night, framed on the bed", Brief(place_seed=7)).scene
    with pytest.raises(NotCapable, match="contradicts") as caught:
        apply_note(scene, note)
    assert "looks at its subject" in caught.value.diagnosis()
    assert apply_note(scene, "framed on the desk").scene.camera.subject == "desk"


def test_in_the_open_a_heading_says_from_where_a_subject_is_looked_at() -> None:
    scene = read_prompt("a suburb, framed on the red house, looking east", Brief()).scene
    assert scene.camera.heading == 90
    assert apply_note(scene, "looking north").scene.camera.heading == 0


def test_every_word_for_a_thing_means_a_thing_that_some_room_has() -> None:
    rooms = [
        lay_out(Place(family=Family.INTERIOR, seed=seed, room=room, extent=100))
        for room in Room
        for seed in (1, 2, 3)
    ]
    marks = [mark.words for layout in rooms for mark in layout.landmarks]
    for entry in FURNISHINGS:
        wanted = frozenset(entry.furnishing.split())
        assert any(wanted <= words for words in marks), entry.key


def test_a_room_lists_its_things_by_one_name_each() -> None:
    english = _refused("a bedroom, framed on the sofa")
    assert "bedside lamp; bedside table; chair; curtain; desk; door" in english
    french = _refused("salon, cadré sur le lit")
    assert "fauteuil ; table de salon ; rideau" in french


def test_the_door_of_an_unlit_room_is_a_door_and_no_hole() -> None:
    lit, unlit = (room(Kind.BEDROOM, 7, lit=lit).everything() for lit in (True, False))
    doors = [quads.owner // NUMBERS == int(Thing.DOOR) for quads in (lit, unlit)]
    assert doors[0].any()
    assert doors[1].any()
    assert lit.emission[doors[0]].max() > 0
    assert unlit.emission[doors[1]].max() == 0
    leaf = unlit.corners[doors[1]].reshape(-1, 3)
    assert np.ptp(leaf[:, 2]) > 2.0
    assert np.array_equal(lit.corners[doors[0]], unlit.corners[doors[1]])
    assert unlit.albedo[doors[1]].max() > 0.5


@pytest.mark.parametrize("seed", range(1, 6))
def test_prints_on_walls_are_no_pure_colours(seed: int) -> None:
    for kind in (Kind.BEDROOM, Kind.LIVING, Kind.HOTEL_ROOM):
        quads = room(kind, seed).everything()
        prints = quads.albedo[quads.owner // NUMBERS == int(Thing.PICTURE)]
        assert np.all(prints.max(axis=1) < 2.6 * prints.min(axis=1))
