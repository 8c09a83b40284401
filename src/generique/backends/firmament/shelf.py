"""The files of the model that the program ships: weights, settings, record of the training."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from generique.model.errors import Damaged
from generique.model.values import Digest, Value, digest_of

if TYPE_CHECKING:
    from generique.backends.firmament.network import Network

WEIGHTS = "diffusion_pytorch_model.safetensors"
SETTINGS = "config.json"
TRAINING = "training.json"
ITEMS = "items.csv"


class Trained(Value):
    """Facts of the training that the backend rests on.

    Attributes:
        dataset: Identifier of the dataset.
        items: Digest of its list of items.
        weights: Digest of the weights that came of it.
    """

    dataset: str
    items: Digest
    weights: Digest


def shelf() -> Traversable:
    """The folder ``model`` beside this module."""
    return files("generique.backends.firmament") / "model"


@cache
def trained() -> Trained:
    """What the record of the training says, as shipped."""
    record = json.loads((shelf() / TRAINING).read_text("utf-8"))
    return Trained(dataset=record["dataset"], items=record["items"], weights=record["weights"])


@cache
def items() -> frozenset[str]:
    """Digests of the pictures that the model was trained on; those held back are not among them."""
    rows = csv.DictReader((shelf() / ITEMS).read_text("utf-8").splitlines())
    return frozenset(f"sha256:{row['sha256']}" for row in rows if row["split"] == "seen")


def network() -> Network:
    """The network with its weights.

    Raises:
        Damaged: The weights are not those that the training ended with.
    """
    from safetensors.numpy import load

    from generique.backends.firmament.network import Network

    octets = (shelf() / WEIGHTS).read_bytes()
    if digest_of(octets) != trained().weights:
        with as_file(shelf() / WEIGHTS) as path:
            raise Damaged(
                "the weights of firmament are not those that its training ended with",
                where=str(path),
                why=f"recorded: {trained().weights}; there: {digest_of(octets)}",
                next_step="install the program again",
            )
    settings = json.loads((shelf() / SETTINGS).read_text("utf-8"))
    return Network(load(octets), tuple(settings["block_out_channels"]), settings["norm_num_groups"])
