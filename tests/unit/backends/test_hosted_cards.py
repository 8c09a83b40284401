"""The cards that come with the program: whole, honest about what is not known, and served."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from importlib import import_module, resources
from pathlib import Path

import pytest

from generique.backends.hosted.ask import HOUSE_OPTIONS, with_margin
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.card import Price, load_card
from generique.model.errors import NotCapable

NAMES = sorted(
    path.name.removesuffix(".toml")
    for path in (resources.files("generique.backends.hosted") / "cards").iterdir()
)
PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def backend_of(name: str) -> HostedBackend:
    """The backend that the project names for a card."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    module, _, kind = project["entry-points"]["generique.backends"][name].partition(":")
    made = getattr(import_module(module), kind)()
    assert isinstance(made, HostedBackend)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_card_belongs_to_a_backend_that_serves_all_its_models(name: str) -> None:
    card, backend = load_card(name), backend_of(name)
    assert card.provider == name
    for model in card.models:
        passport = backend.model(model).passport()
        assert passport.training.statement == "undisclosed"
        assert card.terms.url in passport.notes
        assert not passport.local


@pytest.mark.parametrize("name", NAMES)
def test_a_model_can_be_ordered_or_has_no_price(name: str) -> None:
    for entry in load_card(name).models.values():
        assert not HOUSE_OPTIONS & entry.options.keys()
        assert entry.sizes() or not entry.rates
        assert bool(entry.frame_rates()) == bool(entry.rasters)
        if entry.price is not None:
            assert entry.cost(Fraction(5), None, "x" * 50).currency == "USD"
            assert set(entry.price.by_raster) <= set(entry.rasters)
        else:
            with pytest.raises(NotCapable, match="is not known"):
                entry.cost(Fraction(5), None, "")


@pytest.mark.parametrize(
    ("amount", "unit", "seconds", "prompt", "cost"),
    [
        ("0.10", "thousand characters", "0", "x" * 20, "0.01"),
        ("0.10", "thousand characters", "0", "x" * 100, "0.01"),
        ("0.10", "thousand characters", "0", "x" * 101, "0.02"),
        ("0.12", "second", "2.5", "", "0.30"),
        ("0.121", "second", "1", "", "0.13"),
        ("0.12", "job", "9", "", "0.12"),
    ],
)
def test_what_is_held_is_never_less_than_the_price(
    amount: str, unit: str, seconds: str, prompt: str, cost: str
) -> None:
    price = Price.read({"amount": amount, "currency": "USD", "unit": unit}, where="test")
    entry = load_card("runway").models["gen4.5"].model_copy(update={"price": price})
    assert entry.cost(Fraction(seconds), None, prompt).amount == cost


@pytest.mark.parametrize(
    ("seconds", "ordered"), [("1.25", 1.3), ("1.3", 1.4), ("0.5", 0.6), ("29.99", 30.0), ("30", 30)]
)
def test_a_sound_is_ordered_a_little_longer(seconds: str, ordered: float) -> None:
    assert with_margin(Fraction(seconds), Fraction(30)) == ordered
