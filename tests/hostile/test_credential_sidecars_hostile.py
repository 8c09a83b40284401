from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from evidence_films import GENERATOR, Film, digest_of_file, flipped, make_film, take_of
from imageio_ffmpeg import get_ffmpeg_exe

from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.machineroom.bench import MediaBench
from generique.machineroom.credential_files import sidecar_of
from generique.machineroom.essence import essence_of
from generique.machineroom.manifest_store import manifest_store
from generique.marks.credential.claims import master_claim, take_claim
from generique.marks.credential.endorsement import Endorsement, endorsement_claim
from generique.marks.credential.file_claims import file_claim
from generique.marks.credential.source_types import TRAINED_DATA
from generique.marks.verdict import Verdict
from generique.model.errors import StorageUnavailable, UnreadableInput, UsageError
from generique.model.values import Json, digest_of
from generique.production.evidence import Exhibit, Report, Trust, verify_file

_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return make_film(tmp_path_factory.mktemp("film"))


def verified(
    film: Film, path: Path, proof: str | None = None, ledger: Ledger | None = None
) -> Report:
    exhibit = Exhibit(path=path, digest=digest_of_file(path), proof=proof)
    trust = Trust(keys=(film.ring.studio().key,), root=film.root)
    return verify_file(exhibit, trust, MediaBench(), film.maker, ledger)


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def weights_claim(path: Path) -> dict[str, Json]:
    return file_claim(path.name, digest_of_file(path), "model", TRAINED_DATA, GENERATOR)


@pytest.fixture
def weights(film: Film, tmp_path: Path) -> Path:
    path = tmp_path / "weights.safetensors"
    path.write_bytes(os.urandom(5000))
    assert film.maker.sign_beside(path, weights_claim(path), {}) == sidecar_of(path)
    return path


def remuxed(source: Path, target: Path) -> Path:
    subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-i", source, "-c", "copy", target],
        check=True,
        timeout=60,
    )
    return target


def test_a_file_of_any_kind_is_signed_beside_and_left_as_it_is(film: Film, weights: Path) -> None:
    before = weights.read_bytes()
    report = verified(film, weights)
    assert report.verdict is Verdict.TRUSTED, report
    assert not report.findings
    assert weights.read_bytes() == before
    assert sidecar_of(weights).name == "weights.safetensors.c2pa"


@pytest.mark.parametrize("name", ["take.mkv", "take.mxf"])
def test_pictures_that_cannot_carry_one_have_essence_and_ingredients_checked(
    film: Film, tmp_path: Path, name: str
) -> None:
    source = film.folder / "shot.mp4"
    path = tmp_path / name
    if name.endswith("mkv"):
        remuxed(source, path)
    else:
        subprocess.run(
            [get_ffmpeg_exe(), "-v", "error", "-i", source, "-an", "-c:v", "mpeg2video",
             "-r", "25", path],
            check=True,
            timeout=60,
        )  # fmt: skip
    film.maker.sign_beside(path, take_claim(take_of(path), GENERATOR), {})
    assert verified(film, path).verdict is Verdict.TRUSTED
    with pytest.raises(UnreadableInput, match="another file"):
        film.maker.sign_beside(path, take_claim(film.take, GENERATOR), {})


def test_a_master_has_its_ingredients_beside_it(film: Film, tmp_path: Path) -> None:
    path = remuxed(film.unsigned, tmp_path / "master.mkv")
    claim = master_claim(film.lineage, "en", essence_of(path), GENERATOR)
    film.maker.sign_beside(path, claim, film.labels)
    assert verified(film, path).verdict is Verdict.TRUSTED
    with pytest.raises(UnreadableInput, match="places"):
        film.maker.sign_beside(path, claim, {})


def test_a_flipped_bit_of_the_file_or_of_its_sidecar_is_found(film: Film, weights: Path) -> None:
    beside = sidecar_of(weights)
    # After its claims a sidecar holds padding of the signature, which says nothing.
    for path, end in ((weights, 5000), (beside, 2000)):
        data = path.read_bytes()
        for place in range(60, end, end // 12):
            path.write_bytes(flipped(data, place))
            assert verified(film, weights).verdict is Verdict.BROKEN, (path.name, place)
        path.write_bytes(data)
    assert verified(film, weights).verdict is Verdict.TRUSTED


def test_more_or_fewer_bytes_are_found(film: Film, weights: Path) -> None:
    data = weights.read_bytes()
    for changed in (data + b"\0", data[:-1], b"\0" + data):
        weights.write_bytes(changed)
        assert verified(film, weights).verdict is Verdict.BROKEN


def test_the_sidecar_of_another_file_is_found(film: Film, weights: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(os.urandom(5000))
    film.maker.sign_beside(other, weights_claim(other), {})
    shutil.copyfile(sidecar_of(other), sidecar_of(weights))
    report = verified(film, weights)
    assert report.verdict is Verdict.BROKEN
    assert "credential.tampered" in codes(report)


def test_a_sidecar_that_is_gone_is_missed(film: Film, weights: Path) -> None:
    sidecar_of(weights).unlink()
    report = verified(film, weights)
    assert report.fault
    assert "credential.missing" in codes(report)


@pytest.mark.parametrize("junk", [b"", b"no credential", b"\0\0\0\x10jumb" + bytes(80)])
def test_a_sidecar_that_is_none_is_said(film: Film, weights: Path, junk: bytes) -> None:
    sidecar_of(weights).write_bytes(junk)
    report = verified(film, weights)
    assert report.verdict is Verdict.BROKEN
    assert "credential.unreadable" in codes(report)


def test_the_sidecar_of_a_movie_serves_where_its_own_is_gone(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "shot.mp4"
    shutil.copyfile(film.folder / "shot.mp4", path)
    film.maker.sign_beside(path, take_claim(film.take, GENERATOR), {})
    assert verified(film, path).verdict is Verdict.TRUSTED
    data = path.read_bytes()
    path.write_bytes(data + (12).to_bytes(4, "big") + b"free" + b"note")
    assert verified(film, path).verdict is Verdict.BROKEN


def test_what_cannot_be_signed_beside_is_refused(film: Film, tmp_path: Path) -> None:
    claim = file_claim("x", digest_of(b""), "other", TRAINED_DATA, GENERATOR)
    with pytest.raises(UnreadableInput):
        film.maker.sign_beside(tmp_path / "absent", claim, {})
    with pytest.raises(UsageError, match="source type"):
        file_claim("x", digest_of(b""), "model", "foo", GENERATOR)
    sealed = tmp_path / "file"
    sealed.write_bytes(b"x")
    sidecar_of(sealed).mkdir()
    with pytest.raises(StorageUnavailable):
        film.maker.sign_beside(sealed, claim, {})


@pytest.mark.parametrize("endorsed", [False, True])
def test_the_store_inside_a_movie_serves_beside_it(
    film: Film, tmp_path: Path, *, endorsed: bool
) -> None:
    movie = film.master
    if endorsed:
        movie = tmp_path / "endorsed.mp4"
        claim = endorsement_claim(
            Endorsement(essence=film.essence, credits=("Zoé",)),
            GENERATOR,
            title="Dawn",
            media_type="video/mp4",
        )
        film.maker.amend(film.master, movie, claim)
    store = manifest_store(movie)
    assert store is not None
    tree = film.maker.read(movie)
    assert tree is not None
    bare = stripped(film, movie, tmp_path / "bare.mp4")
    assert manifest_store(bare) is None
    sidecar_of(bare).write_bytes(store)
    assert manifest_store(bare) == store
    beside = film.maker.read(bare)
    assert beside is not None
    assert (beside.active, set(beside.manifests)) == (tree.active, set(tree.manifests))


def recorded(film: Film, *, unsigned: bool) -> Ledger:
    """A ledger that knows of the master's seal, or of the take's credential."""
    ledger = Ledger(MemoryEntryStore(), film.ring.studio(), "dawn-chorus")
    if unsigned:
        statement = Statement(
            subjects=(Subject.of("signed", digest_of_file(film.signed_take)),),
            predicate_type=predicate_type("step"),
            predicate={
                "recipe": {"verb": "credential", "claim": take_claim(film.take, GENERATOR)},
                "inputs": {"file": film.take.file},
            },
        )
    else:
        statement = Statement(
            subjects=(
                Subject.of("file", digest_of_file(film.master)),
                Subject.of("essence", film.essence),
            ),
            predicate_type=predicate_type("seal"),
            predicate={"language": "en", "unsigned": digest_of_file(film.unsigned)},
        )
    ledger.append(statement)
    return ledger


def stripped(film: Film, source: Path, target: Path) -> Path:
    """A file without its credential's box, everything else as it was."""
    data = source.read_bytes()
    while b"uuid" + _C2PA in data:
        start = data.index(b"uuid" + _C2PA) - 4
        end = start + int.from_bytes(data[start : start + 4], "big")
        free = data[start : start + 4] + b"free" + bytes(end - start - 8)
        data = data[:start] + free + data[end:]
    target.write_bytes(data)
    assert film.maker.read(target) is None
    return target


def test_a_stripped_master_is_known_by_its_essence(film: Film, tmp_path: Path) -> None:
    path = stripped(film, film.master, tmp_path / "stripped.mp4")
    assert "credential.missing" in codes(verified(film, path))
    assert "credential.stripped" in codes(
        verified(film, path, ledger=recorded(film, unsigned=False))
    )
    with_proof = verified(film, path, film.proof)
    assert {"credential.stripped", "proof.other-file"} <= codes(with_proof)
    assert with_proof.verdict is Verdict.BROKEN
    take = stripped(film, film.signed_take, tmp_path / "take.mp4")
    report = verified(film, take, ledger=recorded(film, unsigned=True))
    assert report.verdict is Verdict.UNKNOWN
    assert "credential.stripped" in codes(report)


def test_the_bytes_from_before_signing_are_told_from_stripped_ones(film: Film) -> None:
    for path, unsigned in ((film.unsigned, False), (film.folder / "shot.mp4", True)):
        report = verified(film, path, ledger=recorded(film, unsigned=unsigned))
        assert report.fault
        assert "credential.not-yet" in codes(report)
        assert "credential.stripped" not in codes(report)
    unknown = verified(film, film.folder / "finch.mp4", ledger=recorded(film, unsigned=True))
    assert "credential.missing" in codes(unknown)
