"""Provider cards: what a provider's models can make, at which price and under which terms.

Stored copies of what providers publish, with the date of reading. An operator replaces one by a
file of the same name in the folder that the setting ``GENERIQUE_CARDS`` names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field

from generique.model.element import ElementKind, Raster
from generique.model.errors import NotCapable, UnreadableInput
from generique.model.passport import Training
from generique.model.reference import ReferenceRole
from generique.model.time import Rate
from generique.model.values import Value
from generique.production.job_ports import Money


class Terms(Value):
    """What the provider's terms say, as read on the card's date. Unknown is never permission.

    Attributes:
        trains_on_inputs: Whether it may train on what it is given.
        marks: What it says of credentials and watermarks in what it delivers.
        use: Limits of use that its terms set.
    """

    licence: str
    url: str
    trains_on_inputs: Literal["no", "yes", "unknown", "by contract"]
    retention: str
    regions: str = "unknown"
    marks: str = "unknown"
    use: str = ""


class Limits(Value):
    """How the provider wants to be asked.

    Attributes:
        jobs: Most jobs at once.
        poll_seconds: Shortest time between two looks at a job.
        deadline_seconds: After which a job is called late; it is followed up all the same.
        lifetime_seconds: How long a result can be fetched.
    """

    jobs: int = Field(ge=1)
    poll_seconds: float = Field(gt=0)
    deadline_seconds: float = Field(gt=0)
    lifetime_seconds: float = Field(gt=0)


class Price(Value):
    """What a model costs: an amount for each second of the result, or for each job.

    Attributes:
        by_raster: Amounts that hold for a raster instead, by ``1280x720``.
        times: Factors that hold for a length, by its whole seconds: a longer job may cost more than
            its length alone would say.
    """

    amount: str = Field(pattern=r"^\d+(\.\d+)?$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    unit: Literal["second", "job", "thousand characters"]
    by_raster: dict[str, str] = Field(default_factory=dict)
    times: dict[str, str] = Field(default_factory=dict)

    def most(self) -> Decimal:
        """The dearest amount for a unit, of all rasters and lengths."""
        amounts = map(Decimal, (self.amount, *self.by_raster.values()))
        return max(amounts) * max(map(Decimal, ("1", *self.times.values())))


class Input(Value):
    """A role in which a model takes files.

    Attributes:
        most: Files of this role.
        needed: True when the model cannot work without one.
        span: Shortest and longest in seconds that a film of this role may last.
    """

    most: int = Field(ge=1, default=1)
    needed: bool = False
    media_types: tuple[str, ...] = ()
    span: tuple[float, float] | None = None


class Model(Value):
    """One model of a provider.

    Attributes:
        seconds: Lengths that it makes, where it makes only some.
        span: Shortest and longest, where it makes any between.
        rates: Frames a second of what it delivers, as rate texts; empty for sound.
        rasters: That it can be asked for, as ``1280x720``; empty for sound.
        prompt_limit: Most units of the prompt.
        seed: Whether it takes a seed. Whether it repeats is the provider's secret: never promised.
        options: That a request may name, with the values allowed; an empty list allows any text.
        price: None where it is not known; such a model takes no order.
        retired: Since when the provider does not serve it any more.
        follows: True where length and shape are those of the video that it is given.
        enlarges: True where it only enlarges that video: no word is sent, and the rate stays.
    """

    title: str
    kinds: tuple[ElementKind, ...]
    version: str
    seconds: tuple[int, ...] = ()
    span: tuple[float, float] | None = None
    rates: tuple[str, ...] = ()
    rasters: tuple[str, ...] = ()
    prompt_limit: int = Field(ge=1)
    prompt_unit: Literal["characters", "utf-16"] = "characters"
    languages: tuple[str, ...] = ()
    seed: bool = False
    inputs: dict[ReferenceRole, Input] = Field(default_factory=dict)
    options: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    price: Price | None = None
    training: Training = Training(statement="undisclosed")
    credit: dict[str, str] = Field(default_factory=dict)
    credit_duty: dict[str, str] = Field(default_factory=dict)
    retired: date | None = None
    follows: bool = False
    enlarges: bool = False
    seconds_of_work: float = Field(gt=0, default=90.0)

    def sizes(self) -> tuple[Raster, ...]:
        """Rasters as values, in the order of the card."""
        return tuple(
            Raster(width=int(width), height=int(height))
            for width, height in (text.split("x") for text in self.rasters)
        )

    def length(self, wanted: Fraction) -> Fraction | None:
        """The shortest length in seconds that holds a wanted one; None when none does."""
        if self.span is not None:
            least, most = (Fraction(str(bound)) for bound in self.span)
            return max(wanted, least) if wanted <= most else None
        return next((Fraction(s) for s in sorted(self.seconds) if s >= wanted), None)

    def measure(self, prompt: str) -> int:
        """Length of a prompt in the provider's units."""
        if self.prompt_unit == "utf-16":
            return len(prompt.encode("utf-16-le")) // 2
        return len(prompt)

    def cost(self, seconds: Fraction, raster: Raster | None, prompt: str) -> Money:
        """What a job is expected to cost, rounded up to a hundredth.

        Raises:
            NotCapable: The card knows no price.
        """
        if self.price is None:
            raise NotCapable(
                f"what {self.title} costs is not known, and nothing is ordered without a price",
                next_step="read it at the provider, and write it into a card of your own",
            )
        name = f"{raster.width}x{raster.height}" if raster else ""
        amount = Decimal(self.price.by_raster.get(name, self.price.amount))
        if self.price.unit == "second":
            amount *= Decimal(seconds.numerator) / Decimal(seconds.denominator)
        elif self.price.unit == "thousand characters":
            amount *= Decimal(len(prompt)) / 1000
        amount *= Decimal(self.price.times.get(str(seconds), "1"))
        cents = (amount * 100).to_integral_value(ROUND_CEILING)
        return Money(amount=f"{cents / 100:.2f}", currency=self.price.currency)

    def frame_rates(self) -> tuple[Rate, ...]:
        """Rates as values."""
        return tuple(Rate.parse(text) for text in self.rates)


class Card(Value):
    """What is known of a provider, as read on a date.

    Attributes:
        keys: Settings that have to be set, the secret ones too, with what each is.
        or_keys: Settings that do as well in place of ``keys``, all of them together.
        base_setting: Setting that names another address to ask, for servers of the same shape.
        hosts: Host names from which results may be fetched; ``*.`` stands for any part before.
        models: By the name after the colon in production.toml; the first is the usual one.
        buckets: Address of its object storage, for results in ``gs://``; our keys are sent there.
        buckets_setting: Setting that names another such address.
    """

    schema_version: Literal["generique/provider-card/1"] = Field(alias="schema")
    provider: str
    title: str
    maker: str
    read_on: date
    base: str
    base_setting: str
    keys: dict[str, str] = Field(default_factory=dict)
    or_keys: dict[str, str] = Field(default_factory=dict)
    key_help: str
    hosts: tuple[str, ...] = ()
    buckets: str | None = None
    buckets_setting: str | None = None
    terms: Terms
    limits: Limits
    models: dict[str, Model]

    @property
    def in_force(self) -> str:
        """Which terms are in force: whose, and as of when they were read."""
        return f"{self.terms.licence}, as read on {self.read_on.isoformat()}"

    def let_in(self, setting: Callable[[str], str | None]) -> dict[str, str] | None:
        """The settings that let us in: ``keys`` where all are set, else ``or_keys``; else None."""
        for names in (self.keys, self.or_keys):
            found = {name: value for name in names if (value := setting(name))}
            if len(found) == len(names) and (names or not self.keys):
                return found
        return None

    def withdrawn(self, model: str, setting: Callable[[str], str | None]) -> date | None:
        """Since when a model is not served at the address that would be asked; None while it is.

        Another server of the same shape may serve what the provider withdrew; the provider's own
        host does not, also when a setting names it.
        """
        host = urlsplit(setting(self.base_setting) or self.base).hostname
        return self.models[model].retired if host == urlsplit(self.base).hostname else None


HOME = "generique.backends.hosted"
"""Package whose folder ``cards`` holds the cards of the program."""


def load_card(name: str, folder: Path | None = None, package: str = HOME) -> Card:
    """The card of a provider.

    Args:
        name: Of the file, without suffix.
        folder: An operator's own cards, which replace those of the program.
        package: Whose folder ``cards`` holds it; a plug-in names its own.

    Raises:
        UnreadableInput: The card is not TOML, or says what no card says.
    """
    own = folder / f"{name}.toml" if folder else None
    if own is not None and own.is_file():
        return _read(own.read_text(encoding="utf-8"), str(own))
    ours = resources.files(package) / "cards" / f"{name}.toml"
    return _read(ours.read_text(encoding="utf-8"), f"card of {name}")


def _read(text: str, where: str) -> Card:
    try:
        return Card.read(tomllib.loads(text), where=where)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(
            "a provider card cannot be read",
            where=where,
            why=str(error),
            next_step="correct it, or take it away to use the program's own",
        ) from error
