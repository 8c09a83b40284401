"""A production that asks a hosted provider, simulated: money, order, lost answers."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import studio_fixtures
from studio_fixtures import FILM, Run

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.watch import Clock
from generique.machineroom.folder import DiskFolder
from generique.studio.wiring import Studio
from generique.testing.memory import ListedProgress
from generique.testing.productions import declared_uses
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.providers.signed import PROGRAM, signed_result, tampered
from generique.testing.providers.simulator import SimulatedJob

run = studio_fixtures.run

KEY = "not-a-real-key"
SHOTS = (("EXT. RED - DAY", "red, 2 s", "Here."), ("EXT. BLUE - DAY", "blue, 1.2 s", ""))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HostedBackend, "clock", Clock(scale=0.002))


def hosted_film(folder: Path, shot: str = '"runway:gen4.5"', budget: str = "10") -> Path:
    """A film of two shots whose pictures a provider makes."""
    made = replace(FILM, shots=SHOTS).write(folder / "film")
    path = made / "production.toml"
    text = path.read_text("utf-8")
    assert 'shot = "canned"' in text
    money = f'\n[budget]\namount = "{budget}"\ncurrency = "EUR"\nrates = {{ USD = "0.9" }}\n'
    path.write_text(text.replace('shot = "canned"', f"shot = {shot}") + money, "utf-8")
    uses = declared_uses("canned", "runway:gen4.5", "runway:gen4_turbo")
    (made / "rights" / "uses.toml").write_text(uses, "utf-8")
    return made


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Any:
    with SimulatedRunway() as simulated:
        monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
        monkeypatch.setenv("RUNWAYML_BASE_URL", simulated.base)
        yield simulated


class SigningRunway(SimulatedRunway):
    """Signs what it makes, as some providers do.

    Attributes:
        keys: Folder of its keys.
    """

    keys: Path

    def result(self, job: SimulatedJob) -> tuple[bytes, str]:
        """A signed film; that of the second job was changed after it was signed."""
        data, kind = super().result(job)
        signed = signed_result(data, self.keys / job.number)
        return (tampered(signed) if job.number.endswith("2") else signed), kind


@pytest.fixture
def signing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    with SigningRunway() as simulated:
        simulated.keys = tmp_path / "provider"
        monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
        monkeypatch.setenv("RUNWAYML_BASE_URL", simulated.base)
        yield simulated


def posts(provider: SimulatedRunway) -> int:
    return sum(line.startswith("POST") for line in provider.log)


def test_shots_of_a_production_are_ordered_together_and_paid_once(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = hosted_film(tmp_path)
    planned = run("plan", folder, "--json").document
    steps = {step["name"]: step for step in planned["steps"]}
    assert float(steps["shoot 1-1"]["cost"]) > 0
    assert planned["refusals"] == []
    made = run("shoot", "-p", folder, "--json")
    assert made.code == 0, made.err
    takes = {take["element"]: take for take in made.document["takes"]}
    job = takes["1-1"]["job"]
    assert job["provider"] == "runway"
    assert job["number"] in provider.jobs
    assert job["held"] == job["cost"]
    assert job["currency"] == "USD"
    assert takes["1-1"]["original"] != takes["1-1"]["file"]
    seen = takes["1-1"]["observed"]
    assert seen["file"] == takes["1-1"]["original"]
    assert seen["credential"]["state"] == "none"
    assert [mark["state"] for mark in seen["marks"]] == ["none", "absent"]
    first = [line.split()[0] for line in provider.log]
    assert first[:2] == ["POST", "POST"], "both are ordered before either is waited for"
    assert run("shoot", "-p", folder, "-q").code == 0
    assert posts(provider) == 2
    again = run("plan", folder, "--json").document
    assert {s["state"] for s in again["steps"] if s["name"].startswith("shoot")} == {"cached"}
    anew = run("reproduce", takes["1-1"]["id"], folder)
    assert anew.code == 4
    assert "is not made again" in anew.err
    assert posts(provider) == 2
    written = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert KEY.encode() not in written


def test_a_budget_is_kept_before_anything_is_ordered(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = hosted_film(tmp_path, budget="0.30")
    refusals = run("plan", folder, "--json").document["refusals"]
    assert [refusal["rule"] for refusal in refusals] == ["budget"]
    refused = run("shoot", "-p", folder)
    assert refused.code == 3
    assert "are left" in refused.err
    assert posts(provider) == 0


def test_backends_are_tried_in_the_order_that_is_declared(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = hosted_film(tmp_path, '["runway:gen4.5", "canned"]')
    provider.faults = Script({"job": [Fault.BROKEN]})
    made = run("shoot", "-p", folder, "--json")
    assert made.code == 0, made.err
    takes = {take["element"]: take for take in made.document["takes"]}
    makers = sorted(takes[name]["passport"]["name"] for name in ("1-1", "2-1"))
    assert makers == ["canned", "runway:gen4.5"]
    other = next(
        t
        for t in takes.values()
        if t["passport"]["name"] == "canned" and t["job"] is None and t["element"] in {"1-1", "2-1"}
    )
    assert any("runway:gen4.5 was asked before" in warning for warning in other["warnings"])
    assert [(each["backend"], each["code"]) for each in other["tried"]] == [
        ("runway:gen4.5", "backend-failed")
    ]
    assert run("shoot", "-p", folder, "-q").code == 0
    assert posts(provider) == 2, "what another made is not ordered again"


def test_without_a_key_the_next_one_is_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("RUNWAYML_API_SECRET", raising=False)
    folder = hosted_film(tmp_path, '["runway:gen4.5", "canned"]')
    before = run("plan", folder, "--json").document
    assert before["refusals"] == [], "the next one is going to be asked"
    assert {s["backend"] for s in before["steps"] if s["name"].startswith("shoot")} == {"canned"}
    made = run("shoot", "-p", folder, "--json")
    assert made.code == 0, made.err
    assert all(take["job"] is None for take in made.document["takes"])
    planned = run("plan", folder, "--json").document
    assert planned["refusals"] == []
    assert {s["state"] for s in planned["steps"] if s["name"].startswith("shoot")} == {"cached"}
    alone = hosted_film(tmp_path / "alone")
    refusals = run("plan", alone, "--json").document["refusals"]
    assert {refusal["rule"] for refusal in refusals} == {"backend-not-configured"}
    refused = run("shoot", "-p", alone)
    assert refused.code == 5
    assert "RUNWAYML_API_SECRET" in refused.err


def test_a_lost_answer_is_settled_by_a_person(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = hosted_film(tmp_path, '["runway:gen4.5", "canned"]')
    provider.faults = Script({"create": [Fault.LOST]})
    lost = run("shoot", "-p", folder)
    assert lost.code == 5
    assert "nobody knows" in lost.err
    listed = run("reconcile", "-p", folder, "--json")
    assert listed.code == 1
    (unknown,) = [each for each in listed.document["jobs"] if each["job"]["number"] is None]
    name = unknown["job"]["intent"].removeprefix("sha256:")[:12]
    assert run("reconcile", name, "-p", folder, "--not-taken").code == 2, "who says so?"
    number = next(iter(provider.jobs))
    settled = run("reconcile", name, "-p", folder, "--number", number, "--by", "mira")
    assert settled.code == 0, settled.err
    assert run("shoot", "-p", folder, "-q").code == 0
    assert run("reconcile", "-p", folder).out.strip() == "every order is settled"
    assert posts(provider) == 2
    assert run("reconcile", name, "-p", folder, "--not-taken", "--by", "mira").code == 2


def test_an_accepted_job_can_be_stopped(
    run: Run, provider: SimulatedRunway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = resources.files("generique.backends.hosted") / "cards" / "runway.toml"
    late = own.read_text("utf-8").replace("deadline_seconds = 1800.0", "deadline_seconds = 0.001")
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "runway.toml").write_text(late, "utf-8")
    monkeypatch.setenv("GENERIQUE_CARDS", str(tmp_path / "cards"))
    provider.looks = 10_000
    folder = hosted_film(tmp_path)
    waiting = run("shoot", "-p", folder, "--json")
    assert waiting.document["code"] == "past-deadline"
    jobs = run("reconcile", "-p", folder, "--json").document["jobs"]
    name = jobs[0]["job"]["intent"].removeprefix("sha256:")[:12]
    stopped = run("reconcile", name, "-p", folder, "--cancel", "--by", "mira")
    assert stopped.code == 0, stopped.err
    assert provider.jobs[jobs[0]["job"]["number"]].cancelled
    assert posts(provider) == 2


def test_what_a_backend_lacks_is_said_without_spending(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RUNWAYML_API_SECRET", raising=False)
    checked = run("backends", "check", "runway:gen4.5", "--json")
    assert checked.code == 5
    assert [lack["what"] for lack in checked.document["lacks"]] == [
        "RUNWAYML_API_SECRET: the secret of an API key"
    ]
    assert run("backends", "check", "world").code == 0
    assert run("backends", "check", "runway:gen9").code == 5
    listed = run("backends", "--json").document["backends"]
    prices = {entry["name"]: entry["price"] for entry in listed}
    assert prices["runway:gen4.5"] == "0.12 USD a second"
    assert prices["world"] == "free"


def test_what_a_delivered_file_says_of_itself_goes_with_the_film(
    run: Run, signing: SigningRunway, tmp_path: Path
) -> None:
    folder = hosted_film(tmp_path)
    made = run("produce", folder, "--demo-review", "-q")
    assert made.code == 0, made.err
    master = folder / "out" / "master.en.mp4"
    assert run("verify", master).code == 0
    seen, original = {}, ""
    for at in ("0.5", "2.6"):
        document = run("trace", master, "--at", at, "--json").document
        shot = next(each for each in document["elements"] if each["track"] == "V1")
        original = shot["original"]
        assert shot["observed"]["file"] == original
        assert shot["job"]["number"] in signing.jobs
        assert shot["job"]["held"] is shot["job"]["cost"] is None
        seen[shot["job"]["number"][-1]] = shot["observed"]["credential"]
    held, broken = seen["1"], seen["2"]
    assert (held["verdict"], broken["verdict"]) == ("untrusted signer", "broken")
    assert held["program"] == f"{PROGRAM} 1"
    assert held["source_type"].endswith("/trainedAlgorithmicMedia")
    told = run("trace", master, "--at", "0.5", "--prov", tmp_path / "prov.json").out
    assert "kept untouched, sha256:" in told
    audit = run("audit", folder, "--json").document
    rules = {rule["id"]: rule for rule in audit["rules"]}
    assert rules["ORIGINAL-1"]["status"] == "passed"
    page = (folder / "out" / "audit.html").read_text("utf-8")
    assert "by a signer whom nobody here vouches for" in page
    vault = Studio(DiskFolder(folder), ListedProgress()).vault
    place = vault.path(original)
    place.chmod(0o644)
    place.write_bytes(bytes(place.stat().st_size))
    audited = run("audit", folder, "--json")
    rules = {rule["id"]: rule for rule in audited.document["rules"]}
    assert (audited.code, rules["ORIGINAL-1"]["status"]) == (1, "failed")
    assert run("vault", "check", "-p", folder).code == 6
