"""A production whose shots follow files: what is sent, what is refused, what is recorded."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import studio_fixtures
from studio_fixtures import FILM, Run

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.watch import Clock
from generique.model.values import digest_of
from generique.testing.productions import declared_uses
from generique.testing.providers.runway import SimulatedRunway

run = studio_fixtures.run

STILL = "stills/aviary.png"
NOTE = f"[[reference: {STILL} as first frame]]"
SHOTS = (("EXT. RED - DAY", f"red, 2 s]]\n{NOTE[:-2]}", "Here."),)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HostedBackend, "clock", Clock(scale=0.002))


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Any:
    with SimulatedRunway() as simulated:
        monkeypatch.setenv("RUNWAYML_API_SECRET", "not-a-real-key")
        monkeypatch.setenv("RUNWAYML_BASE_URL", simulated.base)
        yield simulated


def following_film(
    folder: Path, reference: str | None = "hosted", backend: str = "runway:gen4.5", shade: int = 90
) -> Path:
    """A film of one shot that begins with a still; None leaves out how far the still may go."""
    made = replace(FILM, shots=SHOTS).write(folder / "film")
    path = made / "production.toml"
    money = '\n[budget]\namount = "10"\ncurrency = "EUR"\nrates = { USD = "0.9" }\n'
    text = path.read_text("utf-8").replace('shot = "canned"', f'shot = "{backend}"')
    path.write_text(text + money, "utf-8")
    uses = declared_uses("canned", "runway:gen4.5")
    (made / "rights" / "uses.toml").write_text(uses, "utf-8")
    lay_still(made, reference, shade)
    return made


def lay_still(folder: Path, reference: str | None, shade: int = 90) -> bytes:
    """A still with its rights; returns its bytes."""
    still = folder / "media" / STILL
    still.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(still), np.full((72, 128, 3), shade, np.uint8))
    data = still.read_bytes()
    said = f'reference = "{reference}"\n' if reference else ""
    (folder / "media" / "media.toml").write_text(
        'schema = "generique/media/1"\n\n[[media]]\n'
        f'file = "{STILL}"\ntitle = "The aviary in 1950"\nkind = "picture"\ncaptured = true\n'
        f'sha256 = "{digest_of(data).removeprefix("sha256:")}"\n\n[media.rights]\n'
        f'licence = "CC-BY-4.0"\nholder = "An archive"\nsource = "bought as a scan"\n'
        f'notice = "media/NOTICE.txt"\n{said}\n[media.rights.credit_duty]\n'
        'en = "Photograph: An Archive, used with permission."\n',
        "utf-8",
    )
    (folder / "media" / "NOTICE.txt").write_text("It may be used.\n", "utf-8")
    return data


def posts(provider: SimulatedRunway) -> int:
    return sum(line.startswith("POST") for line in provider.log)


def refusals(run: Run, folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("plan", folder, "--json").document["refusals"]
    return found


def test_the_bytes_arrive_and_are_recorded(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = following_film(tmp_path)
    data = (folder / "media" / STILL).read_bytes()
    assert refusals(run, folder) == []
    assert provider.log == [], "a plan asks nobody"
    made = run("shoot", "-p", folder, "--json")
    assert made.code == 0, made.err
    (order,) = [each for each in provider.asked if each.method == "POST"]
    assert order.path == "/v1/image_to_video"
    sent = str(order.document()["promptImage"]).partition(";base64,")
    assert sent[0] == "data:image/png"
    assert base64.b64decode(sent[2]) == data
    take = next(each for each in made.document["takes"] if each["element"] == "1-1")
    assert take["references"] == [
        {"role": "first-frame", "file": digest_of(data), "media_type": "image/png"}
    ]
    assert run("shoot", "-p", folder, "-q").code == 0
    assert posts(provider) == 1, "the same still is not bought twice"
    lay_still(folder, "hosted", shade=120)
    assert run("shoot", "-p", folder, "-q").code == 0
    assert posts(provider) == 2, "another still is another take"


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (None, "nobody has said whether generators may be given it"),
        ("no", "no generator may be given it"),
        ("local", "sends it to Runway AI, Inc."),
    ],
)
def test_what_the_rights_do_not_allow_is_refused_before_money(
    run: Run, provider: SimulatedRunway, tmp_path: Path, reference: str | None, words: str
) -> None:
    folder = following_film(tmp_path, reference)
    (refusal,) = refusals(run, folder)
    assert (refusal["rule"], refusal["element"]) == ("GEN-10", "1-1")
    assert words in refusal["reason"]
    assert refusal["lift"]
    steps = {each["name"]: each for each in run("plan", folder, "--json").document["steps"]}
    assert steps["shoot 1-1"]["state"] == "refused"
    refused = run("shoot", "-p", folder)
    assert refused.code == 3
    assert words in refused.err
    assert provider.log == [], "nothing was sent"


def test_a_file_without_rights_or_with_other_bytes_is_refused(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = following_film(tmp_path)
    (folder / "media" / "media.toml").rename(folder / "media" / "elsewhere.toml")
    (refusal,) = refusals(run, folder)
    assert refusal["rule"] == "GEN-10"
    assert f"follow {STILL} as first-frame, and nothing is known" in refusal["reason"]
    refused = run("shoot", "-p", folder)
    assert (refused.code, "nothing is known of the rights" in refused.err) == (3, True)
    assert "media.toml" in refused.err
    (folder / "media" / "elsewhere.toml").rename(folder / "media" / "media.toml")
    still = folder / "media" / STILL
    still.write_bytes(still.read_bytes() + b"\0")
    (refusal,) = refusals(run, folder)
    assert "nothing is known of the rights in these bytes" in refusal["reason"]
    assert run("shoot", "-p", folder).code == 2, "not the file whose rights are stated"
    still.unlink()
    missing = run("plan", folder)
    assert (missing.code, "is missing" in missing.err) == (2, True)
    assert provider.log == []


@pytest.mark.parametrize("backend", ["world", "canned"])
def test_a_backend_that_follows_nothing_refuses(run: Run, tmp_path: Path, backend: str) -> None:
    folder = following_film(tmp_path, "local", backend)
    if backend == "world":
        script = folder / "script.fountain"
        prompt = "night aerial over a Canadian suburb"
        script.write_text(script.read_text("utf-8").replace("shot: red", f"shot: {prompt}"))
        uses = folder / "rights" / "uses.toml"
        uses.write_text(uses.read_text("utf-8").replace('"canned"', '"canned", "world"'))
    (refusal,) = refusals(run, folder)
    assert refusal["rule"] == "backend-capability"
    assert f"{backend} takes no reference as first-frame" in refusal["reason"]
    refused = run("shoot", "-p", folder)
    assert refused.code == 4, refused.err
    assert "takes no reference" in refused.err


def test_a_role_that_a_model_does_not_take_is_refused(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = following_film(tmp_path)
    script = folder / "script.fountain"
    script.write_text(script.read_text("utf-8").replace("as first frame", "as style"), "utf-8")
    (refusal,) = refusals(run, folder)
    assert refusal["rule"] == "backend-capability"
    assert "takes no reference as style" in refusal["reason"]
    assert run("shoot", "-p", folder).code == 4
    assert provider.log == []


def test_the_film_names_what_its_takes_followed(
    run: Run, provider: SimulatedRunway, tmp_path: Path
) -> None:
    folder = following_film(tmp_path)
    made = run("produce", folder, "--demo-review", "--quality", "draft", "--json")
    assert made.code == 0, made.err
    master = folder / "out" / "master.en.mp4"
    traced = run("trace", master, "--at", "0.5", "--json")
    assert traced.code == 0, traced.err
    shot = next(each for each in traced.document["elements"] if each["element"] == "1-1")
    (followed,) = shot["references"]
    assert (followed["name"], followed["role"]) == (STILL, "first-frame")
    told = run("trace", master, "--at", "0.5").out
    assert f"{STILL} as first-frame (CC-BY-4.0, An archive)" in told
    assert followed["rights"]["holder"] == "An archive"
    assert posts(provider) == 1
    lay_still(folder, "local")
    again = run("produce", folder, "--demo-review", "--quality", "draft")
    assert again.code == 3, "what was allowed once and is not any more stops the master"
    assert "GEN-10" in again.err
    assert posts(provider) == 1
