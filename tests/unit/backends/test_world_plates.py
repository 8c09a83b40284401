from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generique.backends.world.bake import light_of
from generique.backends.world.panorama import directions, face_side, panorama
from generique.backends.world.plate_kernels import NOBODY, rank_owners
from generique.backends.world.plate_layers import KINDS, OBJECTS, frame_picture
from generique.backends.world.plate_reel import PlateReel
from generique.backends.world.plate_renderer import (
    UNREACHED,
    PlateFrame,
    PlateLayers,
    PlateRenderer,
)
from generique.backends.world.reel import Reel
from generique.backends.world.renderer import EFFORTS, Renderer
from generique.model.element import Quality, Raster
from generique.model.time import Rate
from generique.production.plate_ports import PlateOrder, PlatePicture
from generique.testing.stage import FolderStage
from generique.world.arrays import Floats
from generique.world.camera import CameraPath, Pose, camera_path
from generique.world.mesh import Finish, Level, join, paint
from generique.world.owners import NUMBERS, Thing, owner
from generique.world.places.grammars import build
from generique.world.plates.cryptomatte import share_of
from generique.world.plates.plate_camera import PlateCamera
from generique.world.scene import (
    Camera,
    Change,
    Life,
    Move,
    Place,
    SceneDocument,
    Season,
    Time,
    Weather,
)
from generique.world.site import Site
from generique.world.traffic import Driver, Lane

RASTER = Raster(width=320, height=180)
FRAME = 2
MARKS = np.array([(-12.0, 18.0, 19.0), (0.0, 30.0, 17.0), (14.0, 24.0, 21.0), (-4.0, 40.0, 15.0)])
"""Middles of squares that hang in the air above the trees."""
HALF = 0.45


def scene() -> SceneDocument:
    return SceneDocument(
        place=Place(seed=7, extent=100),
        time=Time(hour=20.8, day=172, latitude=45.4),
        season=Season.SUMMER,
        weather=Weather(fog=0.05, wind=9, snowfall=0.3),
        camera=Camera(move=Move.TRUCK, direction="right", altitude=20, pitch=6, speed=3),
        life=Life(traffic=0, smoke=1),
        rate=Rate(numerator=24),
        frames=6,
        seed=1,
    )


def marked(site: Site) -> Site:
    """The site with squares at known places, each of an owner of its own."""
    across = np.array([(-HALF, 0, -HALF), (HALF, 0, -HALF), (HALF, 0, HALF), (-HALF, 0, HALF)])
    corners = MARKS[:, None] + across
    finish = Finish(
        (0.5, 0.1, 0.1), level=Level.ALWAYS, owner=owner(Thing.FENCE, 900 + np.arange(len(MARKS)))
    )
    return replace(site, quads=join([site.quads, paint(corners, finish)]))


def car() -> Driver:
    """A car that turns on an open spot in the middle of the picture."""
    points = np.array([(8.0, 52.0), (20.0, 58.0)])
    return Driver(
        Lane(np.array([0.0, 12.0]), points, np.array([0.3, 0.8]), np.zeros(2)), 3.0, 9.0, 0, 2
    )


class Set:
    """A place with its light, and plates and pictures of it."""

    def __init__(self, folder: Path) -> None:
        self.scene = scene()
        self.site = marked(build(self.scene.place, self.scene.life))
        self.light = light_of(self.scene, self.site, FolderStage(folder))
        self.path: CameraPath = camera_path(self.scene, self.site.layout)
        self.poses = [self.path.pose((k + 0.5 / 2) / 24) for k in range(6)]
        self.camera = PlateCamera.of(self.poses, RASTER, self.scene.rate, 0.5)
        self.effort = EFFORTS[Quality.FINAL]

    def renderer(self) -> PlateRenderer:
        return PlateRenderer(self.scene, self.site, self.light, self.path, (car(),))

    def plate(self, layers: PlateLayers) -> PlateFrame:
        with self.renderer().arrange(layers).open(RASTER, self.effort) as renderer:
            return renderer.plate(FRAME)

    def shot(self) -> Floats:
        made = Renderer(self.scene, self.site, self.light, self.path, (car(),))
        with made.open(RASTER, self.effort) as renderer:
            return np.array(renderer.frame(FRAME))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Set:
    return Set(tmp_path_factory.mktemp("plate"))


@pytest.fixture(scope="module")
def frame(place: Set) -> PlateFrame:
    return place.plate(PlateLayers())


@pytest.fixture(scope="module")
def picture(place: Set, frame: PlateFrame) -> PlatePicture:
    return frame_picture(FRAME, frame, place.camera, PlateOrder(take="a.t1", scene="{}"))


def sight(place: Set) -> tuple[Floats, Floats]:
    """Unit vectors of the line of sight of every pixel, and what share of them goes ahead."""
    pose = place.poses[FRAME]
    y, x = np.mgrid[0 : RASTER.height, 0 : RASTER.width] + 0.5
    half = np.tan(pose.hfov / 2)
    across, up = x / 160 - 1, (1 - y / 90) * RASTER.height / RASTER.width
    ways = pose.forward + half * (across[..., None] * pose.right + up[..., None] * pose.up)
    length = np.linalg.norm(ways, axis=-1)
    return ways / length[..., None], 1 / length


def test_the_picture_of_a_plate_is_the_shot(place: Set, frame: PlateFrame) -> None:
    assert np.array_equal(frame.picture[..., :3], place.shot()[..., :3])
    assert (frame.picture[..., 3] == 1).all()


def test_every_pixel_is_covered_once(frame: PlateFrame, picture: PlatePicture) -> None:
    assert np.array_equal(frame.cover.sum(axis=0), np.ones((180, 320)))
    assert (np.diff(frame.cover, axis=0) <= 0).all()
    for matte in (OBJECTS, KINDS):
        planes = [p for n, p in picture.channels.items() if n.startswith(matte) and n[-1] in "GA"]
        assert np.allclose(np.sum(planes, axis=0), 1)
    whole = frame.cover[0] == 1
    assert 0.05 < 1 - whole.mean() < 0.8


def test_known_points_are_found_in_the_mattes_and_the_depth(
    place: Set, frame: PlateFrame, picture: PlatePicture
) -> None:
    seen = place.camera.pixel(FRAME, MARKS)
    position = np.array(place.camera.samples[FRAME].position)
    y, x = np.mgrid[0:180, 0:320] + 0.5
    for k, pixel in enumerate(seen):
        share = share_of(f"fence-{900 + k}", OBJECTS, picture.channels)
        assert share.sum() > 4
        middle = np.array([(share * x).sum(), (share * y).sum()]) / share.sum()
        assert np.abs(middle - pixel).max() < 0.5
        column, row = (int(value) for value in pixel)
        reach = float(np.linalg.norm(MARKS[k] - position))
        assert frame.distance[row, column] == pytest.approx(reach, abs=0.15)
        assert np.abs(frame.normal[row, column]) == pytest.approx([0, 1, 0], abs=0.02)
        assert frame.normal[row, column] @ (position - MARKS[k]) > 0


def test_depth_and_distance_say_the_same(place: Set, frame: PlateFrame) -> None:
    ways, ahead = sight(place)
    hit = frame.distance < UNREACHED
    assert np.allclose((frame.distance * ahead)[hit], frame.depth[hit], rtol=1e-4)
    ground = (frame.owners[0] == int(owner(Thing.GROUND))) & (frame.cover[0] == 1)
    points = np.array(place.poses[FRAME].position) + ways * frame.distance[..., None]
    near = ground & (frame.distance < 120)
    assert near.sum() > 500
    # A twig that no subframe met may stand in the very middle of a pixel.
    assert np.quantile(np.abs(points[near][:, 2]), 0.99) < 0.001
    assert np.allclose(np.median(frame.normal[near], axis=0), [0, 0, 1])


def test_the_sky_is_out_of_reach(frame: PlateFrame) -> None:
    sky = (frame.owners[0] == int(owner(Thing.SKY))) & (frame.cover[0] == 1)
    assert sky.mean() > 0.1
    assert (frame.distance[sky] == np.float32(UNREACHED)).all()
    assert (frame.normal[sky] == 0).all()


def test_what_stands_still_moves_as_the_camera_does(place: Set, frame: PlateFrame) -> None:
    ways, _ = sight(place)
    still = np.isin(frame.owners[0] // NUMBERS, [Thing.GROUND, Thing.HOUSE, Thing.FENCE])
    still &= (frame.cover[0] == 1) & (frame.distance < 200)
    points = np.array(place.poses[FRAME].position) + ways * frame.distance[..., None]
    moved = place.camera.pixel(FRAME + 1, points[still]) - place.camera.pixel(FRAME, points[still])
    found = frame.motion[still] * (1, -1)
    assert np.abs(moved).max() > 0.5
    # A twig that only the middle of a pixel meets sways, and is in none of its subframes.
    assert (np.abs(found - moved).max(axis=1) < 0.02).mean() > 0.999


def test_a_car_moves_as_it_drives(place: Set, frame: PlateFrame) -> None:
    mine = (frame.owners[0] == int(owner(Thing.TRAFFIC, 0))) & (frame.cover[0] > 0.8)
    assert mine.sum() > 4
    ways, _ = sight(place)
    points = (np.array(place.poses[FRAME].position) + ways * frame.distance[..., None])[mine]
    (x, y, turn), (ahead_x, ahead_y, ahead_turn) = (
        car().pose((FRAME + k + 0.5 / 2) / 24) for k in (0, 1)
    )
    cosine, sine = np.cos(ahead_turn - turn), np.sin(ahead_turn - turn)
    local = points[:, :2] - (x, y)
    then = np.c_[
        cosine * local[:, 0] - sine * local[:, 1] + ahead_x,
        sine * local[:, 0] + cosine * local[:, 1] + ahead_y,
        points[:, 2],
    ]
    moved = place.camera.pixel(FRAME + 1, then) - place.camera.pixel(FRAME, points)
    assert np.abs(frame.motion[mine] * (1, -1) - moved).max() < 0.05


def test_the_sky_can_be_replaced(place: Set, frame: PlateFrame) -> None:
    cut = place.plate(PlateLayers(sky=False))
    sky = 1 - cut.picture[..., 3]
    share = np.where(frame.owners == int(owner(Thing.SKY)), frame.cover, 0).sum(axis=0)
    assert np.allclose(sky, share, atol=1e-6)
    whole = cut.picture[..., 3] == 1
    assert np.array_equal(cut.picture[whole][:, :3], frame.picture[whole][:, :3])
    assert cut.picture[sky == 1][:, :3].mean() < 0.3 * frame.picture[sky == 1][:, :3].mean()


def test_weather_apart_lies_over_the_picture(place: Set, frame: PlateFrame) -> None:
    apart = place.plate(PlateLayers(weather=False))
    assert apart.weather is not None
    assert apart.weather[..., :3].max() > 0
    assert not np.array_equal(apart.picture, frame.picture)
    over = apart.picture[..., :3] * (1 - apart.weather[..., 3:]) + apart.weather[..., :3]
    assert np.allclose(over, frame.picture[..., :3], atol=0.02, rtol=0.02)


def test_ranks_count_subframes() -> None:
    owners = np.array([[[5, 1]], [[3, 1]], [[5, 2]], [[4, 1]]], np.int32)
    ranked, cover = rank_owners(owners)
    assert ranked[:, 0, 0].tolist() == [5, 3, 4, NOBODY]
    assert cover[:, 0, 0].tolist() == [0.5, 0.25, 0.25, 0]
    assert ranked[:, 0, 1].tolist() == [1, 2, NOBODY, NOBODY]


def test_a_panorama_shows_each_direction_where_it_is() -> None:
    width = 256
    side = face_side(width)

    def look(pose: Pose) -> Floats:
        edge = (np.arange(side) + 0.5) / side * 2 - 1
        across, up = np.meshgrid(edge, -edge)
        half = np.tan(pose.hfov / 2)
        ways = pose.forward + half * (across[..., None] * pose.right + up[..., None] * pose.up)
        ways = ways / np.linalg.norm(ways, axis=-1, keepdims=True)
        return np.concatenate([ways, np.ones((side, side, 1))], axis=-1).astype(np.float32)

    found = panorama(np.zeros(3), width, look)
    assert np.abs(found[..., :3] - directions(width)).max() < 2e-3
    middle, right, top = found[64, 128], found[64, 192], found[0, 0]
    assert middle[1] > 0.99
    assert right[0] > 0.99
    assert top[2] > 0.99
    assert (found[..., 3] == 1).all()


def test_a_panorama_keeps_lamps_as_bright_as_they_are(place: Set) -> None:
    side = face_side(128)
    with place.renderer().open(Raster(width=side, height=side), EFFORTS[Quality.DRAFT]) as made:
        point = place.site.lamps.head[0] - np.array([0.0, 0.0, 2.0])
        light = panorama(point, 128, lambda pose: made.look(pose, 0.0))
    assert light.shape == (64, 128, 4)
    assert np.isfinite(light).all()
    assert light[..., :3].max() > 20


def test_a_plate_of_a_scene_that_changes_is_its_shot(
    place: Set, tmp_path_factory: pytest.TempPathFactory
) -> None:
    change = Change(field="weather.fog", value=0.6, at=0.0, over=1.0)
    foggy = place.scene.model_copy(update={"changes": (change,), "life": Life(traffic=0, smoke=0)})
    shown, stage = (RASTER, EFFORTS[Quality.DRAFT]), FolderStage(tmp_path_factory.mktemp("fog"))
    moving = (place.path, (car(),))
    with (
        closing(Reel(foggy, moving, shown, stage)) as shot,
        closing(PlateReel(foggy, moving, shown, PlateLayers(), stage)) as plates,
    ):
        picture, _ = shot.frame(FRAME, FRAME / 24)
        frame = plates.plate(FRAME)
    assert np.array_equal(frame.picture[..., :3], picture[..., :3])
    assert (frame.picture[..., 3] == 1).all()
    assert (frame.cover.sum(axis=0) == 1).all()
