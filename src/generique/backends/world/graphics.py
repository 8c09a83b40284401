"""The OpenGL context without a window, its programs and its uniforms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeAlias

import moderngl
import numpy as np

from generique.model.errors import NotConfigured
from generique.world.arrays import Floats, Ints, Octets
from generique.world.owners import Thing, owner

INSTALL = "apt-get install libegl1 libgl1-mesa-dri"
"""What gives a Debian-like machine a software renderer."""

Uniform: TypeAlias = "Floats | bytes | float | int | tuple[float, ...]"

PLATE = "".join(
    ["#define PLATE\n", *(f"#define OWNER_{thing.name} {owner(thing)}\n" for thing in Thing)]
)
"""What the shaders of a plate know: that it is one, and whose things are."""

_INCLUDE = re.compile(r"^#include (\w+)$", re.MULTILINE)


def open_context(*, plate: bool = False, fog: bool = False) -> moderngl.Context:
    """A context on EGL; the caller releases it.

    Args:
        plate: True when its programs shall write the passes of a plate beside the picture.
        fog: True when its programs shall know fog that lies on the ground.

    Raises:
        NotConfigured: EGL or Mesa is missing, or cannot give OpenGL 3.3.
    """
    try:
        settings: dict[str, Any] = {"backend": "egl"}
        context = moderngl.create_context(require=330, standalone=True, **settings)
    except (OSError, RuntimeError, ValueError, ImportError) as error:
        raise NotConfigured(
            "the world backend finds no OpenGL 3.3 on this machine",
            where="EGL without a window",
            why=str(error) or type(error).__name__,
            next_step=INSTALL,
        ) from error
    context.extra = (PLATE if plate else "") + ("#define FOG\n" if fog else "")
    return context


class Program:
    """A shader program that takes only the uniforms it knows."""

    def __init__(self, context: moderngl.Context, name: str, *parts: str) -> None:
        """Compile a program.

        Args:
            context: Where to.
            name: Of the file.
            parts: Names to define: a software renderer runs both ways of every branch, so what a
                place does not need is left out when the program is compiled.
        """
        named = "".join(f"#define {part}\n" for part in parts)
        vertex, fragment = shader_text(name, (context.extra or "") + named)
        self.handle = context.program(vertex_shader=vertex, fragment_shader=fragment)

    def set(self, values: Mapping[str, Uniform]) -> None:
        """Set uniforms by name; those that the shader does not use are passed over."""
        for name, value in values.items():
            if name not in self.handle:
                continue
            uniform = self.handle[name]
            if not isinstance(uniform, moderngl.Uniform):
                continue
            if isinstance(value, bytes):
                uniform.write(value)
            elif isinstance(value, np.ndarray):
                uniform.value = tuple(float(part) for part in value)
            else:
                uniform.value = value


def shader_text(name: str, defined: str = "") -> tuple[str, str]:
    """Vertex and fragment shader of a program, includes put in.

    Args:
        name: Of the file.
        defined: Lines that stand before everything.
    """
    folder = files("generique.backends.world") / "shaders"

    def read(part: str) -> str:
        return (folder / f"{part}.glsl").read_text(encoding="utf-8")

    def put_in(text: str) -> str:
        return _INCLUDE.sub(lambda match: read(match[1]), text)

    _, vertex, fragment = re.split(r"^#(?:vertex|fragment)\n", read(name), flags=re.MULTILINE)
    head = f"#version 330\n{defined}"
    return head + put_in(vertex), head + put_in(fragment)


def matrix(values: Floats) -> bytes:
    """A matrix as OpenGL takes it: columns first, single precision."""
    return np.ascontiguousarray(values.T, np.float32).tobytes()


def noise_picture() -> Octets:
    """256 x 256 tileable noise with structure on several scales."""
    return np.asarray(_noise() * 255, np.uint8)


def smooth_noise_picture(finer: int) -> Ints:
    """The noise of :func:`noise_picture`, band-limited between its values.

    Where a picture magnifies the noise, straight lines from value to value would show as a lattice,
    and 256 levels as terraces.

    Args:
        finer: Values for each of the other's, along a side.

    Returns:
        Square, 0 to 65535.
    """
    side = 256 * finer
    spectrum = np.zeros((side, side), complex)
    middle = slice(side // 2 - 128, side // 2 + 128)
    spectrum[middle, middle] = np.fft.fftshift(np.fft.fft2(_noise()))
    fine = np.fft.ifft2(np.fft.ifftshift(spectrum)).real * finer**2
    return np.asarray(fine.clip(0, 1) * 65535, np.uint16)


def _noise() -> Floats:
    chance = np.random.default_rng(3)
    spectrum = np.fft.fft2(chance.normal(size=(256, 256)))
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(256), np.fft.fftfreq(256)))
    total = np.zeros((256, 256))
    for sigma in (0.7, 1.5, 4.0, 12.0):
        smooth = np.fft.ifft2(spectrum * np.exp(-2 * (np.pi * sigma * frequency) ** 2)).real
        total += smooth * sigma
    low, high = total.min(), total.max()
    return np.asarray((total - low) / (high - low))
