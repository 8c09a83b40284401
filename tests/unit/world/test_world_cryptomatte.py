from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.world.owners import NUMBERS, Thing, kind_name, kinds_of, owner, owner_name
from generique.world.plates.cryptomatte import (
    as_float,
    hash_name,
    identity,
    matte_layers,
    metadata,
    share_of,
)

# Published with the reference implementation of the specification.
PUBLISHED = {
    "hello": 6.0705627102400005616e-17,
    "cube": -4.08461912519e15,
    "sphere": 2.79018604383e15,
    "plane": 3.66557617593e-11,
    "равнина": -1.3192631212399999468e-25,
    "mädchen": 6.2361298211599995797e25,
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_names_become_the_published_numbers(name: str) -> None:
    assert np.float32(as_float(identity(name))) == np.float32(PUBLISHED[name])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        ("a", 0x3C2569B2),
        ("ab", 0x9BBFD75F),
        ("abc", 0xB3DD93FA),
        ("test", 0xBA6BD213),
        ("The quick brown fox jumps over the lazy dog", 0x2E4FF723),
    ],
)
def test_the_hash_is_murmur_3(text: str, value: int) -> None:
    assert hash_name(text) == value


@given(st.text(max_size=40))
def test_every_name_is_an_ordinary_number(name: str) -> None:
    number = np.float32(as_float(identity(name)))
    assert np.isfinite(number)
    assert abs(number) >= np.finfo(np.float32).tiny


def test_a_matte_is_pulled_from_its_layers() -> None:
    house, car, sky = (int(owner(thing, 3)) for thing in (Thing.HOUSE, Thing.CAR, Thing.SKY))
    owners = np.array([[[house, car]], [[sky, -1]], [[car, -1]]], np.int32)
    cover = np.array([[[0.5, 1.0]], [[0.25, 0.0]], [[0.25, 0.0]]], np.float32)
    channels, said = matte_layers("CryptoObject", owners, cover, owner_name)
    assert set(channels) == {f"CryptoObject0{k}.{c}" for k in (0, 1) for c in "RGBA"}
    assert share_of("house-3", "CryptoObject", channels).tolist() == [[0.5, 0.0]]
    assert share_of("car-3", "CryptoObject", channels).tolist() == [[0.25, 1.0]]
    assert share_of("car-4", "CryptoObject", channels).max() == 0
    manifest = next(json.loads(v) for k, v in said.items() if k.endswith("/manifest"))
    assert manifest == {name: f"{identity(name):08x}" for name in ("car-3", "house-3", "sky-3")}


def test_the_header_says_how_names_became_numbers() -> None:
    said = metadata("CryptoObject", ["hello"])
    key = next(iter(said)).split("/")[1]
    assert len(key) == 7
    assert {name.rsplit("/", 1)[1]: said[name] for name in said} == {
        "name": "CryptoObject",
        "hash": "MurmurHash3_32",
        "conversion": "uint32_to_float32",
        "manifest": json.dumps({"hello": "248bfa47"}, separators=(",", ":")),
    }


def test_owners_have_names() -> None:
    assert owner_name(int(owner(Thing.HOUSE, 12))) == "house-12"
    assert owner_name(int(owner(Thing.HOUSE))) == "house-0"
    assert owner_name(int(owner(Thing.SKY))) == "sky"
    assert owner_name(0) == "building"
    many = owner(Thing.TREE, np.arange(5))
    assert many.dtype == np.int32
    assert (kinds_of(many) == int(owner(Thing.TREE))).all()
    assert kind_name(int(many[4])) == "tree"
    assert max(Thing) * NUMBERS + NUMBERS < 2**31
