"""Cryptomatte 1.2: names of objects as floats, in ranked pairs with their cover.

After the specification of Psyop (version 1.2.0, 2018): the hash of a name is MurmurHash3 for x86 in
32 bits with seed 0 over its UTF-8 bytes (Austin Appleby, public domain), made a number that is
neither denormal, infinite nor NaN, and stored as the bits of a single-precision float. Each layer
has two ranks, in R and G, B and A: identity and cover.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import numpy as np

from generique.world.arrays import Floats, Ints

HASH = "MurmurHash3_32"
CONVERSION = "uint32_to_float32"
_EXPONENT = 0x7F800000
_LOWEST_EXPONENT_BIT = 1 << 23
_WORD = 0xFFFFFFFF


def hash_name(name: str) -> int:
    """MurmurHash3_x86_32 of a name's UTF-8 bytes, seed 0."""
    data = name.encode("utf-8")
    state = 0
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        state ^= _mixed(int.from_bytes(data[at : at + 4], "little"))
        state = (_turned(state, 13) * 5 + 0xE6546B64) & _WORD
    if whole < len(data):
        state ^= _mixed(int.from_bytes(data[whole:], "little"))
    state ^= len(data)
    state = ((state ^ state >> 16) * 0x85EBCA6B) & _WORD
    state = ((state ^ state >> 13) * 0xC2B2AE35) & _WORD
    return state ^ state >> 16


def _mixed(block: int) -> int:
    return (_turned((block * 0xCC9E2D51) & _WORD, 15) * 0x1B873593) & _WORD


def _turned(value: int, bits: int) -> int:
    return ((value << bits) | (value >> (32 - bits))) & _WORD


@cache
def identity(name: str) -> int:
    """The bits that stand for a name; an exponent of 0 or 255 has its lowest bit turned over."""
    bits = hash_name(name)
    return bits ^ _LOWEST_EXPONENT_BIT if bits & _EXPONENT in (0, _EXPONENT) else bits


def as_float(bits: int) -> float:
    """The single-precision number that has these bits."""
    return float(np.array(bits, np.uint32).view(np.float32))


def matte_layers(
    name: str, owners: Ints, cover: Floats, naming: Callable[[int], str]
) -> tuple[dict[str, Floats], dict[str, str]]:
    """Channels and metadata of one matte.

    Args:
        name: Of the matte, for example ``CryptoObject``.
        owners: ranks x height x width, by falling cover; less than 0 for nobody.
        cover: As many shares of the pixel.
        naming: Name of an owner.

    Returns:
        Channels ``NAME00.R`` and so on, float32, and the header's attributes.
    """
    seen = np.unique(owners)
    names = {int(code): naming(int(code)) for code in seen if code >= 0}
    bits = np.array([identity(names[code]) if code >= 0 else 0 for code in map(int, seen)])
    numbers = bits.astype(np.uint32).view(np.float32)[np.searchsorted(seen, owners)]
    empty = np.zeros(owners.shape[1:], np.float32)
    channels: dict[str, Floats] = {}
    for layer in range((len(owners) + 1) // 2):
        planes = []
        for rank in (2 * layer, 2 * layer + 1):
            there = rank < len(owners)
            planes += [numbers[rank], cover[rank]] if there else [empty, empty]
        channels |= {f"{name}{layer:02d}.{c}": p for c, p in zip("RGBA", planes, strict=True)}
    return channels, metadata(name, names.values())


def metadata(name: str, names: Iterable[str]) -> dict[str, str]:
    """What the header says of a matte: how names became numbers, and which names there are."""
    key = f"cryptomatte/{hash_name(name):08x}"[: len("cryptomatte/") + 7]
    manifest = {one: f"{identity(one):08x}" for one in sorted(names)}
    return {
        f"{key}/name": name,
        f"{key}/hash": HASH,
        f"{key}/conversion": CONVERSION,
        f"{key}/manifest": json.dumps(manifest, ensure_ascii=False, separators=(",", ":")),
    }


def share_of(name: str, matte: str, channels: Mapping[str, Floats]) -> Floats:
    """The matte of one name, height x width, 0 to 1, as a compositor pulls it from the channels.

    Args:
        name: Of the object.
        matte: Of the matte, for example ``CryptoObject``.
        channels: Of a file, float32.
    """
    wanted = np.uint32(identity(name))
    found = np.zeros_like(next(iter(channels.values())), dtype=np.float32)
    for layer in range(sum(1 for key in channels if key.startswith(matte) and key.endswith(".R"))):
        for ids, cover in ("RG", "BA"):
            bits = np.ascontiguousarray(channels[f"{matte}{layer:02d}.{ids}"]).view(np.uint32)
            found += np.where(bits == wanted, channels[f"{matte}{layer:02d}.{cover}"], 0)
    return found
