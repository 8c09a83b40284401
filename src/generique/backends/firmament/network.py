"""The network of ``firmament``, run with numpy alone.

It is the U-Net of Ho, Jain and Abbeel, "Denoising Diffusion Probabilistic Models", NeurIPS 2020,
without attention, in the form and with the names that the class ``UNet2DModel`` of diffusers
gives it; the weights are a file of that class. The tests of local models hold both to each other.
A picture is an array of channels x height x width, float32.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Plane: TypeAlias = NDArray[np.float32]
_EPSILON = 1e-5


class Network:
    """A trained network.

    Args:
        weights: By the names of diffusers, any float type.
        levels: Channels at each level, the finest first.
        groups: Of every group normalisation.
    """

    def __init__(
        self, weights: Mapping[str, NDArray[np.floating]], levels: tuple[int, ...], groups: int
    ) -> None:
        self._weights = {name: value.astype(np.float32) for name, value in weights.items()}
        self._levels = levels
        self._groups = groups

    def __call__(self, picture: Plane, step: int, label: int) -> Plane:
        """The velocity at a step of the diffusion.

        Args:
            picture: Channels x height x width; both divisible by two at every level.
            step: 0 to 999.
            label: Of the class.
        """
        about = self._embedding(step, label)
        held = _convolved(picture, *self._layer("conv_in"))
        kept = [held]
        last = len(self._levels) - 1
        for level in range(last + 1):
            held = self._residual(f"down_blocks.{level}.resnets.0", held, about)
            kept.append(held)
            if level < last:
                name = f"down_blocks.{level}.downsamplers.0.conv"
                held = _convolved(held, *self._layer(name), stride=2)
                kept.append(held)
        for place in range(2):
            held = self._residual(f"mid_block.resnets.{place}", held, about)
        for level in range(last + 1):
            for place in range(2):
                held = np.concatenate((held, kept.pop()))
                held = self._residual(f"up_blocks.{level}.resnets.{place}", held, about)
            if level < last:
                held = held.repeat(2, axis=1).repeat(2, axis=2)
                held = _convolved(held, *self._layer(f"up_blocks.{level}.upsamplers.0.conv"))
        held = _silu(self._normed("conv_norm_out", held))
        return _convolved(held, *self._layer("conv_out"))

    def _embedding(self, step: int, label: int) -> Plane:
        half = self._levels[0] // 2
        angle = step * np.exp(-math.log(10_000) * np.arange(half, dtype=np.float32) / half)
        wave = np.concatenate((np.cos(angle), np.sin(angle))).astype(np.float32)
        time = self._linear("time_embedding.linear_2", _silu(self._linear(
            "time_embedding.linear_1", wave
        )))  # fmt: skip
        found: Plane = time + self._weights["class_embedding.weight"][label]
        return found

    def _residual(self, name: str, held: Plane, about: Plane) -> Plane:
        found = _convolved(
            _silu(self._normed(f"{name}.norm1", held)), *self._layer(f"{name}.conv1")
        )
        found += self._linear(f"{name}.time_emb_proj", _silu(about))[:, None, None]
        found = _convolved(
            _silu(self._normed(f"{name}.norm2", found)), *self._layer(f"{name}.conv2")
        )
        if f"{name}.conv_shortcut.weight" in self._weights:
            held = _convolved(held, *self._layer(f"{name}.conv_shortcut"))
        found += held
        return found

    def _normed(self, name: str, held: Plane) -> Plane:
        """Group normalisation; mean and variance in double precision."""
        parts = held.reshape(self._groups, -1)
        mean = parts.mean(axis=1, keepdims=True, dtype=np.float64)
        spread = parts.var(axis=1, keepdims=True, dtype=np.float64)
        level = parts - mean.astype(np.float32)
        level /= np.sqrt(spread + _EPSILON).astype(np.float32)
        scale, shift = self._layer(name)
        found: Plane = level.reshape(held.shape) * scale[:, None, None] + shift[:, None, None]
        return found

    def _linear(self, name: str, vector: Plane) -> Plane:
        weight, bias = self._layer(name)
        found: Plane = weight @ vector + bias
        return found

    def _layer(self, name: str) -> tuple[Plane, Plane]:
        return self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]


def _silu(held: Plane) -> Plane:
    found: Plane = held / (1 + np.exp(-held))
    return found


def _convolved(held: Plane, weight: Plane, bias: Plane, stride: int = 1) -> Plane:
    """A convolution with zeros beyond the edge, as one product of matrices."""
    channels, height, width = held.shape
    out, _, size, _ = weight.shape
    edge = size // 2
    high, wide = height // stride, width // stride
    padded = np.pad(held, ((0, 0), (edge, edge), (edge, edge)))
    taps = np.empty((channels, size, size, high, wide), np.float32)
    for down in range(size):
        for across in range(size):
            taps[:, down, across] = padded[
                :,
                down : down + high * stride : stride,
                across : across + wide * stride : stride,
            ]
    found: Plane = weight.reshape(out, -1) @ taps.reshape(-1, high * wide)
    found += bias[:, None]
    return found.reshape(out, high, wide)
