"""Two validators of different origin on the same files, intact and faulty, beside our verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from evidence_films import GENERATOR, Film, box, clip, conformed, flipped, make_film
from imageio_ffmpeg import get_ffmpeg_exe
from time_authority import Authority, serving

from generique.machineroom.credential_files import format_of, sidecar_of
from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.keys import KeyRing
from generique.marks.credential.claims import master_claim, take_claim
from generique.marks.credential.endorsement import Endorsement, endorsement_claim
from generique.marks.credential.judge import judge
from generique.marks.credential.soft_binding import ISCC, SoftBinding
from generique.marks.pointer import PICTURE_MARK
from generique.marks.verdict import Verdict
from generique.model.errors import UnreadableInput
from generique.testing.providers.signed import signed_result, tampered

SCRIPT = """
import json, sys
import encypher_c2pa
found = {}
for name, (path, kind, store, root, clock) in json.load(sys.stdin).items():
    try:
        report = encypher_c2pa.verify(
            path, kind, manifest_store=store, trust_pem=root, tsa_trust_pem=clock,
            no_default_trust=True, telemetry=False, online=False,
        )
        found[name] = report["validation_state"]
        if name == "time stamp":
            report = encypher_c2pa.verify(
                path, kind, trust_pem=root, tsa_trust_pem=clock, no_default_trust=True,
                telemetry=False, online=False, strict_conformance=True,
            )
            failures = json.loads(json.dumps(report["validation_results"]["failure"]))
            found["strict"] = " ".join(item["code"].rpartition(".")[2] for item in failures)
    except Exception as error:
        found[name] = f"{type(error).__name__}: {error}"[:120]
print(json.dumps(found))
"""

TRUSTED, INVALID = "Trusted", "Invalid"
BROKEN, UNKNOWN, FINE = Verdict.BROKEN, Verdict.UNKNOWN, Verdict.TRUSTED


@dataclass
class Case:
    """A file, what each validator says of it, and our verdict."""

    path: Path
    library: str
    second: str
    ours: Verdict
    root: str = ""
    clock: str | None = None
    said: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return make_film(tmp_path_factory.mktemp("film"))


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def intact(film: Film, folder: Path) -> dict[str, Case]:
    """Files that hold."""
    bound, stamped, endorsed = (folder / f"{name}.mp4" for name in ("bound", "stamped", "endorsed"))
    shot = film.folder / "shot.mp4"
    bindings = (
        SoftBinding(alg=ISCC, value="ISCC:EMAVMHMC7RMJF6XZ", start=0, end=500),
        SoftBinding(alg=PICTURE_MARK, value="00112233445566ff", start=0, end=500),
    )
    film.maker.sign(shot, bound, take_claim(film.take, GENERATOR, bindings=bindings), {})
    authority = Authority()
    with serving(authority.answer) as address:
        CredentialMaker(film.ring, stamps=address).sign(
            shot, stamped, take_claim(film.take, GENERATOR), {}
        )
    update = endorsement_claim(
        Endorsement(essence=film.essence, credits=("Zoé",)),
        GENERATOR,
        title="Dawn",
        media_type="video/mp4",
    )
    film.maker.amend(film.master, endorsed, update)
    wave, sound = folder / "wind.wav", folder / "sound.wav"
    subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "anoisesrc=d=0.2:r=48000", wave],
        check=True,
        timeout=60,
    )
    take = film.take.model_copy(update={"media_type": "audio/wav", "essence": essence_of(wave)})
    film.maker.sign(wave, sound, take_claim(take, GENERATOR), {})
    clip(folder / "delivered.mp4", 7)
    cases = {
        "take": film.signed_take,
        "medium": film.signed_medium,
        "master": film.master,
        "soft bindings": bound,
        "endorsed master": endorsed,
        "sound": sound,
    }
    found = {name: Case(path, TRUSTED, TRUSTED, FINE) for name, path in cases.items()}
    delivered = (folder / "delivered.mp4").read_bytes()
    provided = signed_result(delivered, folder / "provider")
    bare = conformed(film, delivered, "unsigned-original")
    found["unsigned original"] = Case(bare, TRUSTED, TRUSTED, FINE)
    held = conformed(film, provided, "signed-original")
    found["signed original"] = Case(held, TRUSTED, TRUSTED, Verdict.VALID)
    changed = conformed(film, tampered(provided), "changed-original")
    found["changed original"] = Case(changed, TRUSTED, TRUSTED, FINE)
    found["time stamp"] = Case(stamped, TRUSTED, TRUSTED, FINE, clock=authority.root)
    return found


def faulty(film: Film, folder: Path) -> dict[str, Case]:
    """Files that do not hold, each with one fault."""
    data = film.master.read_bytes()
    places = {kind: box(data, kind) for kind in (b"mdat", b"moov", b"uuid")}
    take = film.signed_take.read_bytes()
    first, last = box(take, b"uuid")
    claim = data.index(b"allActionsIncluded")
    picture = flipped(take, box(take, b"mdat")[0] + 50)
    tampered = written(folder / "tampered-shot.mp4", picture)
    start, end = places[b"uuid"]
    changed = {
        "picture": flipped(data, places[b"mdat"][0] + 60),
        "index": flipped(data, places[b"moov"][1] - 20),
        "claim": flipped(data, claim + 3),
        "padding": data + (16).to_bytes(4, "big") + b"free" + b"anything",
        "appended picture": data + (16).to_bytes(4, "big") + b"mdat" + bytes(8),
        "other credential": data[:start] + take[first:last] + data[end:],
    }
    found = {
        name: Case(written(folder / f"{name}.mp4", change), INVALID, INVALID, BROKEN)
        for name, change in changed.items()
    }
    # What both call trusted, and is not: the reason for a verdict of our own.
    for name, file, verdict in (
        ("tampered ingredient", tampered, BROKEN),
        ("unsigned ingredient", film.folder / "shot.mp4", UNKNOWN),
    ):
        target = folder / f"{name}.mp4"
        film.maker.sign(
            film.unsigned,
            target,
            master_claim(film.lineage, "en", film.essence, GENERATOR),
            {**film.labels, "1-1.t1": file},
        )
        found[name] = Case(target, TRUSTED, TRUSTED, verdict)
    bogus: dict[str, Any] = json.loads(json.dumps(dict(take_claim(film.take, GENERATOR))))
    bogus["assertions"][0]["data"]["actions"][0]["digitalSourceType"] = "foo"
    target = folder / "source type.mp4"
    film.maker.sign(film.folder / "shot.mp4", target, bogus, {})
    found["source type"] = Case(target, TRUSTED, INVALID, BROKEN)  # the second knows the vocabulary
    return found


def others(film: Film, folder: Path) -> dict[str, Case]:
    """Credentials beside files, and by strangers."""
    stranger = KeyRing(folder / "stranger")
    shot = film.folder / "shot.mp4"
    foreign = folder / "foreign.mp4"
    CredentialMaker(stranger).sign(shot, foreign, take_claim(film.take, GENERATOR), {})
    beside = written(folder / "beside.mp4", shot.read_bytes())
    film.maker.sign_beside(beside, take_claim(film.take, GENERATOR), {})
    changed = written(folder / "changed.mp4", beside.read_bytes() + b"\0\0\0\x08free")
    sidecar_of(changed).write_bytes(sidecar_of(beside).read_bytes())
    swapped = written(folder / "swapped.mp4", (film.folder / "finch.mp4").read_bytes())
    sidecar_of(swapped).write_bytes(sidecar_of(beside).read_bytes())
    return {
        "stranger": Case(foreign, "Valid", "Valid", Verdict.UNTRUSTED_SIGNER),
        "beside": Case(beside, TRUSTED, TRUSTED, FINE),
        "beside, changed": Case(changed, INVALID, INVALID, BROKEN),
        "beside, swapped": Case(swapped, INVALID, INVALID, BROKEN),
    }


def second_opinions(cases: dict[str, Case], root: str, home: Path) -> dict[str, str]:
    """States by the second validator, all in one process."""
    asked = {}
    for name, case in cases.items():
        beside = sidecar_of(case.path)
        store = str(beside) if beside.is_file() else None
        asked[name] = (str(case.path), format_of(case.path), store, root, case.clock)
    # It writes a preference into the user's folder: give it another one.
    place = os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=json.dumps(asked), text=True,
        check=True, timeout=120, env=place, capture_output=True,
    )  # fmt: skip
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_two_validators_agree_and_our_verdict_is_never_better(film: Film, tmp_path: Path) -> None:
    cases = {**intact(film, tmp_path), **faulty(film, tmp_path), **others(film, tmp_path)}
    second = second_opinions(cases, film.root, tmp_path)
    # A chain of one's own has no server that tells of revocation; nothing else is missing of what
    # the conformance programme asks, once the time is stamped.
    assert second.pop("strict") == "revocationInformationMissing"
    rows, wanted = {}, {}
    for name, case in cases.items():
        anchors = film.root + (case.clock or "")
        tree = film.maker.read(case.path, anchors=anchors)
        assert tree is not None
        try:
            essence = essence_of(case.path)
        except UnreadableInput:
            essence = None
        rows[name] = (tree.state, second[name], judge(tree, essence).verdict)
        wanted[name] = (case.library, case.second, case.ours)
    assert rows == wanted
    assert [name for name, (one, other, _) in rows.items() if one != other] == ["source type"]
    for one, other, ours in rows.values():
        assert ours is BROKEN or INVALID not in {one, other}
