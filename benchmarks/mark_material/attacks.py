"""What happens to films on their way, by name, with the truth to score against.

Each attack is one or more passes of ffmpeg with one thread, with the filter strings that
:func:`describe` prints. Pictures drawn over the film (a logo, subtitles) are made here, so that no
font of the machine matters.
"""

from __future__ import annotations

import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from generique.model.element import Raster
from generique.model.errors import BackendFailed
from generique.model.time import Rate
from mark_material.drawing import captioned
from mark_material.steps import Crop, Look, Matrix, Mirror, Pad, Rotate, Scale, Size, Step, moved
from mark_material.video import Form, command, form_of


def _h264(crf: int) -> tuple[str, ...]:
    return ("-c:v", "libx264", "-preset", "veryfast", "-crf", str(crf), "-pix_fmt", "yuv420p")


def _hevc(crf: int, pixels: str = "yuv420p") -> tuple[str, ...]:
    return (
        *("-c:v", "libx265", "-preset", "superfast", "-crf", str(crf), "-pix_fmt", pixels),
        *("-x265-params", "pools=none:frame-threads=1:log-level=error"),
    )


def _av1(crf: int) -> tuple[str, ...]:
    return (
        *("-c:v", "libsvtav1", "-preset", "10", "-crf", str(crf), "-pix_fmt", "yuv420p"),
        *("-svtav1-params", "lp=1"),
    )


class Pass(NamedTuple):
    """One generation of a copy.

    Attributes:
        steps: What happens to the picture, in order.
        encoder: Options of ffmpeg's encoder.
        tempo: ``"keep"``; ``"convert"``: 24 to 25 or 25 to 24 frames a second at the same speed,
            frames doubled or dropped; ``"speed"``: the same two rates, every frame kept, so the
            film runs 4 % faster or slower; ``"late"``: the copy begins half a second into the shot.
        over: ``"logo"`` or ``"subtitles"`` drawn over the result, or "".
    """

    steps: tuple[Step, ...]
    encoder: tuple[str, ...]
    tempo: str = "keep"
    over: str = ""


_DARK, _BRIGHT = "eq=brightness=-0.15:contrast=0.9", "eq=brightness=0.12:contrast=1.15"
_SCREEN = "gblur=sigma=0.8,noise=alls=8:allf=t:all_seed=1,eq=gamma=1.12:saturation=0.9"

_LATE = 12
"""Frames that a copy which begins late does without."""

ATTACKS: dict[str, tuple[Pass, ...]] = {
    "none": (Pass((), _h264(14)),),
    "h264_crf30": (Pass((), _h264(30)),),
    "crop5_half_crf28": (Pass((Crop(0.95, 0.95), Size(640, 360)), _h264(28)),),
    "late_crop5_half_crf28": (Pass((Crop(0.95, 0.95), Size(640, 360)), _h264(28), tempo="late"),),
    "crop55": (Pass((Crop(0.55, 0.55),), _h264(23)),),
    "crop55_crf30": (Pass((Crop(0.55, 0.55),), _h264(30)),),
    "426x240_crf28": (Pass((Size(426, 240),), _h264(28)),),
    "360p_crf28": (Pass((Size(640, 360),), _h264(28)),),
    "hevc_crf28": (Pass((), _hevc(28)),),
    "hevc_crf32": (Pass((), _hevc(32)),),
    "av1_crf30": (Pass((), _av1(30)),),
    "av1_crf32": (Pass((), _av1(32)),),
    "rate_conversion": (Pass((), _h264(23), tempo="convert"),),
    "speed_4": (Pass((), _h264(23), tempo="speed"),),
    "brightness_up": (Pass((Look(_BRIGHT),), _h264(23)),),
    "brightness_down": (Pass((Look(_DARK),), _h264(23)),),
    "brightness_half": (Pass((Look("colorlevels=romax=0.5:gomax=0.5:bomax=0.5"),), _h264(23)),),
    "contrast": (Pass((Look("eq=contrast=1.3:saturation=1.2"),), _h264(23)),),
    "gamma": (Pass((Look("eq=gamma=0.75"),), _h264(23)),),
    "colourless": (Pass((Look("hue=s=0"),), _h264(23)),),
    "logo": (Pass((), _h264(23), over="logo"),),
    "subtitles": (Pass((), _h264(23), over="subtitles"),),
    "screen_recording": (Pass((Scale(0.93), Look(_SCREEN)), _h264(26)),),
    "corner_crop10": (Pass((Crop(0.9, 0.9, 0, 0), Scale(1 / 0.9)), _h264(23)),),
    "mirror": (Pass((Mirror(),), _h264(23)),),
    "rotation1": (Pass((Rotate(1.0), Crop(0.96, 0.96), Scale(1 / 0.96)), _h264(23)),),
    "rotation1_black_corners": (Pass((Rotate(-1.0),), _h264(23)),),
    "squeeze_4_3": (Pass((Scale(0.75, 1.0),), _h264(23)),),
    "letterbox_added": (Pass((Scale(0.75), Pad(4 / 3)), _h264(23)),),
    "letterbox_removed": (Pass((Crop(1.0, 0.744),), _h264(23)),),
    "sharpened": (Pass((Look("unsharp=5:5:1.0"),), _h264(26)),),
    "denoised": (Pass((Look("hqdn3d=4:3:6:4.5"),), _h264(26)),),
    "ten_bit": (Pass((), _hevc(24, "yuv420p10le")),),
    "double_transcode": (
        Pass((Scale(0.5),), _h264(26)),
        Pass((Scale(2.0),), _hevc(28)),
    ),
    "combination": (
        Pass((Crop(0.95, 0.95), Size(640, 360), Look(_BRIGHT)), _h264(30), tempo="convert"),
    ),
    "social_upload": (
        Pass((Crop(0.97, 0.93, 0.3, 0.6), Size(854, 480)), _h264(28), over="logo"),
        Pass((Look("eq=saturation=1.15"),), _h264(28), over="subtitles"),
    ),
}
"""Every attack by name."""


class Truth(NamedTuple):
    """Where and when the frames of an attacked file come from.

    Attributes:
        source: Form of the file attacked.
        attacked: Form of the copy.
        matrix: (3, 3) from pixel positions of the copy to those of the source. The middle of the
            first pixel is (0, 0), as in ``cv2.warpAffine``.
        speed: How much faster the copy runs than the source.
        frames: For each frame of the copy, the number of the source frame that it shows.
    """

    source: Form
    attacked: Form
    matrix: Matrix
    speed: Fraction
    frames: tuple[int, ...]

    @property
    def mirrored(self) -> bool:
        """Whether left and right were exchanged."""
        return float(np.linalg.det(self.matrix[:2, :2])) < 0


def attack(name: str, source: Path, target: Path) -> Truth:
    """Make an attacked copy (MP4).

    Raises:
        BackendFailed: ffmpeg could not make it.
    """
    before = form_of(source)
    given, matrix, speed = source, np.eye(3), Fraction(1)
    frames = tuple(range(before.frames))
    passes = ATTACKS[name]
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        for number, one in enumerate(passes):
            form = form_of(given)
            last = number == len(passes) - 1
            made = target if last else Path(scratch) / f"pass-{number}.mp4"
            _run(one, form, given, made)
            matrix = matrix @ _back(one, form.raster)
            rate = _rate(one, form.rate)
            if one.tempo == "convert":
                frames = tuple(frames[k] for k in _resampled(len(frames), form.rate, rate))
            if one.tempo == "late":
                frames = frames[_LATE:]
            if one.tempo == "speed":
                speed *= rate.fps / form.rate.fps
            given = made
    after = form_of(target)
    if after.frames != len(frames):
        raise BackendFailed(f"{name}: {after.frames} frames came out, {len(frames)} were due")
    middle = moved(-0.5, -0.5) @ matrix @ moved(0.5, 0.5)
    return Truth(before, after, middle, speed, frames)


def describe(name: str, raster: Raster, rate: Rate) -> list[str]:
    """The filters and the encoder of each pass, for a report."""
    lines = []
    for one in ATTACKS[name]:
        lines.append(f"{_filters(one, raster, rate) or 'null'} | {' '.join(one.encoder)}")
        raster, rate = _after(one, raster), _rate(one, rate)
    return lines


def _rate(one: Pass, rate: Rate) -> Rate:
    """24 becomes 25 and the other way round, when the pass says so."""
    if one.tempo in ("keep", "late"):
        return rate
    return Rate(numerator=24 if rate.fps >= 25 else 25)


def _resampled(count: int, before: Rate, after: Rate) -> list[int]:
    """Which frame each new frame shows, as ffmpeg's ``fps`` filter chooses.

    The filter rounds each frame's time to the new clock, halves away from zero, and lets a frame
    stand until the next one is due; the last one stands for its own length.
    """
    ratio = after.fps / before.fps
    due = [int(k * ratio + Fraction(1, 2)) for k in range(count + 1)]
    out: list[int] = []
    for number in range(due[-1]):
        shown = len(out) and out[-1]
        while shown + 1 < count and due[shown + 1] <= number:
            shown += 1
        out.append(shown)
    return out


def _after(one: Pass, raster: Raster) -> Raster:
    for step in one.steps:
        raster = step.raster(raster)
    return raster


def _back(one: Pass, raster: Raster) -> Matrix:
    matrix = np.eye(3)
    for step in one.steps:
        matrix = matrix @ step.back(raster)
        raster = step.raster(raster)
    return matrix


def _filters(one: Pass, raster: Raster, rate: Rate) -> str:
    filters = []
    for step in one.steps:
        filters.append(step.filters(raster))
        raster = step.raster(raster)
    target = _rate(one, rate)
    if one.tempo == "convert":
        filters.append(f"fps={target.fps}")
    if one.tempo == "late":
        filters.append(f"trim=start_frame={_LATE},setpts=PTS-STARTPTS")
    if one.tempo == "speed":
        filters.append(f"settb=1/{target.fps},setpts=N")
    if one.steps:
        filters.append("setsar=1")
    return ",".join(filters)


def _run(one: Pass, form: Form, source: Path, target: Path) -> None:
    filters = _filters(one, form.raster, form.rate) or "null"
    target_rate = _rate(one, form.rate)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        drawn = _overlays(one.over, _after(one, form.raster), Path(scratch))
        graph = f"[0:v]{filters}[v0]"
        for k, (_, when) in enumerate(drawn):
            graph += f";[v{k}][{k + 1}:v]overlay=0:0:enable='{when}'[v{k + 1}]"
        arguments = ["-i", str(source)]
        for path, _ in drawn:
            arguments += ["-i", str(path)]
        arguments += ["-filter_complex", graph, "-map", f"[v{len(drawn)}]"]
        arguments += _sound(one, form)
        arguments += [*one.encoder, "-r", str(target_rate.fps), str(target)]
        done = subprocess.run(command(arguments), check=False, capture_output=True)
    if done.returncode:
        raise BackendFailed(
            f"{target.name} could not be made", why=done.stderr.decode(errors="replace")[-500:]
        )


def _sound(one: Pass, form: Form) -> list[str]:
    if not form.sound:
        return []
    heard = ["-map", "0:a", "-c:a", "aac", "-b:a", "128k"]
    if one.tempo == "speed":
        pitch = _rate(one, form.rate).fps / form.rate.fps
        heard += ["-af", f"aresample=48000,asetrate={round(48000 * pitch)},aresample=48000"]
    return heard


def _overlays(what: str, raster: Raster, folder: Path) -> list[tuple[Path, str]]:
    """Pictures to lay over a film and when each is shown."""
    if not what:
        return []
    texts = ("",) if what == "logo" else ("Did you hear that?", "It came from the river.", "Wait.")
    drawn = []
    for k, text in enumerate(texts):
        path = folder / f"over-{k}.png"
        picture = _logo(raster) if what == "logo" else _subtitle(raster, text)
        cv2.imwrite(str(path), picture)
        drawn.append((path, "1" if what == "logo" else f"eq(mod(floor(t*0.9),3),{k})"))
    return drawn


def _logo(raster: Raster) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A mark of a station of 20 x 12 % in the top right corner, BGRA, mostly opaque."""
    picture = np.zeros((raster.height, raster.width, 4), np.uint8)
    width, height = raster.width // 5, raster.height * 12 // 100
    left, top = raster.width - width - raster.width // 40, raster.height // 30
    picture[top : top + height, left : left + width] = (30, 60, 200, 220)
    middle = (left + height // 2 + 8, top + height // 2)
    cv2.circle(picture, middle, height // 3, (255, 255, 255, 255), -1, cv2.LINE_AA)
    strip = np.ascontiguousarray(picture[..., :3])
    captioned(
        strip, "TV 9", (left + height + 16, top + height * 7 // 10), height // 2, (255, 255, 255)
    )
    picture[..., :3] = strip
    return picture


def _subtitle(raster: Raster, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A line of white with a black edge near the foot, BGRA."""
    size = raster.height // 15
    plane = np.zeros((raster.height, raster.width, 3), np.uint8)
    left = (raster.width - len(text) * size // 2) // 2
    captioned(plane, text, (left, raster.height * 9 // 10), size, (255, 255, 255))
    edge = cv2.dilate(plane[..., 0], np.ones((5, 5), np.uint8))
    return np.asarray(np.dstack([plane, edge]), np.uint8)
