"""The camera of a plate for other programs: matrices, plain JSON and USD.

One frame of the plate is one sample, and its moment is the middle of the exposure: there the first
hits, the normals and the movement of the frame were taken, and there the exported camera stands.
World: metres, x east, y north, z up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from pydantic import SerializerFunctionWrapHandler, model_serializer

from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import Value
from generique.world.arrays import Floats
from generique.world.camera import Pose

FILM_WIDTH = 36.0
"""Horizontal aperture, millimetres; focal lengths in scene documents are for it."""
NEAR_AND_FAR = (0.1, 14000.0)
USD_MILLIMETRES = 100.0
"""In a unit of lenses in USD: a tenth of the stage's unit, which is the metre."""


class CameraSample(Value):
    """The camera in the middle of the exposure of a frame.

    Attributes:
        frame: From 0.
        position: Metres.
        right: Unit vector to the right of the picture, in the world.
        up: Unit vector upwards in the picture.
        forward: Unit vector of the line of sight.
        focal: Millimetres on a frame :data:`FILM_WIDTH` wide.
        focus: Metres along the axis to what is sharp; None where everything is.
    """

    frame: int
    position: tuple[float, float, float]
    right: tuple[float, float, float]
    up: tuple[float, float, float]
    forward: tuple[float, float, float]
    focal: float
    focus: float | None = None

    @classmethod
    def of(cls, frame: int, pose: Pose, focus: float | None = None) -> CameraSample:
        """The sample of a pose."""
        return cls(
            frame=frame,
            position=_three(pose.position),
            right=_three(pose.right),
            up=_three(pose.up),
            forward=_three(pose.forward),
            focal=FILM_WIDTH / 2 / float(np.tan(pose.hfov / 2)),
            focus=focus,
        )

    @model_serializer(mode="wrap")
    def _without_none(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}

    def world_to_camera(self) -> Floats:
        """4 x 4 for row vectors, left-handed: x right, y up, z ahead (as OpenEXR has it)."""
        turn = np.array([self.right, self.up, self.forward]).T
        found = np.eye(4)
        found[:3, :3] = turn
        found[3, :3] = -np.array(self.position) @ turn
        return found

    def world_to_ndc(self, aspect: float) -> Floats:
        """4 x 4 for row vectors; x / w and y / w run from 0, left and top, to 1 (OpenEXR).

        Args:
            aspect: Width of the picture over its height.
        """
        scale = 2 * self.focal / FILM_WIDTH
        near, far = NEAR_AND_FAR
        lens = np.zeros((4, 4))
        lens[0, 0], lens[1, 1] = 0.5 * scale, -0.5 * scale * aspect
        lens[2] = (0.5, 0.5, far / (far - near), 1.0)
        lens[3, 2] = -far * near / (far - near)
        return np.asarray(self.world_to_camera() @ lens)


class PlateCamera(Value):
    """The camera of a plate, frame by frame: ``camera.json``.

    Attributes:
        aperture: Width and height of the frame in millimetres.
        shutter: When the shutter opens and closes, in frames from a sample's moment.
        samples: One for each frame of the shot, in order.
        f_number: Of the lens; None where everything is sharp.
    """

    schema_version: Literal["generique/plate-camera/1"] = "generique/plate-camera/1"
    rate: Rate
    raster: Raster
    aperture: tuple[float, float]
    shutter: tuple[float, float]
    samples: tuple[CameraSample, ...]
    f_number: float | None = None

    @classmethod
    def of(
        cls,
        poses: Sequence[Pose],
        raster: Raster,
        rate: Rate,
        opened: float,
        lens: tuple[float, Sequence[float]] | None = None,
    ) -> PlateCamera:
        """The camera of poses, the first of which is of frame 0.

        Args:
            poses: In the middle of each exposure.
            raster: Of the plate.
            rate: Of the plate.
            opened: Share of a frame that the shutter is open.
            lens: f-number, and the distance of focus at each pose; None for sharp everywhere.
        """
        number, focus = lens if lens is not None else (None, [None] * len(poses))
        return cls(
            rate=rate,
            raster=raster,
            aperture=(FILM_WIDTH, FILM_WIDTH * raster.height / raster.width),
            shutter=(-opened / 2, opened / 2),
            samples=tuple(
                CameraSample.of(k, pose, sharp)
                for k, (pose, sharp) in enumerate(zip(poses, focus, strict=True))
            ),
            f_number=number,
        )

    @model_serializer(mode="wrap")
    def _without_none(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}

    def pixel(self, frame: int, points: Floats) -> Floats:
        """Where points of the world are seen.

        Args:
            frame: From 0.
            points: n x 3 metres, in front of the camera.

        Returns:
            n x 2 pixels from the left and the top edge; the middle of the first pixel is at 0.5.
        """
        width, height = self.raster.width, self.raster.height
        matrix = self.samples[frame].world_to_ndc(width / height)
        found = np.c_[points, np.ones(len(points))] @ matrix
        return np.asarray(found[:, :2] / found[:, 3:] * (width, height))

    def usd(self) -> str:
        """The same as a USD stage in ASCII, with one ``UsdGeomCamera`` and a sample a frame."""
        fps = float(self.rate.fps)
        last = self.samples[-1].frame
        moves = "\n".join(f"            {s.frame}: {_rows(s)}," for s in self.samples)
        lenses = "\n".join(
            f"            {s.frame}: {s.focal / USD_MILLIMETRES:.9g}," for s in self.samples
        )
        return _STAGE.format(
            fps=f"{fps:.10g}",
            first=self.samples[0].frame,
            last=last,
            moves=moves,
            lenses=lenses,
            wide=f"{self.aperture[0] / USD_MILLIMETRES:.9g}",
            high=f"{self.aperture[1] / USD_MILLIMETRES:.9g}",
            near=NEAR_AND_FAR[0],
            far=NEAR_AND_FAR[1],
            opens=self.shutter[0],
            closes=self.shutter[1],
            lens=self._usd_lens(),
        )

    def _usd_lens(self) -> str:
        """Aperture and distance of focus as USD has them; empty where everything is sharp."""
        if self.f_number is None:
            return ""
        focus = "\n".join(f"            {s.frame}: {s.focus:.9g}," for s in self.samples)
        return (
            f"        float fStop = {self.f_number:.9g}\n"
            f"        float focusDistance.timeSamples = {{\n{focus}\n        }}\n"
        )


def _three(values: Floats) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z


def _rows(sample: CameraSample) -> str:
    """The camera's place as USD has it: row vectors, looking along its own -z."""
    back = tuple(-value for value in sample.forward)
    rows = [(*axis, 0.0) for axis in (sample.right, sample.up, back)] + [(*sample.position, 1.0)]
    return "( " + ", ".join("(" + ", ".join(f"{v:.9g}" for v in row) + ")" for row in rows) + " )"


_STAGE = """\
#usda 1.0
(
    defaultPrim = "plate"
    metersPerUnit = 1
    upAxis = "Z"
    startTimeCode = {first}
    endTimeCode = {last}
    timeCodesPerSecond = {fps}
    framesPerSecond = {fps}
)

def Xform "plate"
{{
    def Camera "camera"
    {{
        # Apertures and focal length are in tenths of the stage's unit: 0.36 is 36 mm.
        token projection = "perspective"
        float horizontalAperture = {wide}
        float verticalAperture = {high}
        float2 clippingRange = ({near}, {far})
        double shutter:open = {opens}
        double shutter:close = {closes}
        float focalLength.timeSamples = {{
{lenses}
        }}
{lens}        matrix4d xformOp:transform.timeSamples = {{
{moves}
        }}
        uniform token[] xformOpOrder = ["xformOp:transform"]
    }}
}}
"""
