"""What the layers of a plate are called in its files, and how precise each is kept."""

from __future__ import annotations

import numpy as np

from generique.backends.world.plate_renderer import PlateFrame
from generique.model.time import Rate
from generique.production.plate_ports import PlateOrder, PlatePicture
from generique.world.arrays import Floats
from generique.world.owners import kind_name, kinds_of, owner_name
from generique.world.plates.cryptomatte import matte_layers
from generique.world.plates.plate_camera import PlateCamera

BRIGHTEST = 65504.0
"""Largest finite number of half precision."""
PREMULTIPLIED = "premultiplied"
"""How colour stands to alpha in every layer; OpenEXR has no attribute of its own for it."""
OBJECTS = "CryptoObject"
KINDS = "CryptoAsset"


def picture_channels(picture: Floats, layer: str = "") -> dict[str, Floats]:
    """R, G, B and A of height x width x 4, in half precision."""
    halves = np.clip(picture, -BRIGHTEST, BRIGHTEST).astype(np.float16)
    return {f"{layer}{name}": halves[..., k] for k, name in enumerate("RGBA")}


def frame_picture(
    index: int, frame: PlateFrame, camera: PlateCamera, order: PlateOrder
) -> PlatePicture:
    """A frame as a file of several layers.

    Args:
        index: From 0.
        frame: What was drawn.
        camera: Of the plate.
        order: What was wanted.
    """
    channels = picture_channels(frame.picture)
    if frame.weather is not None:
        channels |= picture_channels(frame.weather, "weather.")
    channels["Z"], channels["distance.Z"] = frame.depth, frame.distance
    for k, axis in enumerate("XYZ"):
        channels[f"N.{axis}"] = frame.normal[..., k].astype(np.float16)
    channels["forward.u"], channels["forward.v"] = frame.motion[..., 0], frame.motion[..., 1]
    objects, said = matte_layers(OBJECTS, frame.owners, frame.cover, owner_name)
    kinds, cover = _by_kind(frame.owners, frame.cover)
    assets, also = matte_layers(KINDS, kinds, cover, kind_name)
    sample, raster = camera.samples[index], camera.raster
    return PlatePicture(
        channels=channels | objects | assets,
        rate=camera.rate,
        frame=index,
        matrices={
            "worldToCamera": sample.world_to_camera(),
            "worldToNDC": sample.world_to_ndc(raster.width / raster.height),
        },
        texts=described(order) | said | also,
        numbers={
            "pinholeFocalLength": sample.focal,
            "shutterAngle": 360 * (camera.shutter[1] - camera.shutter[0]),
            "expTime": (camera.shutter[1] - camera.shutter[0]) / float(camera.rate.fps),
        },
    )


def panorama_picture(picture: Floats, rate: Rate, order: PlateOrder) -> PlatePicture:
    """A picture all round as a file; single precision, so that no lamp is cut off."""
    channels = {name: picture[..., k].astype(np.float32) for k, name in enumerate("RGBA")}
    return PlatePicture(channels=channels, rate=rate, texts=described(order), panorama=True)


def described(order: PlateOrder) -> dict[str, str]:
    """What every file says of itself."""
    said = {"generique/take": order.take, "generique/scene": order.scene}
    return said | {"generique/alpha": PREMULTIPLIED}


def _by_kind(owners: Floats, cover: Floats) -> tuple[Floats, Floats]:
    """Kinds by falling cover, where owners of one kind are counted together."""
    kinds = np.where(owners < 0, owners, kinds_of(owners))
    total = np.zeros_like(cover)
    for rank in range(len(owners)):
        # What a kind covers goes to the rank at which it was seen first, the greatest owner's.
        first = np.argmax(kinds == kinds[rank], axis=0)[None]
        here = np.where(kinds[rank] < 0, 0, cover[rank])[None]
        held = np.take_along_axis(total, first, axis=0)
        np.put_along_axis(total, first, held + here, axis=0)
    kinds = np.where(total > 0, kinds, -1)
    order = np.argsort(-total, axis=0, kind="stable")
    return np.take_along_axis(kinds, order, axis=0), np.take_along_axis(total, order, axis=0)
