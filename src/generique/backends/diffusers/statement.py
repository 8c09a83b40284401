"""What a person states of a model's weights, and what lies there; nothing of it needs the model."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from generique.backends.diffusers.pipelines import PIPELINES, Pipeline
from generique.ledger.canonical import canonical
from generique.model.element import ElementKind
from generique.model.errors import NotConfigured, UnreadableInput
from generique.model.passport import Training
from generique.model.values import Digest, Json, Value, digest_of
from generique.production.job_ports import Lack

INDEX = "model_index.json"
_UNSAFE = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"}
"""Weights that can run code when they are read."""
_CHUNK = 1 << 22


class Licence(Value):
    """The licence of the weights, and the person who accepted it.

    Attributes:
        name: SPDX identifier, or the licence's own name.
        file: Its text, relative to the folder of the weights.
        accepted: Digest of the text that was accepted; another text is not.
        by: Who accepted it.
        on: When, ``2026-11-28``.
    """

    name: str
    file: str
    accepted: Digest | None = None
    by: str = ""
    on: str = ""


class ModelStatement(Value):
    """``NAME.toml`` in the folder that the setting ``GENERIQUE_MODELS`` names.

    Attributes:
        folder: Of the weights, relative to the statement.
        weights: Digest of the folder's files, see :func:`weights_digest`.
        kinds: Of elements that it is used for.
        rate: Frames a second that the model was made for; None for sound.
        rasters: That it may be asked for, as ``832x480``; empty for sound.
        most_frames: The longest that it makes; for sound the most seconds.
        steps: Of denoising, by default.
        guidance: Strength of the prompt.
        negative: What it is told to keep away from.
        precision: Of the weights while they work.
        offload: Whether parts wait in main memory while others work on an accelerator.
        seconds_a_step: Measured on this machine; for estimates.
    """

    schema_version: Literal["generique/local-model/1"] = Field(alias="schema")
    folder: str
    title: str
    maker: str
    version: str
    kinds: tuple[ElementKind, ...] = Field(min_length=1)
    licence: Licence
    weights: Digest | None = None
    training: Training = Training(statement="undisclosed")
    rate: str | None = None
    rasters: tuple[Annotated[str, Field(pattern=r"^[1-9]\d{1,3}x[1-9]\d{1,3}$")], ...] = ()
    most_frames: int = Field(ge=1, le=10_000)
    steps: int = Field(ge=1, le=1000, default=30)
    guidance: float = Field(ge=0, le=50, default=5.0)
    negative: str = ""
    precision: Literal["float32", "bfloat16", "float16"] = "float32"
    offload: bool = False
    seconds_a_step: float = Field(gt=0, default=10.0)
    prompt_limit: int = Field(ge=1, default=2000)
    credit: dict[str, str] = Field(default_factory=dict)
    credit_duty: dict[str, str] = Field(default_factory=dict)
    terms: str = ""


def names(folder: Path) -> tuple[str, ...]:
    """Models that are stated in a folder, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def read_statement(folder: Path, name: str) -> ModelStatement:
    """The statement of a model.

    Raises:
        NotConfigured: There is none of that name.
        UnreadableInput: It is not TOML, or says what no statement says.
    """
    path = folder / f"{name}.toml"
    if not path.is_file():
        raise NotConfigured(
            f"there is no local model {name!r}",
            where=str(folder),
            why=f"stated are: {', '.join(names(folder)) or 'none'}",
            next_step="write a statement beside the weights; see docs/local-models.md",
        )
    try:
        return ModelStatement.read(tomllib.loads(path.read_text("utf-8")), where=str(path))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(
            "the statement of a model cannot be read",
            where=str(path),
            why=str(error),
            next_step="correct it",
        ) from error


def files(weights: Path) -> tuple[Path, ...]:
    """Every file of the weights, in the order of their names.

    Raises:
        NotConfigured: The folder is missing, or holds a link.
    """
    if not weights.is_dir():
        raise NotConfigured("the weights are not there", where=str(weights))
    found = sorted(path for path in weights.rglob("*") if not path.is_dir())
    for path in found:
        if path.is_symlink() and not path.resolve().is_relative_to(weights.resolve()):
            raise NotConfigured(
                "a file of the weights lies elsewhere",
                where=str(path),
                next_step="copy it into the folder, so that its digest counts",
            )
    return tuple(path for path in found if ".cache" not in path.parts)


def weights_digest(weights: Path) -> Iterator[tuple[int, int, Digest | None]]:
    """Digest over all files of the weights: of their names and digests, as canonical JSON.

    Yields:
        Bytes read, bytes in all, and at the end the digest.
    """
    listed = files(weights)
    total = sum(path.stat().st_size for path in listed)
    done, digests = 0, {}
    for path in listed:
        taken = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                taken.update(chunk)
                done += len(chunk)
                yield done, total, None
        digests[path.relative_to(weights).as_posix()] = taken.hexdigest()
    yield total, total, digest_of(canonical({**digests}))


def fingerprint_of(weights: Path) -> Digest:
    """Names, sizes and times of the files: whether they have to be read again."""
    facts: list[Json] = [
        [path.relative_to(weights).as_posix(), path.stat().st_size, str(path.stat().st_mtime_ns)]
        for path in files(weights)
    ]
    return digest_of(canonical({"weights": facts}))


def pipeline_of(weights: Path) -> Pipeline:
    """The pipeline that the folder's index names.

    Raises:
        NotConfigured: It has no index, or names a pipeline that is not on the list.
    """
    index = weights / INDEX
    try:
        name = str(json.loads(index.read_text("utf-8"))["_class_name"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotConfigured(
            "the weights have no index",
            where=str(index),
            next_step="use a folder as save_pretrained of diffusers writes it",
        ) from error
    if name not in PIPELINES:
        raise NotConfigured(
            f"pipelines of the class {name} are not loaded",
            where=str(index),
            why=f"these are: {', '.join(PIPELINES)}",
        )
    return PIPELINES[name]


def lacks_of(statement: ModelStatement, weights: Path) -> Iterator[Lack]:
    """What is missing before the weights may be used; their bytes are not read."""
    try:
        pipeline_of(weights)
        listed = files(weights)
    except NotConfigured as error:
        yield Lack(
            what=f"{error.what} ({error.where})", next_step=error.next_step or error.why or ""
        )
        return
    unsafe = [path.name for path in listed if path.suffix in _UNSAFE]
    if unsafe:
        yield Lack(
            what=f"safe weights: {unsafe[0]} can run code when it is read",
            next_step="use weights in the format safetensors",
        )
    text = weights / statement.licence.file
    if not text.is_file():
        yield Lack(
            what=f"the licence: {statement.licence.file} is not among the weights",
            next_step="put the licence that came with the weights there",
        )
        return
    found = digest_of(text.read_bytes())
    if statement.licence.accepted != found or not statement.licence.by:
        yield Lack(
            what=f"a person who accepted the licence {statement.licence.name}",
            next_step=f'read {text}, then write accepted = "{found}", by and on into the statement',
        )
    if statement.weights is None:
        yield Lack(
            what="the digest of the weights",
            next_step="generique backends check with --hash reads them and says it",
        )
