"""What the lineage graph is made of: things, and what each was made from."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

from generique.model.values import Digest, Value


class NodeKind(StrEnum):
    """Kinds of things in the lineage graph, from what was there first to what is delivered."""

    DATASET = "dataset"
    CONSENT = "consent"
    MODEL = "model"
    PROMPT = "prompt"
    MEDIUM = "medium"
    DECISION = "decision"
    TAKE = "take"
    FILE = "file"
    SEGMENT = "segment"
    MASTER = "master"


class NodeKey(NamedTuple):
    """Identifies a node.

    Attributes:
        name: Unique within its kind: an identifier, or a digest.
    """

    kind: NodeKind
    name: str


class Node(NamedTuple):
    """A thing in the lineage graph.

    Attributes:
        label: For people.
        digest: Of the thing where it has one; of the master for a segment.
        start: First frame in the master, for a segment.
        end: Frame after the last.
        entry: Ledger entry that says so first.
    """

    key: NodeKey
    label: str
    entry: int
    digest: Digest | None = None
    start: int | None = None
    end: int | None = None


class Edge(NamedTuple):
    """``made`` was made from, or rests on, ``source``."""

    made: NodeKey
    source: NodeKey


class Reach(NamedTuple):
    """What was made from a node, directly or not, itself left out.

    Attributes:
        nodes: In the order in which the ledger told of them.
        held: Keys of those nodes that went into anything of the kind that was asked for.
    """

    nodes: tuple[Node, ...]
    held: frozenset[NodeKey]


class Withdrawal(Value):
    """The statement that a dataset, a model or a consent may no longer be relied on.

    Attributes:
        id: Of what was withdrawn; a model without its version stands for all versions.
        person: Who records it.
        key: Identifier of that person's key, which signed it.
    """

    schema_version: Literal["generique/withdrawal/1"] = "generique/withdrawal/1"
    kind: Literal["dataset", "model", "consent"]
    id: str
    person: str
    reason: str
    key: str
