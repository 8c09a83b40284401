"""All degrees of detail of a tree are as bright and cover as much of the picture."""

from __future__ import annotations

from collections.abc import Iterator

import moderngl
import numpy as np
import pytest

from generique.backends.world.graphics import Uniform, matrix, open_context
from generique.backends.world.tree_cards import (
    REACH,
    TILE,
    Album,
    TreeCards,
    _width,
    copies_about,
    nearest,
    present,
    select_trees,
)
from generique.backends.world.tree_pass import MOST, TreePass, detail_of
from generique.backends.world.view import View, view_of
from generique.world.camera import Pose
from generique.world.kit.tree import Kind, Trees
from generique.world.kit.tree_shapes import DETAILS
from generique.world.layout import Bounds
from generique.world.scene import Season

BOUNDS = Bounds(-50, -50, 100)
SIZE = (480, 96)
EYE = np.array([0.0, -300.0, 20.0])


@pytest.fixture(scope="module")
def context() -> Iterator[moderngl.Context]:
    made = open_context()
    yield made
    made.release()


def row_of(kind: Kind) -> Trees:
    spot = np.stack([(np.arange(8) - 3.5) * 11, np.zeros(8)], axis=-1)
    variant, ones = np.arange(8) % 4, np.ones(8)
    kinds = np.full(8, kind, np.int32)
    return Trees(spot, 0 * ones, kinds, variant, 10 * ones, 0 * ones, ones, 0.7 * ones)


def rows_of(trees: Trees) -> np.ndarray:
    """Instances under a clear sky with a low sun."""
    none, ones = np.zeros((len(trees), 3)), np.ones((len(trees), 3))
    stand = [trees.position, trees.height, trees.turn, ones, 0.8 * ones[:, 0]]
    light = [none, ones[:, 0], none, none, none, trees.foot]
    return np.column_stack([*stand, *light]).astype(np.float32)


def view() -> View:
    forward = np.array([0.0, 300.0, -15.0])
    forward /= np.linalg.norm(forward)
    right = np.array([1.0, 0.0, 0.0])
    pose = Pose(EYE, forward, right, np.cross(right, forward), 0.0, 2 * np.arctan(48 / 300))
    return view_of(pose, SIZE[0] / SIZE[1])


def shown(context: moderngl.Context, trees: Trees, level: int, snow: float) -> np.ndarray:
    seen = view()
    picture = context.texture(SIZE, 4, dtype="f4")
    frame = context.framebuffer([picture], context.depth_renderbuffer(SIZE))
    season = Season.WINTER if snow else Season.SUMMER
    rows = rows_of(trees)
    meshes = TreePass(context, trees, rows, season, np.full(len(trees), level))
    album = Album(context, present(trees), season, snow)
    cards = TreeCards(context, album, BOUNDS, (EYE[None], SIZE[0] / 2 / (48 / 300)))
    if level == DETAILS:
        cards.add(trees, rows, [np.eye(4)], 128.0)
    values: dict[str, Uniform] = {
        "VP": matrix(seen.matrix),
        "eye": seen.eye,
        "density": 0.0,
        "scaleHeight": 26.0,
        "uniformShare": 0.0,
        "haze": (0.0, 0.0, 0.0),
        "farHaze": (1.0, 1.0, 1.0),
        "glow": (0.0, 0.0, 0.0),
        "glowWay": (0.0, 1.0),
        "seconds": 0.0,
        "wind": 0.0,
        "snowCover": snow,
        "ambient": (1.0, 1.0, 1.2),
        "sun": (2.0, 1.8, 1.4),
        "sunWay": (-0.6, -0.5, 0.62),
    }
    frame.use()
    frame.clear(0, 0, 0, 0)
    context.enable(moderngl.DEPTH_TEST)
    context.disable(moderngl.BLEND)
    meshes.select(seen)
    drawn = meshes.draw(values) + cards.draw(seen, values)
    assert drawn == (2 * len(trees) if level == DETAILS else drawn)
    assert drawn > 0
    data = np.frombuffer(frame.read(components=4, dtype="f4"), np.float32)
    return data.reshape(-1, 4)


@pytest.mark.parametrize(
    ("kind", "snow"),
    [
        (Kind.CONIFER, 0.0),
        (Kind.CONIFER, 0.9),
        (Kind.DECIDUOUS, 0.0),
        (Kind.DECIDUOUS, 0.9),
        (Kind.PINE, 0.0),
        (Kind.SHRUB, 0.0),
    ],
)
def test_a_card_is_as_bright_as_the_tree(
    context: moderngl.Context, kind: Kind, snow: float
) -> None:
    trees = row_of(kind)
    fine, card = (shown(context, trees, level, snow) for level in (0, DETAILS))
    cover = [(part[:, 3] > 0).sum() for part in (fine, card)]
    light = [part[:, :3].mean(axis=1)[part[:, 3] > 0].mean() for part in (fine, card)]
    bare = kind is Kind.DECIDUOUS and snow > 0
    assert light[1] == pytest.approx(light[0], rel=0.12)
    assert cover[1] == pytest.approx(cover[0], rel=0.35 if bare else 0.10)


@pytest.mark.parametrize("kind", [Kind.CONIFER, Kind.DECIDUOUS, Kind.BIRCH, Kind.PINE])
def test_coarser_meshes_stay_about_as_bright(context: moderngl.Context, kind: Kind) -> None:
    trees = row_of(kind)
    light = [float(shown(context, trees, level, 0.0)[:, :3].sum()) for level in range(DETAILS)]
    assert min(light) > 0.72 * light[0]
    assert max(light) < 1.28 * light[0]


def test_detail_falls_with_the_distance_and_is_rationed() -> None:
    chance = np.random.default_rng(5)
    count = 20_000
    spot = chance.uniform(-500, 500, (count, 2))
    ones = np.ones(count)
    kind = np.zeros(count, np.int32)
    trees = Trees(spot, 0 * ones, kind, kind, 12 * ones, ones, ones, ones)
    path = np.array([[0.0, 0.0, 20.0]])
    detail = detail_of(trees, path, (110.0, 210.0, 320.0))
    far = nearest(trees, path)
    for level in range(DETAILS):
        assert (detail <= level).sum() <= MOST[level]
    assert np.all(np.diff(detail[np.argsort(far, kind="stable")]) >= 0)
    assert set(np.unique(detail)) == set(range(DETAILS + 1))


def test_copies_surround_the_place_and_leave_it_out() -> None:
    copies = copies_about(Bounds(-512, -205, 1024), np.array([0.0, -98.0, 62.0]))
    assert (0, 0) not in copies
    assert {(1, 0), (-1, 0), (0, 1), (0, -1)} <= set(copies)
    assert max(row for _, row in copies) * 1024 <= REACH + 1024


def test_a_place_without_trees_has_an_album(context: moderngl.Context) -> None:
    album = Album(context, [], Season.SUMMER, 0.0)
    album.use()
    nothing = np.zeros(0)
    none = select_trees(row_of(Kind.CONIFER), np.zeros(0, int))
    assert album.cards(none, nothing, nothing).shape == (0, 4)


def test_a_card_is_as_wide_as_what_shows_of_its_picture() -> None:
    cover = np.zeros((TILE, TILE))
    cover[:, TILE // 2 - 8 : TILE // 2 + 8] = 1
    narrow = _width(cover)
    assert 16 / TILE < narrow < 0.5
    assert _width(np.ones((TILE, TILE))) == 1
    assert _width(np.zeros((TILE, TILE))) == 0
    # A pole at the rim takes all of the width, on whichever side it stands.
    rim = np.zeros((TILE, TILE))
    rim[:, :4] = 1
    assert _width(rim) == _width(rim[:, ::-1]) == 1
