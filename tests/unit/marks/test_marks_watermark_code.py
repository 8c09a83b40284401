from __future__ import annotations

import math

import numpy as np
import pytest

from generique.marks.watermark.bounds import LOG_ALL_IDS, unmarked_bound
from generique.marks.watermark.code import (
    CODE_BITS,
    confusion_bound,
    decode,
    encode,
    encode_many,
    weight_spectrum,
)
from generique.marks.watermark.lattice import PILOTS, WAVES, lattice, pattern
from generique.marks.watermark.registry import MarkRegistry

RNG = np.random.default_rng(5)
IDS = RNG.integers(0, 2**64, 40, dtype=np.uint64)
FIRST_KX = [5, 5, 4, 4, 6, 6]
FIRST_KY = [-5, 5, -6, 6, -4, 4]
FIRST_PHASES = [-0.856534, -2.791939, 0.036478]
FIRST_BITS = [-1, 284, 60, 130, 12, 33, 378, -1, 317, 178, -1, 21]


def test_the_code_is_linear_and_far_apart() -> None:
    words = encode_many(np.append(IDS, IDS[:-1] ^ IDS[1:]))
    assert (words[: len(IDS) - 1] * words[1 : len(IDS)] == words[len(IDS) :]).all()
    assert (encode(0) == 1).all()
    distances = [((words[i] != words[j]).sum()) for i in range(40) for j in range(i)]
    assert min(distances) > 56


def test_the_free_distance_is_the_published_one() -> None:
    spectrum = weight_spectrum()
    assert np.flatnonzero(spectrum)[0] == 56
    assert spectrum[56] == 1


@pytest.mark.parametrize("mark_id", [0, 1, 2**63, 2**64 - 1, 0x1234_5678_9ABC_DEF0])
def test_every_identity_comes_back(mark_id: int) -> None:
    assert decode(encode(mark_id).astype(np.float64)) == mark_id


def test_soft_decoding_outlives_a_fifth_of_wrong_bits() -> None:
    for number, mark_id in enumerate(IDS[:10]):
        noise = np.random.default_rng(number).normal(size=CODE_BITS)
        soft = encode(int(mark_id)) * 0.75 + noise
        assert 55 < (np.sign(soft) != encode(int(mark_id))).sum() < 120
        assert decode(soft) == int(mark_id)


def test_bounds_shrink_with_clarity() -> None:
    energies = [confusion_bound(energy) for energy in (60.0, 150.0, 250.0, 400.0)]
    assert energies[0] == 1.0
    assert energies == sorted(energies, reverse=True)
    assert energies[2] < 1e-6
    assert unmarked_bound(0.0, 0.0, log_words=0.0, trials=1) == 1.0
    assert unmarked_bound(-3.0, -3.0, log_words=0.0, trials=1) == 1.0
    alone = unmarked_bound(9.0, 0.0, log_words=LOG_ALL_IDS, trials=1000)
    assert alone == pytest.approx(1000 * math.exp(-40.5) * 41.5)
    assert unmarked_bound(9.0, 12.0, log_words=LOG_ALL_IDS, trials=1000) < alone / 1e9
    assert unmarked_bound(9.0, 12.0, log_words=0.0, trials=1000) < 1e-40


def test_the_union_bound_holds_for_gaussian_noise() -> None:
    energy, wrong = 130.0, 0
    for number in range(60):
        mark_id = int(IDS[number % len(IDS)])
        noise = np.random.default_rng(100 + number).normal(size=CODE_BITS)
        wrong += decode(encode(mark_id) * math.sqrt(energy / CODE_BITS) + noise) != mark_id
    assert wrong / 60 < 2 * confusion_bound(energy)


def test_waves_are_distinct_and_every_bit_has_two() -> None:
    base = lattice()
    assert len({*zip(base.kx.tolist(), base.ky.tolist(), strict=True)}) == WAVES
    assert base.pilot.sum() == PILOTS
    assert (np.bincount(base.bit[~base.pilot]) == 2).all()
    assert np.allclose(np.abs(base.carrier), 1)


def test_the_waves_never_change() -> None:
    """A mark laid on today must be read by every later version."""
    base = lattice()
    assert base.kx[:6].tolist() == FIRST_KX
    assert base.ky[:6].tolist() == FIRST_KY
    assert np.allclose(np.angle(base.carrier[:3]), FIRST_PHASES, atol=1e-5)
    assert base.bit[:12].tolist() == FIRST_BITS


def test_pattern_repeats_by_tiles_and_has_unit_power() -> None:
    whole = pattern(7, 1280, 720)
    assert whole.std() == pytest.approx(1, abs=0.01)
    assert np.allclose(whole[:256, :256], whole[256:512, 512:768], atol=2e-3)
    small = pattern(7, 640, 360)
    assert np.allclose(small, (whole[::2, ::2] + whole[1::2, 1::2]) / 2, atol=0.5)


def test_registry_finds_the_nearest_known_word() -> None:
    registry = MarkRegistry(IDS)
    assert len(registry) == 40
    assert int(IDS[3]) in registry
    assert 12345 not in registry
    soft = encode(int(IDS[3])) + RNG.normal(size=CODE_BITS) * 2
    found, score = registry.best(soft)
    assert found == int(IDS[3])
    assert score == pytest.approx(float(encode(found) @ soft), rel=1e-4)
    assert len(MarkRegistry([])) == 0
    assert 5 not in MarkRegistry([])
