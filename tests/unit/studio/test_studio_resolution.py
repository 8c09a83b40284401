"""The Soft Binding Resolution service, asked over HTTP by a client of its own."""

from __future__ import annotations

import base64
import http.client
import json
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from generique.machineroom.archive import FolderArchive
from generique.marks.fingerprint.signature import BYTES, Signatures
from generique.marks.identification.fusion import identify
from generique.marks.identification.sighting import Evidence, EvidenceKind, Place, Sighting
from generique.marks.works import Work, WorkSegment
from generique.model.element import Raster
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.identified import Identified
from generique.production.identify import Identifier
from generique.production.resolve import Resolver
from generique.studio.web.resolution import serve

MANIFEST = "urn:c2pa:11111111-2222-3333-4444-555555555555"
MARK = "0123456789abcdef"
WORK = Work(
    id=digest_of(b"film"),
    title="Film",
    kind="master",
    production="film",
    language="en",
    locator="film.mp4",
    manifest=MANIFEST,
    sound_mark="0a1b2c3d4",
    rate=Rate(numerator=24),
    frames=48,
    raster=Raster(width=320, height=180),
    segments=(WorkSegment(start=0, end=48, title="Shot", mark=MARK, iscc="ISCC:EMAABC"),),
)


class OneFilm:
    """Sees the film in every file that begins with ``film``; nothing else is a picture."""

    def identify(self, path: Path) -> Identified:
        if not path.read_bytes().startswith(b"film"):
            raise UnreadableInput("this is no picture")
        evidence = Evidence(kind=EvidenceKind.FINGERPRINT, says="seen", wrong=1e-9)
        place = Place(work=WORK.id, segment=0, at=0)
        seen = [Sighting(start=0, end=24, evidence=evidence, places=(place,))]
        return Identified(
            file=digest_of(b"copy"),
            rate=WORK.rate,
            identification=identify(48, seen, {WORK.id: WORK}),
            cuts=(),
            credential="none",
            library="1 known work",
        )


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    archive = FolderArchive(tmp_path)
    blank = np.zeros(48, np.uint8)
    archive.add(WORK, Signatures(np.zeros((48, BYTES), np.uint8), blank, blank, Fraction(24)))
    resolver = Resolver(archive, lambda _: b"store", cast("Identifier", OneFilm()))
    with serve(resolver, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def ask(
    port: int, method: str, path: str, body: bytes | None = None
) -> tuple[int, str | None, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()
    finally:
        connection.close()


def found(answer: tuple[int, str | None, bytes]) -> Any:
    status, kind, body = answer
    assert (status, kind) == (200, "application/json"), body
    return json.loads(body)["matches"]


def encoded(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


@pytest.mark.parametrize(
    ("algorithm", "value"),
    [
        ("org.generique.picture-mark.1", MARK),
        ("org.generique.picture-mark.1", MARK.upper()),
        ("org.generique.sound-mark.1", "0a1b2c3d4"),
        ("io.iscc.v0", "ISCC:EMAABC"),
    ],
)
def test_a_binding_leads_to_its_manifest(port: int, algorithm: str, value: str) -> None:
    expected = [{"manifestId": MANIFEST, "similarityScore": 100}]
    path = f"/matches/byBinding?alg={algorithm}&value={encoded(value)}"
    assert found(ask(port, "GET", path)) == expected
    query = json.dumps({"alg": algorithm, "value": encoded(value)}).encode()
    assert found(ask(port, "POST", "/matches/byBinding", query)) == expected


def test_an_unknown_mark_matches_nothing(port: int) -> None:
    value = encoded("f" * 16)
    path = f"/matches/byBinding?alg=org.generique.picture-mark.1&value={value}"
    assert found(ask(port, "GET", path)) == []


def test_content_leads_to_its_manifest_and_says_how_much_of_it(port: int) -> None:
    matches = found(ask(port, "POST", "/matches/byContent", b"film, re-encoded"))
    assert matches == [{"manifestId": MANIFEST, "similarityScore": 50}]


def test_the_manifest_store_is_given(port: int) -> None:
    assert ask(port, "GET", f"/manifests/{MANIFEST}") == (200, "application/c2pa", b"store")


def test_algorithms_are_listed(port: int) -> None:
    status, _, body = ask(port, "GET", "/services/supportedAlgorithms")
    listed = json.loads(body)
    assert status == 200
    assert {"alg": "org.generique.picture-mark.1"} in listed["watermarks"]
    assert listed["fingerprints"] == [{"alg": "io.iscc.v0"}]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/", None, 404),
        ("GET", "/matches/byBinding", None, 400),
        ("GET", "/matches/byBinding?alg=x&value=AAAA", None, 400),
        ("GET", "/matches/byBinding?alg=org.generique.picture-mark.1&value=%21", None, 400),
        ("GET", "/matches/byBinding?alg=org.generique.picture-mark.1&value=Zg==", None, 400),
        ("GET", "/matches/byBinding?alg=io.iscc.v0&value=eA==&maxResults=0", None, 400),
        ("GET", "/matches/byBinding?alg=io.iscc.v0&value=eA==&maxResults=1e9", None, 400),
        ("POST", "/matches/byBinding", b"{", 400),
        ("POST", "/matches/byBinding", b"[]", 400),
        ("POST", "/matches/byBinding", b"x" * 70_000, 413),
        ("POST", "/matches/byContent", b"noise", 415),
        ("POST", "/matches/byContent?alg=unheard-of", b"film", 400),
        ("POST", "/matches/byReference", b"{}", 501),
        ("GET", "/manifests/urn:c2pa:nobody", None, 404),
        ("GET", "/manifests/../../etc/passwd", None, 404),
        ("GET", f"/manifests/{MANIFEST}?returnActiveManifest=true", None, 501),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_words(
    port: int, method: str, path: str, body: bytes | None, status: int
) -> None:
    answered, kind, text = ask(port, method, path, body)
    assert (answered, kind) == (status, "application/json")
    assert json.loads(text)["error"]


def test_nothing_can_be_written(port: int) -> None:
    assert ask(port, "PUT", f"/manifests/{MANIFEST}", b"x")[0] == 501
    assert ask(port, "DELETE", f"/manifests/{MANIFEST}")[0] == 501
