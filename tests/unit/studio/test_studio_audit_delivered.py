"""What a provider delivered, in sentences of both languages, and whether it is kept as it came."""

from __future__ import annotations

from pathlib import Path

import pytest

from generique.clearance.contract_words import TextLanguage
from generique.clearance.verdict import Status
from generique.machineroom.vault import FileVault
from generique.model.delivered import (
    Delivery,
    JobFacts,
    Observed,
    ObservedCredential,
    ObservedMark,
    Tried,
)
from generique.model.lineage import Lineage
from generique.model.values import digest_of
from generique.production.audit import worst_status
from generique.production.evidence import trace_frame
from generique.production.exports import openlineage_events, prov_document
from generique.production.originals import ORIGINAL_RULE, original_rules
from generique.studio.audit_delivered import DELIVERED_WORDS, delivered_of
from generique.studio.audit_french import FRENCH_LIFTS, FRENCH_TITLES
from generique.testing.lineages import generated, lineage_of

FILE = digest_of(b"delivered")
READER = "c2pa-python 9"
FOUND = ObservedCredential(
    state="found",
    reader=READER,
    verdict="untrusted signer",
    findings=("signer.untrusted",),
    signer="A provider, its chain",
    program="Maker 1",
    source_type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
)
MARKS = (
    ObservedMark(carrier="picture", state="none", reader="a.mark.1", why="nothing clear"),
    ObservedMark(carrier="sound", state="absent", reader="another.mark.1"),
)
JOB = JobFacts(
    provider="runway", model="gen4.5", number="task-7", held="1", currency="USD", terms="2026-11-01"
)
TRIED = (Tried(backend="veo:fast", code="moderated", reason="it refused the prompt"),)


def observed(credential: ObservedCredential = FOUND) -> Observed:
    return Observed(file=FILE, size=9, credential=credential, marks=MARKS)


def film() -> Lineage:
    shot = generated("1-1", 0, 24).model_copy(
        update={"original": FILE, "observed": observed(), "job": JOB, "tried": TRIED}
    )
    return lineage_of(shot, generated("1-2", 24, 48))


def said(delivery: Delivery, language: TextLanguage = "en") -> dict[str, str]:
    return {fact.key: fact.value for fact in delivered_of(delivery, language)}


def test_both_languages_have_every_word_and_leave_no_gap() -> None:
    assert set(DELIVERED_WORDS["en"]) == set(DELIVERED_WORDS["fr"])
    delivery = film().elements[0].delivery
    for language in DELIVERED_WORDS:
        facts = delivered_of(delivery, language)
        assert [fact.key for fact in facts] == ["original", "credential", "marks", "job", "tried"]
        assert not any("{" in fact.value for fact in facts)
        assert len({fact.name for fact in facts}) == len(facts)


def test_it_is_said_who_signed_what_was_found_and_who_was_asked_before() -> None:
    facts = said(film().elements[0].delivery)
    assert facts["original"] == f"kept untouched, {FILE}"
    assert "by a signer whom nobody here vouches for" in facts["credential"]
    assert "signed by A provider, its chain" in facts["credential"]
    assert facts["credential"].endswith("it calls itself trainedAlgorithmicMedia")
    assert facts["marks"] == "picture: none that a.mark.1 found; no sound"
    assert facts["job"] == "runway, model gen4.5, job task-7; terms: 2026-11-01"
    assert facts["tried"] == "veo:fast (moderated): it refused the prompt"
    assert delivered_of(generated("1-2", 0, 24).delivery) == ()


@pytest.mark.parametrize(
    ("credential", "words"),
    [
        (ObservedCredential(state="none", reader=READER), f"no content credential that {READER}"),
        (
            ObservedCredential(state="unreadable", reader=READER, why="it is MP3"),
            f"unknown: {READER} could not read it (it is MP3)",
        ),
    ],
)
def test_nothing_found_is_said_as_that_and_names_the_reader(
    credential: ObservedCredential, words: str
) -> None:
    delivery = Delivery(original=FILE, observed=observed(credential))
    assert words in said(delivery)["credential"]
    assert READER in said(delivery, "fr")["credential"]


def test_an_observation_of_another_file_counts_for_nothing() -> None:
    other = Delivery(original=digest_of(b"another"), observed=observed())
    assert "was not read" in said(other)["credential"]
    assert "marks" not in said(other)


def test_trace_and_its_exports_name_original_observation_job_and_tries() -> None:
    traced = trace_frame(film(), "en", 3)
    (element,) = [each for each in traced["elements"] if each["element"] == "1-1"]
    assert element["original"] == FILE
    assert element["observed"]["credential"]["signer"] == "A provider, its chain"
    assert (element["job"]["number"], element["job"]["held"]) == ("task-7", None)
    assert element["tried"][0]["code"] == "moderated"
    prov = prov_document(traced, digest_of(b"master"))
    original = prov["entity"][f"generique:file/{FILE}"]
    assert original["generique:verdict"] == "untrusted signer"
    assert original["generique:marks"][1] == "sound: absent (another.mark.1)"
    take = f"generique:take/{element['take']}"
    derived = {"prov:generatedEntity": take, "prov:usedEntity": f"generique:file/{FILE}"}
    assert derived in prov["wasDerivedFrom"].values()
    activity = prov["activity"][f"generique:shoot/{element['take']}"]
    assert activity["generique:job"] == "task-7"
    assert activity["generique:tried"] == ["veo:fast (moderated): it refused the prompt"]
    events = openlineage_events(traced, digest_of(b"master"), "urn:p", "2026-11-29T00:00:00Z")
    shoot = next(event for event in events if event["job"]["name"] == f"shoot {element['take']}")
    assert {"namespace": "generique/file", "name": FILE} in shoot["outputs"]
    facet = shoot["run"]["facets"]["generique_delivery"]
    assert (facet["_producer"], facet["job"]["number"]) == ("urn:p", "task-7")
    other = trace_frame(film(), "en", 30)
    plain = openlineage_events(other, digest_of(b"master"), "urn:p", "2026-11-29T00:00:00Z")
    assert all("facets" not in event["run"] for event in plain)


def test_an_original_that_is_gone_or_changed_fails_the_audit(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "vault")
    assert list(original_rules(lineage_of(generated("1-2", 0, 24)), vault)) == []
    (gone,) = original_rules(film(), vault)
    assert (gone.id, gone.status) == (ORIGINAL_RULE, Status.FAILED)
    assert gone.remarks[0].elements == ("1-1",)
    vault.put_bytes(b"delivered")
    (kept,) = original_rules(film(), vault)
    assert (kept.status, kept.who, kept.lift) == (Status.PASSED, "", "")
    path = vault.path(FILE)
    path.chmod(0o644)
    path.write_bytes(b"DELIVERED")
    (changed,) = original_rules(film(), vault)
    assert changed.status is Status.FAILED
    assert "other bytes" in changed.remarks[0].reason
    assert changed.lift in FRENCH_LIFTS
    assert ORIGINAL_RULE in FRENCH_TITLES
    assert worst_status([kept, changed]) is Status.FAILED
