"""Reading what a production knows, saying it in the ledger, and what lacks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from generique.clearance.case import Withdrawn
from generique.machineroom.lineage_store import open_lineage
from generique.model.consent import ConsentList
from generique.model.declaration import DeclarationList
from generique.model.errors import Refused, UnreadableInput, UsageError
from generique.model.kept_passports import DatasetPassport, ModelPassport, ToolPassport
from generique.model.passport import Dataset, Passport, SourceType, Training
from generique.model.people import Person, Role
from generique.model.provenance import NodeKey, NodeKind, Withdrawal
from generique.model.values import digest_of
from generique.production.machineroom_ports import Folder
from generique.production.passports import (
    Statement,
    find_passport,
    lacking,
    state_passport,
    stated,
)
from generique.production.people import register
from generique.production.provenance import Provenance
from generique.production.rights import RightsFile, last_rights, read_rights, record_rights
from generique.production.withdrawal import is_known, unreached, withdrawn_facts
from generique.testing.memory import FolderVault, NamedSigner, memory_journal
from generique.testing.rights import MemoryRights

LICENCE = b"You may."
KEPT = {"digest": digest_of(LICENCE), "read_on": "2026-11-27", "file": "rights/documents/l.txt"}
COMMON = {"version": "4", "title": "A title", "checked_by": "mira", "checked_on": "2026-11-28"}


def tool_of(**more: Any) -> ToolPassport:
    document = {"schema": "generique/tool-passport/1", "id": "lens", **COMMON, **more}
    return ToolPassport.read(document, where="tool.toml")


def model_of(**more: Any) -> ModelPassport:
    document = {"schema": "generique/model-passport/1", "id": "lens", **COMMON, **more}
    return ModelPassport.read(document, where="model.toml")


def dataset_of(**more: Any) -> DatasetPassport:
    document = {"schema": "generique/dataset-passport/1", "id": "birds", **COMMON, **more}
    return DatasetPassport.read(document, where="dataset.toml")


def consents_of(*names: str) -> ConsentList:
    consents = [
        {
            "id": name,
            "person": "Ada",
            "of": "voice",
            "actions": ["dub"],
            "titles": ["*"],
            "territories": ["*"],
            "media": ["*"],
            "starts": "2026-01-01",
            "description": "",
        }
        for name in names
    ]
    return ConsentList.read({"schema": "generique/consents/1", "consent": consents}, where="c")


def uses_of(*names: str) -> DeclarationList:
    uses = [
        {
            "id": name,
            "kinds": ["shot"],
            "backends": ["lens"],
            "purpose": "a view",
            "inputs": ["own"],
            "principles": {},
            "triage": "background",
            "by": "mira",
            "on": "2026-11-28",
            "escalation": {"asked_on": "2026-11-27", "reply": KEPT},
        }
        for name in names
    ]
    return DeclarationList.read({"schema": "generique/uses/1", "use": uses}, where="u")


@dataclass
class Papers:
    """As much of a folder as reading its papers needs."""

    rights: MemoryRights


def folder_of(*passports: Any, **more: Any) -> Folder:
    documents = {"rights/documents/l.txt": LICENCE, **more.pop("documents", {})}
    return cast("Folder", Papers(MemoryRights(passports, documents=documents, **more)))


def generator_of(*datasets: str, consents: tuple[str, ...] = (), version: str = "4") -> Passport:
    return Passport(
        name="lens",
        version=version,
        title="Lens",
        maker="A maker",
        licence="MIT",
        kinds=(),
        training=Training(
            statement="disclosed",
            datasets=tuple(Dataset(id=name, title=name, licence="MIT") for name in datasets),
            consents=consents,
        ),
        source_type=SourceType.TRAINED_ALGORITHMIC,
        repeatable=True,
    )


def test_everything_is_read_as_one_value() -> None:
    folder = folder_of(
        tool_of(usage={"licence_text": KEPT}),
        model_of(),
        dataset_of(),
        shipped=(tool_of(version="*"), tool_of(id="pico")),
        consents=consents_of("a", "b"),
        declarations=uses_of("u"),
    )
    found = read_rights(folder)
    assert [tool.id for tool in found.tools] == ["lens", "pico"]
    assert found.shipped == ("tool/pico",)
    assert [found.is_shipped(tool) for tool in found.tools] == [False, True]
    assert len(found.passports()) == 4
    assert [consent.id for consent in found.consents] == ["a", "b"]
    assert [use.id for use in found.declarations] == ["u"]
    assert found.documents == {"rights/documents/l.txt": digest_of(LICENCE)}
    assert len(found.files) == 5
    assert RightsFile.read(found.document(), where="ledger") == found
    assert read_rights(folder).digest == found.digest
    assert found.names("consent", "a")
    assert found.names("dataset", "birds")
    assert not found.names("consent", "birds")


def test_without_papers_only_the_program_speaks() -> None:
    found = read_rights(folder_of(shipped=(tool_of(id="pico"),)))
    assert (found.files, found.consents, found.declarations) == ({}, (), ())
    assert [tool.id for tool in found.tools] == ["pico"]


def test_a_passport_of_the_production_replaces_the_shipped_ones_of_any_version() -> None:
    folder = folder_of(tool_of(version="1"), shipped=(tool_of(version="*"),))
    assert [tool.version for tool in read_rights(folder).tools] == ["1"]


def test_the_same_version_twice_is_refused_and_two_versions_are_not() -> None:
    assert len(read_rights(folder_of(tool_of(), tool_of(version="5"))).tools) == 2
    assert len(read_rights(folder_of(tool_of(), model_of())).passports()) == 2
    with pytest.raises(UnreadableInput, match="has two passports") as refused:
        read_rights(folder_of(tool_of(), tool_of(title="again")))
    assert refused.value.where == "rights/passports/0001.toml:id"


@pytest.mark.parametrize("more", [{"consents": consents_of("a", "b", "a")}])
def test_a_consent_named_twice_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(UnreadableInput, match="the consent a is named twice") as refused:
        read_rights(folder_of(**more))
    assert refused.value.where == "rights/consents.toml:consent.2.id"


def test_a_use_named_twice_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="the use u is named twice"):
        read_rights(folder_of(declarations=uses_of("u", "u")))


def test_a_changed_document_is_a_refusal() -> None:
    folder = folder_of(declarations=uses_of("u"), documents={"rights/documents/l.txt": b"Not."})
    with pytest.raises(Refused, match="is not the document that was read on 2026-11-27") as refused:
        read_rights(folder)
    assert refused.value.where == "rights/uses.toml:use.0.escalation.reply.file"
    assert digest_of(b"Not.") in str(refused.value.why)


def test_a_missing_document_is_named_and_a_digest_alone_is_enough() -> None:
    gone = {**KEPT, "file": "rights/documents/gone.txt"}
    with pytest.raises(UnreadableInput, match=r"gone\.txt is missing"):
        read_rights(folder_of(tool_of(usage={"terms": gone})))
    only = {name: value for name, value in KEPT.items() if name != "file"}
    assert read_rights(folder_of(tool_of(usage={"terms": only}))).documents == {}


def test_the_ledger_says_what_is_known_only_when_it_changed(tmp_path: Path) -> None:
    journal, vault = memory_journal(), FolderVault(tmp_path)
    assert last_rights(journal) is None
    before = read_rights(folder_of(consents=consents_of("a")))
    assert record_rights(before, journal, vault) == 0
    assert record_rights(before, journal, vault) is None
    after = read_rights(folder_of(consents=consents_of("a", "b")))
    assert record_rights(after, journal, vault) == 1
    entry, facts = last_rights(journal) or (None, None)
    assert (entry, facts and facts.statement, facts and facts.parts) == (
        1,
        after.digest,
        after.parts(),
    )

    assert record_rights(before, journal, vault) == 2, "going back is a change as well"
    assert RightsFile.read(vault.read(before.digest), where="vault") == before
    (act, *_) = journal.acts("rights")
    assert act.facts["files"] == {"rights/consents.toml": before.files["rights/consents.toml"]}


def test_an_entry_of_an_earlier_release_is_said_again_with_its_parts(tmp_path: Path) -> None:
    journal, vault = memory_journal(), FolderVault(tmp_path)
    rights = read_rights(folder_of(consents=consents_of("a")))
    facts = {"statement": rights.digest, "files": rights.files, "documents": rights.documents}
    journal.record("rights", {"rights": rights.digest}, facts)
    assert record_rights(rights, journal, vault) == 1
    assert record_rights(rights, journal, vault) is None


def test_papers_stand_in_the_lineage(tmp_path: Path) -> None:
    journal, vault = memory_journal(), FolderVault(tmp_path / "vault")
    folder = folder_of(
        tool_of(version="*", models=["lens", "engine"]),
        model_of(id="engine", version="2", datasets=["birds"], talent=["ada"]),
        model_of(id="engine", version="*", datasets=["trees"]),
        dataset_of(consents=["bo"]),
        tool_of(id="alone", models=["alone"]),
        consents=consents_of("ada", "bo", "unused"),
    )
    record_rights(read_rights(folder), journal, vault)
    graph = Provenance(journal, vault, open_lineage(tmp_path / "lineage.sqlite")).graph()
    assert graph.named(NodeKind.CONSENT) == ("ada", "bo", "unused")
    assert graph.named(NodeKind.DATASET) == ("birds", "trees")
    label = graph.find(NodeKey(NodeKind.CONSENT, "unused"))
    assert label is not None
    assert (label.label, label.entry) == ("voice of Ada", 0)
    for kind, name in (("consent", "bo"), ("dataset", "birds"), ("consent", "ada")):
        below = graph.downstream(NodeKey(NodeKind(kind), name), NodeKind.MODEL)
        assert {node.key.name for node in below} == {"engine@2", "lens"}
    trees = graph.downstream(NodeKey(NodeKind.DATASET, "trees"), NodeKind.MODEL)
    assert {node.key.name for node in trees} == {"engine", "engine@2", "lens"}
    assert is_known("consent", "unused", graph)
    assert not is_known("consent", "nobody", graph)


def test_what_only_papers_name_reached_nothing() -> None:
    found = unreached("consent", "ada").document()
    assert found["statement"] == (
        "consent ada is named in the papers, and nothing was made with it yet"
    )
    assert (found["takes"], found["masters"], found["who"]) == ([], [], [])


def test_withdrawals_are_facts_of_a_case() -> None:
    journal, signer = memory_journal(), NamedSigner.person("mira")
    register(Person(id="mira", name="Mira", roles=(Role.PRODUCER,)), signer, journal)
    said = Withdrawal(kind="consent", id="ada", person="mira", reason="r", key=signer.key.id)
    subject = {"withdrawn": digest_of(b"ada")}
    entry = journal.record("withdrawal", subject, said.to_json(), signers=(signer,))
    assert withdrawn_facts(journal) == (
        Withdrawn(kind="consent", id="ada", entry=entry, at="2026-01-01T00:00:01Z"),
    )


def test_what_lacks_is_named_with_what_there_is() -> None:
    rights = read_rights(
        folder_of(
            tool_of(version="3", models=["lens", "engine"]),
            tool_of(id="other", models=["engine"]),
            model_of(id="engine", talent=["ada"]),
            dataset_of(consents=["bo", "cy"]),
            consents=consents_of("bo"),
        )
    )
    found = lacking(rights, [generator_of("birds", "trees", consents=("di",))] * 2)
    assert [lack.words for lack in found] == [
        "no passport of the tool lens, version 4, used by lens; there is one for 3",
        "no passport of the model lens, version 4, used by lens",
        "no consent cy, used by birds",
        "no passport of the dataset trees, used by lens",
        "no consent di, used by lens",
    ]
    other = lacking(rights, [generator_of().model_copy(update={"name": "other"})])
    assert [(lack.kind, lack.id) for lack in other] == [("consent", "ada")]


def test_what_is_said_later_counts_and_usage_counts_by_field() -> None:
    one = {"title": "A", "usage": {"licence": "MIT", "commercial": "yes"}, "id": "not this"}
    two = {"maker": "B", "usage": {"licence": "CC0-1.0"}, "kind": "dataset"}
    looked = {"version": "1", "checked_by": "mira", "checked_on": "2026-11-28"}
    found = stated("tool", "lens", one, two, looked)
    assert (found.id, found.kind, found.title, found.maker) == ("lens", "tool", "A", "B")
    assert (found.usage.licence, found.usage.commercial.value) == ("CC0-1.0", "yes")
    with pytest.raises(UnreadableInput, match="ToolPassport") as refused:
        stated("tool", "lens", looked, {"weigths": "x"})
    assert "weigths" in str(refused.value.why)


def test_a_statement_is_added_to_what_was_kept(tmp_path: Path) -> None:
    folder = folder_of(tool_of(maker="A maker"), shipped=(model_of(id="pico", maker="SVOX"),))
    text = tmp_path / "terms.txt"
    text.write_bytes(b"We train on nothing.")
    said = Statement(
        kind="tool",
        name="lens",
        version=None,
        by="ada",
        on="2026-11-29",
        said=({"trains_on_inputs": "no"},),
        texts={"terms": text},
        source="https://example.org",
    )
    passport, _ = state_passport(folder, said)
    assert (passport.maker, passport.version, passport.checked_by) == ("A maker", "4", "ada")
    assert passport.usage.terms is not None
    assert passport.usage.terms.digest == digest_of(b"We train on nothing.")
    rights = read_rights(folder)
    assert find_passport(rights, "tool", "lens") == (passport,)
    pico = Statement(kind="model", name="pico", version="9", by="ada", on="2026-11-29")
    own, _ = state_passport(folder, pico)
    assert own.maker == "unknown", "what the program says of its own is not taken over"
    other = Statement(kind="tool", name="lens", version="5", by="ada", on="2026-11-29")
    state_passport(folder, other)
    assert find_passport(read_rights(folder), "tool", "lens", "5")
    with pytest.raises(UsageError, match="2 versions of the tool lens"):
        state_passport(folder, said)
