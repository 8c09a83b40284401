"""A dubbed line fits its slot or is refused; it is never rushed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.model.errors import NotCapable, UsageError
from generique.sound.fit import FASTEST, SLOWEST, characters_to_cut, fit_speed, require_fit

SECONDS = st.floats(0.2, 60)


@given(SECONDS, SECONDS)
def test_the_speed_is_within_limits_and_fills_the_slot(natural: float, slot: float) -> None:
    fit = fit_speed(natural, slot)
    assert SLOWEST <= fit.speed <= FASTEST
    spoken = natural / fit.speed
    assert spoken <= slot + fit.overflow + 1e-6
    if SLOWEST < fit.speed < FASTEST:
        assert spoken == pytest.approx(slot)
        assert fit.fits


@given(SECONDS, SECONDS, st.integers(1, 400))
def test_cutting_what_is_said_makes_it_fit(natural: float, slot: float, length: int) -> None:
    text = "x" * length
    fit = fit_speed(natural, slot)
    left = length - characters_to_cut(text, fit, slot)
    assert 0 <= left <= length
    assert natural * left / length / FASTEST <= slot + 1e-6


def test_a_line_that_cannot_fit_is_refused_with_a_number() -> None:
    with pytest.raises(NotCapable) as caught:
        require_fit("a" * 100, 5.0, 2.0, where="line 1-2, fr")
    assert caught.value.where == "line 1-2, fr"
    assert caught.value.next_step is not None
    assert "cut about 50 of its 100 characters" in caught.value.next_step
    assert require_fit("short", 2.0, 2.0, where="line").speed == 1


@pytest.mark.parametrize("lengths", [(0, 1), (1, 0), (float("nan"), 1), (1, float("inf"))])
def test_lengths_that_are_none_are_refused(lengths: tuple[float, float]) -> None:
    with pytest.raises(UsageError):
        fit_speed(*lengths)
