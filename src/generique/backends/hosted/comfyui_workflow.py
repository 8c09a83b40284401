"""Workflows of ComfyUI as backends: a workflow in its API format, and a description beside it.

The description says which inputs of which nodes are the prompt, the seed, the size and so on, which
node delivers, and what is known of the models that the workflow loads. An input is written
``node.input``, for example ``6.text``, as the workflow names both.
"""

from __future__ import annotations

import copy
import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from generique.backends.hosted.ask import PICTURES
from generique.backends.hosted.card import Input as RoleInput
from generique.backends.hosted.card import Model, Price
from generique.backends.hosted.provider import Ask
from generique.model.element import ElementKind
from generique.model.errors import NotCapable, UnreadableInput
from generique.model.passport import Training
from generique.model.reference import ReferenceRole
from generique.model.time import Rate
from generique.model.values import Digest, Value, digest_of

NO_CURRENCY = "XXX"
"""ISO 4217's code for no currency: a machine of ours charges nothing."""
SEEDS = 1 << 63
_WEIGHTS = (".safetensors", ".sft", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".onnx")
_SLACK = 1_000_000
"""Parts of a second to which the longest length is rounded up, as the card holds it in decimals."""


class FrameCounts(Value):
    """Lengths that a workflow makes: ``least``, then every ``step`` frames, up to ``most``."""

    least: int = Field(ge=1, default=1)
    most: int = Field(ge=1)
    step: int = Field(ge=1, default=1)

    def holding(self, frames: int) -> int:
        """The shortest length that holds a number of frames."""
        steps = -(-max(0, frames - self.least) // self.step)
        return self.least + steps * self.step


class ReferenceInput(Value):
    """Where the name of a file of a role is put; the workflow cannot be asked without one.

    Attributes:
        input: Of a node that loads it; ComfyUI is given the name under which the file was uploaded.
    """

    input: str
    media_types: tuple[str, ...] = ("image/png", "image/jpeg", "image/webp")


class OptionInput(Value):
    """An option that a request may name, the input that it sets, and the values allowed."""

    input: str
    values: tuple[str, ...] = Field(min_length=1)


class Weights(Value):
    """A file of weights that the workflow loads, as the person who wrote this states it.

    Attributes:
        file: As the workflow names it.
        licence: SPDX identifier or the licence's own name.
    """

    file: str
    title: str
    licence: str = Field(min_length=1)
    maker: str = "unknown"
    digest: Digest | None = None
    training: Training = Training(statement="undisclosed")


class Workflow(Value):
    """A description of a workflow.

    Attributes:
        version: Of the workflow, as its author counts; part of the passport.
        file: Workflow in the API format, beside the description.
        kinds: Elements that it makes.
        prompt: Inputs that get the prompt. Each of these may be several, with spaces between.
        seed: Inputs that get the seed.
        width: Inputs that get the width; without any, it makes the only raster named.
        frames: Inputs that get the number of frames.
        seconds: Inputs that get the length in seconds, for sound.
        rate: Inputs that get the frames a second; without any, it makes the only rate named.
        output: Node that delivers one film or sound.
        counts: Lengths in frames of a picture, at any of its rates.
        span: Shortest and longest sound in seconds.
        models: Every file of weights that the workflow names.
    """

    schema_version: Literal["generique/comfyui-workflow/1"] = Field(alias="schema")
    title: str
    version: str = "1"
    file: str | None = None
    kinds: tuple[ElementKind, ...] = Field(min_length=1)
    prompt: str
    seed: str = ""
    width: str = ""
    height: str = ""
    frames: str = ""
    seconds: str = ""
    rate: str = ""
    output: str
    rates: tuple[str, ...] = ()
    rasters: tuple[str, ...] = ()
    counts: FrameCounts | None = None
    span: tuple[float, float] | None = None
    prompt_limit: int = Field(ge=1, default=2000)
    languages: tuple[str, ...] = ()
    references: dict[ReferenceRole, ReferenceInput] = Field(default_factory=dict)
    options: dict[str, OptionInput] = Field(default_factory=dict)
    models: tuple[Weights, ...] = ()
    credit: dict[str, str] = Field(default_factory=dict)
    credit_duty: dict[str, str] = Field(default_factory=dict)
    seconds_of_work: float = Field(gt=0, default=120.0)

    def training(self) -> Training:
        """What is known of the training of all its models together: the least that is known."""
        all_said = [model.training for model in self.models]
        statements = {said.statement for said in all_said} or {"undisclosed"}
        consents = tuple(sorted({each for said in all_said for each in said.consents}))
        if statements == {"none"}:
            return Training(statement="none", consents=consents)
        if "undisclosed" in statements:
            return Training(statement="undisclosed", consents=consents)
        datasets = {each.id: each for said in all_said for each in said.datasets}
        return Training(statement="disclosed", datasets=tuple(datasets.values()), consents=consents)

    def licence(self) -> str:
        """Licences of all its models."""
        return " AND ".join(sorted({model.licence for model in self.models})) or "none stated"

    def model(self) -> Model:
        """The workflow as a model of a card."""
        span = self.span
        if self.counts is not None:
            slowest = min(Fraction(Rate.parse(text).fps) for text in self.rates)
            span = (1 / _SLACK, math.ceil(self.counts.most / slowest * _SLACK) / _SLACK)
        return Model(
            title=self.title,
            kinds=self.kinds,
            version=self.version,
            span=span,
            rates=self.rates,
            rasters=self.rasters,
            prompt_limit=self.prompt_limit,
            languages=self.languages,
            seed=bool(self.seed),
            inputs={
                role: RoleInput(needed=True, media_types=each.media_types)
                for role, each in self.references.items()
            },
            options={name: option.values for name, option in self.options.items()},
            price=Price(amount="0", currency=NO_CURRENCY, unit="job"),
            training=self.training(),
            credit=self.credit,
            credit_duty=self.credit_duty,
            seconds_of_work=self.seconds_of_work,
        )


@dataclass(frozen=True)
class Graph:
    """A workflow that was read and agrees with its description.

    Attributes:
        name: As after the colon in production.toml.
        nodes: Of the API format, by number.
        digest: Of the workflow and its description.
    """

    name: str
    about: Workflow
    nodes: dict[str, dict[str, Any]]
    digest: Digest

    def frames(self, ask: Ask) -> int:
        """How many frames are made for an order of a picture.

        Raises:
            NotCapable: It makes none of that length.
        """
        counts, wanted = self.about.counts, ask.request.frames
        if counts is None:
            raise NotCapable(f"comfyui:{self.name} makes no picture")
        found = counts.holding(wanted or counts.least)
        if found > counts.most:
            raise NotCapable(
                f"comfyui:{self.name} makes no shot of {wanted} frames",
                why=f"it makes {counts.least} to {counts.most}",
                next_step="make the shot shorter, or name another backend",
            )
        return found

    def filled(self, ask: Ask, names: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """The nodes as an order needs them.

        Args:
            ask: The order.
            names: Under which the file of each role was uploaded.

        Raises:
            NotCapable: It makes no film of that length.
        """
        about, options = self.about, ask.request.options
        values: list[tuple[str, object]] = [
            (about.prompt, ask.request.prompt),
            (about.seed, ask.request.seed % SEEDS),
        ]
        if ask.raster is not None:
            values += [
                (about.width, ask.raster.width),
                (about.height, ask.raster.height),
                (about.frames, self.frames(ask)),
                (about.rate, _number(Fraction(made_at(ask).fps))),
            ]
        elif ask.seconds:
            values.append((about.seconds, _number(ask.seconds)))
        values += [
            (known.input, names[role]) for role, known in about.references.items() if role in names
        ]
        nodes = copy.deepcopy(self.nodes)
        for option, known in about.options.items():
            if option in options:
                values.append((known.input, self._typed(known.input, options[option])))
        for inputs, value in values:
            for node, entry in places(inputs):
                nodes[node]["inputs"][entry] = value
        return nodes

    def _typed(self, inputs: str, text: str) -> object:
        """An option's text as the type that the workflow holds there."""
        node, entry = next(places(inputs))
        now = self.nodes[node]["inputs"][entry]
        if isinstance(now, bool):
            return text == "true"
        if isinstance(now, int):
            return int(text)
        return float(text) if isinstance(now, float) else text


def made_at(ask: Ask) -> Rate:
    """Frames a second of what is made for an order: the production's where that can be had."""
    rates = ask.entry.frame_rates()
    return ask.request.rate if ask.request.rate in rates else rates[0]


def places(inputs: str) -> Iterator[tuple[str, str]]:
    """Node and input of each place, ``6.text 7.text``."""
    for place in inputs.split():
        node, _, entry = place.partition(".")
        yield node, entry


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


# Reading


def names_in(folder: Path) -> tuple[str, ...]:
    """Names of the workflows of a folder, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def read_graph(folder: Path, name: str) -> Graph:
    """Read a workflow and its description.

    Raises:
        UnreadableInput: One of them cannot be read, or they contradict each other; says how.
    """
    path = folder / f"{name}.toml"
    try:
        text = path.read_bytes()
        about = Workflow.read(tomllib.loads(text.decode()), where=str(path))
        file = folder / (about.file or f"{name}.json")
        data = file.read_bytes()
        nodes = json.loads(data)
    except OSError as error:
        raise UnreadableInput(
            "a workflow cannot be read",
            where=error.filename,
            why=error.strerror,
            next_step="export it from ComfyUI in the API format, and lay it beside its description",
        ) from error
    except ValueError as error:  # neither TOML, nor JSON, nor UTF-8
        raise _wrong(path, str(error)) from error
    _check_nodes(file, nodes)
    for fault in (*_faults_of_form(about), *_faults_of_places(about, nodes)):
        raise _wrong(path, fault)
    return Graph(name, about, nodes, digest_of(text + b"\0" + data))


def _check_nodes(file: Path, nodes: object) -> None:
    known = isinstance(nodes, dict) and all(
        isinstance(node, dict) and "class_type" in node and isinstance(node.get("inputs"), dict)
        for node in nodes.values()
    )
    if not known:
        raise UnreadableInput(
            "a workflow is not in ComfyUI's API format",
            where=str(file),
            why="each node of it has a class_type and inputs",
            next_step="export it anew with Export (API) of ComfyUI's menu",
        )


def _faults_of_form(about: Workflow) -> Iterator[str]:
    """What a description leaves open or says twice."""
    if any(kind in PICTURES for kind in about.kinds):
        if about.counts is None or not about.rates or not about.rasters:
            yield "a workflow that makes pictures needs counts, rates and rasters"
        elif not about.frames and about.counts.least != about.counts.most:
            yield "without an input for frames it makes one length: least and most are the same"
        if not about.rate and len(about.rates) > 1:
            yield "without an input for the rate it makes one rate"
        if not (about.width and about.height) and len(about.rasters) > 1:
            yield "without inputs for width and height it makes one raster"
        if not all(kind in PICTURES for kind in about.kinds):
            yield "a workflow makes pictures or sounds, not both"
    elif about.counts or about.rates or about.rasters:
        yield "a workflow that makes sounds has no counts, rates or rasters"
    if bool(about.seconds) != bool(about.span):
        yield "span and an input for seconds go together"


def _faults_of_places(about: Workflow, nodes: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Where a description names what the workflow does not have, or keeps silent on what it has."""
    named = [about.prompt, about.seed, about.width, about.height, about.frames, about.seconds]
    named += [about.rate, *(each.input for each in about.references.values())]
    named += [each.input for each in about.options.values()]
    for node, entry in places(" ".join(named)):
        inputs = nodes.get(node, {}).get("inputs", {})
        if entry not in inputs:
            yield f"the workflow has no input {node}.{entry}"
        elif isinstance(inputs[entry], list):
            yield f"the input {node}.{entry} is fed by another node; name that node's input"
    if about.output not in nodes:
        yield f"the workflow has no node {about.output}"
    stated = {model.file for model in about.models}
    for each in nodes.values():
        for value in each["inputs"].values():
            if isinstance(value, str) and value.endswith(_WEIGHTS) and value not in stated:
                yield f"nothing is stated of {value}: add it to models, with its licence"


def _wrong(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        "the description of a workflow does not fit",
        where=str(path),
        why=why,
        next_step="correct it; docs/formats/comfyui.md says what each field means",
    )
