"""Show what a server made from OpenAI's published description says to our orders for videos.

Started by ``prism_judge.sh``. Exits with 1 where the server takes a wrong order, or refuses one of
ours.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from generique.backends.hosted.card import load_card
from generique.backends.hosted.provider import Ask, Call
from generique.backends.hosted.sora import Sora
from generique.backends.hosted.web import WebTransport
from generique.model.element import ElementKind, Raster
from generique.model.time import Rate
from generique.production.job_ports import Job, Money
from generique.production.ports import Request

CARD = load_card("sora")
DIGEST = "sha256:" + "0" * 64


def asked(model: str, raster: Raster, seconds: int, image: Path | None = None) -> Ask:
    """An order as the dialect takes it."""
    request = Request(
        kind=ElementKind.SHOT,
        prompt="a harbour at dawn",
        seed=7,
        rate=Rate(numerator=30),
        frames=6,
        raster=raster,
    )
    files = (("first-frame", image, "image/png"),) if image else ()
    return Ask(request, model, CARD.models[model], Fraction(seconds), raster, files)


def calls(image: Path) -> Iterator[tuple[str, Call, bool]]:
    """Every sort of order and question, with whether it has to be taken."""
    dialect = Sora()
    for name, entry in CARD.models.items():
        for raster in entry.sizes():
            for seconds in entry.seconds:
                what = f"create {name} {raster.width}x{raster.height} {seconds}"
                yield what, dialect.create(asked(name, raster, seconds)), True
                yield f"{what} image", dialect.create(asked(name, raster, seconds, image)), True
    plain = asked("sora-2", Raster(width=1280, height=720), 4)
    remix = plain.request.model_copy(update={"options": {"remix": "video_123"}})
    yield "remix", dialect.create(replace(plain, request=remix)), True
    job = Job(
        intent=DIGEST,
        backend="sora",
        provider="sora",
        model="sora-2",
        asked=DIGEST,
        held=Money(amount="0", currency="USD"),
        number="video_123",
        placed="2026-11-22T12:00:00Z",
    )
    yield "look", dialect.look(job), True
    yield "list", dialect.listing(), True
    yield "delete", dialect.delete(job), True
    yield "content", Call("GET", "/videos/video_123/content", {"accept": "video/mp4"}), True
    wrong = {"model": "sora-2", "prompt": "a harbour", "seconds": "5", "size": "1280x720"}
    yield "create with a wrong length", Call("POST", "/videos", form=wrong), False
    yield "remix without a prompt", Call("POST", "/videos/video_123/remix", body={}), False


def main(base: str) -> int:
    """Ask all; returns the number of verdicts that are not as they should be."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "first.png"
        image.write_bytes(b"an image")
        access = Sora().access({"OPENAI_API_KEY": "none"})
        with closing(WebTransport(base, lambda: access, ())) as web:
            for what, call, good in calls(image):
                answer = web.send(call)
                fine = (answer.status < 300) == good
                wrong += not fine
                print(f"{'as it should be' if fine else 'WRONG'}: {what}: HTTP {answer.status}")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1]) else 0)
