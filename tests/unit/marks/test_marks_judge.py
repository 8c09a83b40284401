from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.marks.credential.judge import judge
from generique.marks.credential.report import CredentialTree
from generique.marks.verdict import Finding, Judgement, Verdict, worst
from generique.model.errors import UnreadableInput
from generique.model.values import digest_of

ESSENCE = digest_of(b"essence")
COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/composite"


def status(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "url": "self#", "explanation": "why"} for code in codes]


def manifest(**more: Any) -> dict[str, Any]:
    created = {"action": "c2pa.created", "digitalSourceType": COMPOSITE}
    return {
        "title": "part",
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": "org.generique.media", "data": {"essence": ESSENCE}},
        ],
        "signature_info": {"issuer": "Dev", "common_name": "Signer"},
        **more,
    }


def ingredient(**more: Any) -> dict[str, Any]:
    recorded = {
        "activeManifest": {
            "success": status("assertion.bmffHash.match", "signingCredential.trusted"),
            "failure": [],
        }
    }
    return {
        "title": "1-1.t1",
        "relationship": "componentOf",
        "active_manifest": "urn:below",
        "label": "c2pa.ingredient.v3",
        "validation_results": recorded,
        **more,
    }


def report(**more: Any) -> dict[str, Any]:
    return {
        "active_manifest": "urn:top",
        "manifests": {
            "urn:top": manifest(ingredients=[ingredient()]),
            "urn:below": manifest(),
        },
        "validation_results": {
            "activeManifest": {
                "success": status("assertion.bmffHash.match", "signingCredential.trusted"),
                "informational": status("signingCredential.ocsp.skipped"),
                "failure": [],
            },
            "ingredientDeltas": [],
        },
        "validation_state": "Trusted",
        **more,
    }


def judged(document: dict[str, Any], *, anchored: bool = True) -> Judgement:
    tree = CredentialTree.parse(json.dumps(document), where="test", anchored=anchored)
    return judge(tree, ESSENCE)


def codes(document: dict[str, Any]) -> set[str]:
    return {finding.code for finding in judged(document).findings}


def delta(*failures: str, success: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "ingredientAssertionURI": ("self#jumbf=/c2pa/urn:top/c2pa.assertions/c2pa.ingredient.v3"),
        "validationDeltas": {"success": status(*success), "failure": status(*failures)},
    }


def test_a_sound_tree_is_trusted() -> None:
    judgement = judged(report())
    assert judgement == Judgement(verdict=Verdict.TRUSTED, signer="Signer, Dev")


def test_without_roots_of_the_reader_nobody_is_trusted() -> None:
    judgement = judged(report(), anchored=False)
    assert judgement.verdict is Verdict.UNTRUSTED_SIGNER
    assert judgement.passed


def test_no_credential_is_unknown() -> None:
    assert judge(None, ESSENCE).verdict is Verdict.UNKNOWN
    missing = report(active_manifest="urn:none")
    assert codes(missing) == {"credential.missing"}


@pytest.mark.parametrize(
    "failure", ["assertion.bmffHash.mismatch", "claimSignature.mismatch", "something.new"]
)
def test_any_failure_breaks(failure: str) -> None:
    document = report()
    document["validation_results"]["activeManifest"]["failure"] = status(failure)
    assert judged(document).verdict is Verdict.BROKEN
    document = report()
    document["manifests"]["urn:top"]["ingredients"][0]["validation_results"]["activeManifest"][
        "failure"
    ] = status(failure)
    assert codes(document) == {"ingredient.tampered"}
    document = report()
    document["validation_results"]["ingredientDeltas"] = [delta(failure)]
    assert codes(document) == {"ingredient.tampered"}
    nested = report()
    nested["manifests"]["urn:top"]["ingredients"][0]["validation_results"]["ingredientDeltas"] = [
        delta(failure)
    ]
    assert codes(nested) == {"ingredient.tampered"}


def test_the_words_of_the_library_do_not_count() -> None:
    assert judged(report(validation_state="Invalid")).verdict is Verdict.TRUSTED
    untrusted = report(validation_state="Trusted")
    untrusted["validation_results"]["activeManifest"] = {
        "success": status("assertion.bmffHash.match"),
        "failure": status("signingCredential.untrusted"),
    }
    assert judged(untrusted).verdict is Verdict.UNTRUSTED_SIGNER


def test_missing_results_break() -> None:
    assert codes(report(validation_results=None)) == {"credential.unchecked"}
    assert codes(report(validation_results={})) == {"credential.unchecked"}
    document = report()
    document["validation_results"]["activeManifest"]["success"] = status(
        "signingCredential.trusted"
    )
    assert codes(document) == {"credential.unbound"}


@pytest.mark.parametrize("code", ["signingCredential.expired", "claimSignature.outsideValidity"])
def test_an_expired_certificate_is_unknown(code: str) -> None:
    document = report()
    document["validation_results"]["activeManifest"]["failure"] = status(code)
    assert judged(document).verdict is Verdict.UNKNOWN


def test_an_ingredient_without_credential_or_check_is_unknown() -> None:
    document = report()
    document["manifests"] = {"urn:top": manifest(ingredients=[ingredient(active_manifest=None)])}
    assert codes(document) == {"ingredient.unsigned"}
    document = report()
    document["manifests"]["urn:top"]["ingredients"] = [ingredient(validation_results=None)]
    assert "ingredient.unverified" in codes(document)
    assert judged(document).verdict is Verdict.UNKNOWN


def test_trust_in_an_ingredient_is_that_of_now() -> None:
    lost = report()
    lost["validation_results"]["ingredientDeltas"] = [delta("signingCredential.untrusted")]
    assert codes(lost) == {"ingredient.untrusted"}
    assert judged(lost).verdict is Verdict.VALID
    won = report()
    recorded = won["manifests"]["urn:top"]["ingredients"][0]["validation_results"]
    recorded["activeManifest"] = {
        "success": status("assertion.bmffHash.match"),
        "failure": status("signingCredential.untrusted"),
    }
    assert codes(won) == {"ingredient.untrusted"}
    won["validation_results"]["ingredientDeltas"] = [delta(success=("signingCredential.trusted",))]
    assert judged(won).verdict is Verdict.TRUSTED


def test_manifests_that_are_missing_or_belong_to_nobody_are_found() -> None:
    document = report()
    del document["manifests"]["urn:below"]
    assert codes(document) == {"credential.manifest-missing"}
    document = report()
    document["manifests"]["urn:stray"] = manifest()
    assert codes(document) == {"credential.stray-manifest"}


def test_a_tree_that_bites_its_tail_ends() -> None:
    document = report()
    document["manifests"]["urn:below"]["ingredients"] = [ingredient(active_manifest="urn:top")]
    assert judged(document).verdict is Verdict.TRUSTED


@pytest.mark.parametrize(
    "actions",
    [
        [],
        None,
        "text",
        [{"action": "c2pa.edited"}],
        [{"action": "c2pa.placed"}, {"action": "c2pa.created", "digitalSourceType": COMPOSITE}],
    ],
)
def test_the_first_action_is_a_creation(actions: object) -> None:
    document = report()
    document["manifests"]["urn:below"]["assertions"][0]["data"] = {"actions": actions}
    assert "action.first" in codes(document)


@pytest.mark.parametrize("uri", [None, "foo", "", 7, {"a": 1}])
def test_bogus_source_types_are_found_anywhere_in_the_tree(uri: object) -> None:
    document = report()
    actions = [{"action": "c2pa.created", "digitalSourceType": uri}]
    document["manifests"]["urn:below"]["assertions"][0]["data"] = {"actions": actions}
    assert codes(document) == {"source-type.unknown"}


def test_the_stated_essence_counts() -> None:
    tree = CredentialTree.parse(json.dumps(report()), where="test", anchored=True)
    assert [f.code for f in judge(tree, digest_of(b"other")).findings] == ["essence.mismatch"]
    assert judge(tree, None).verdict is Verdict.UNKNOWN
    document = report()
    del document["manifests"]["urn:top"]["assertions"][1]
    assert codes(document) == {"essence.unstated"}
    assert judged(document).verdict is Verdict.VALID


def test_the_worst_counts() -> None:
    assert worst([]) is Verdict.TRUSTED
    assert worst([Verdict.VALID, Verdict.BROKEN, Verdict.UNKNOWN]) is Verdict.BROKEN
    assert worst([Verdict.VALID, Verdict.UNTRUSTED_SIGNER]) is Verdict.UNTRUSTED_SIGNER
    note = Finding(code="x", where="y", why="z", verdict=Verdict.UNTRUSTED_SIGNER)
    assert not note.is_fault
    assert Finding(code="x", where="y", why="z").is_fault


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"active_manifest": 1, "manifests": {}}', "[" * 100_000],
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput):
        CredentialTree.parse(text, where="test", anchored=True)


@given(st.binary(max_size=12), st.integers(0, 10_000))
def test_a_report_with_nonsense_in_it_is_refused_or_judged(noise: bytes, place: int) -> None:
    text = json.dumps(report())
    at = place % len(text)
    changed = text[:at] + noise.decode("latin-1") + text[at + len(noise) :]
    try:
        tree = CredentialTree.parse(changed, where="test", anchored=True)
    except UnreadableInput:
        return
    assert judge(tree, ESSENCE).verdict in Verdict


def test_what_others_wrote_cannot_steer_a_terminal() -> None:
    document = report()
    document["manifests"]["urn:top"]["ingredients"] = [
        ingredient(title="\x1b[2J\u202ereverse\nline", active_manifest=None)
    ]
    document["manifests"]["urn:top"]["signature_info"]["issuer"] = "\x1b]0;x\x07"
    del document["manifests"]["urn:below"]
    judgement = judged(document)
    assert judgement.signer.isprintable()
    for finding in judgement.findings:
        assert (finding.where + finding.why).isprintable()
        assert "reverse" in finding.where
