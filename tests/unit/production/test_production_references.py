"""Files that takes follow: the rights in them, and what rests on them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from production_parts import Room, take

from generique.ledger.canonical import canonical
from generique.machineroom.lineage_store import open_lineage
from generique.model.passport import Rights
from generique.model.production import MediaItem
from generique.model.provenance import NodeKey, NodeKind
from generique.model.reference import Reference
from generique.model.values import digest_of
from generique.production.provenance import Provenance
from generique.production.references import followed
from generique.production.steps import step

STILL = Reference(role="subject", file=digest_of(b"still"), media_type="image/png")
ITEM = MediaItem(
    file="still.png",
    title="A still",
    kind="picture",
    captured=True,
    sha256=STILL.file.removeprefix("sha256:"),
    rights=Rights(
        licence="MIT", holder="A", source="here", notice="n", consents=("jane",), reference="local"
    ),
)


def test_rights_are_those_of_exactly_these_bytes() -> None:
    (known,) = followed((STILL,), (ITEM,), ("another.png",))
    assert (known.name, known.title, known.rights) == ("still.png", "A still", ITEM.rights)
    changed = STILL.model_copy(update={"file": digest_of(b"changed")})
    named, nameless = followed((changed, changed), (ITEM,), ("still.png",))
    assert (named.name, named.rights) == ("still.png", None)
    assert (nameless.name, nameless.rights) == (changed.file, None)


def test_a_withdrawn_consent_finds_the_takes_that_followed_what_rested_on_it(
    tmp_path: Path,
) -> None:
    room = Room(tmp_path)
    vault = room.vault
    room.machine.perform(
        step("ingest still.png", {"verb": "ingest", "item": ITEM.to_json()}, {}),
        lambda: {"file": vault.put_bytes(b"still")},
    )
    for name, references in (("1-1.t1", (STILL,)), ("1-2.t1", ())):
        made = take(name).model_copy(update={"references": references})
        document = vault.put_bytes(canonical(made.to_json()))
        wanted = step(f"shoot {name}", {"verb": "shoot"}, {"of": document})
        room.machine.perform(wanted, partial(dict, take=document))
    graph = Provenance(room.journal, vault, open_lineage(tmp_path / "lineage.sqlite")).graph()
    reached = graph.downstream(NodeKey(NodeKind.CONSENT, "jane"), NodeKind.TAKE)
    assert [node.key.name for node in reached] == ["1-1.t1"]
