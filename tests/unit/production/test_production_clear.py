"""Clearance stands before every generator and every master."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from production_parts import FILM, CannedShelf, House, Room, shot_request

from generique.clearance.verdict import Gate
from generique.machineroom.folder import DiskFolder
from generique.model.element import Quality
from generique.model.passport import Passport, Training
from generique.model.refusal import NotCleared
from generique.production.clear import ClearingRoom, ScratchClearance
from generique.production.orders import Order
from generique.production.plan import Planner
from generique.production.ports import Backend, Delivery, Request, Stage
from generique.production.producer import Producer
from generique.testing.canned import CannedBackend

CONTRACT = """\
schema = "generique/contract/1"
work = "Tiny"
titles = ["tiny"]
date = "2026-03-03"

[[party]]
id = "production"
name = "A Production"

[[party]]
id = "author"
name = "An Author"

[[clause]]
id = "1"
kind = "general-permission"

[[clause]]
id = "1.1"
kind = "providers-allowed"
names = ["The Générique authors"]

[[clause]]
id = "2"
kind = "models-barred"
names = ["{barred}"]
"""


class HostedBackend(CannedBackend):
    """A generator that asks a server for every take."""

    port = 0

    def passport(self) -> Passport:
        return super().passport().model_copy(update={"local": False})

    def generate(self, request: Request, stage: Stage) -> Delivery:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", "/", b"{}")
        connection.getresponse().read()
        connection.close()
        return super().generate(request, stage)


class HostedShelf(CannedShelf):
    def get(self, name: str) -> Backend:
        super().get(name)
        return HostedBackend()


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every request that reaches the provider."""
    seen: list[str] = []

    class Provider(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- its name there
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(HostedBackend, "port", server.server_port)
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


def hosted(folder: Path, contract: str | None = None) -> House:
    """A small production whose generator is hosted."""
    root = FILM.write(folder / "film")
    if contract is not None:
        (root / "contract").mkdir()
        (root / "contract" / "clauses.toml").write_text(contract, "utf-8")
    house = House(DiskFolder(root), Room(folder / "state"))
    shelf, room = HostedShelf(), house.room
    clearing = ClearingRoom(house.folder, room.journal, room.vault, shelf)
    parts = (house.folder, room.machine, shelf, house.door, house.bench, clearing)
    house.producer, house.planner = Producer(*parts), Planner(*parts)
    return house


def test_a_barred_model_gets_no_request(requests: list[str], tmp_path: Path) -> None:
    house = hosted(tmp_path, CONTRACT.format(barred="canned"))
    refusals = house.planner.plan(Quality.DRAFT).refusals
    assert {refusal.clause for refusal in refusals} == {"2"}
    with pytest.raises(NotCleared) as refused:
        house.producer.film(Quality.DRAFT)
    told = refused.value.diagnosis()
    assert "clause 2" in told
    assert "to lift it: use a model that is not barred" in told
    assert "who can: producer, counsel" in told
    assert refused.value.exit_code == 3
    assert refused.value.details()["refusals"][0]["clause"] == "2"
    assert requests == []
    assert not list(house.room.journal.acts("clearance"))


def test_a_model_that_is_not_barred_is_asked(requests: list[str], tmp_path: Path) -> None:
    house = hosted(tmp_path, CONTRACT.format(barred="other"))
    takes = list(house.producer.film(Quality.DRAFT).chosen.takes())
    assert len(requests) == len(takes) > 2
    (first, *_) = house.room.journal.acts("clearance")
    assert first.facts["gate"] == "generate"
    assert house.room.vault.has(first.facts["verdict"])
    assert first.entry < min(shot.entry for shot in takes)


def test_a_plan_foresees_what_the_master_will_be_refused_for(tmp_path: Path) -> None:
    share = '\n[[clause]]\nid = "3"\nkind = "synthetic-share"\npercent = 10.0\n'
    house = hosted(tmp_path, CONTRACT.format(barred="other") + share)
    (refusal,) = house.planner.plan(Quality.DRAFT).refusals
    assert (refusal.clause, refusal.element) == ("3", None)
    assert "14.29" in refusal.reason
    relaxed = hosted(
        tmp_path / "b", CONTRACT.format(barred="other") + share.replace("10.0", "90.0")
    )
    assert relaxed.planner.plan(Quality.DRAFT).refusals == ()


def test_nothing_undeclared_is_made(requests: list[str], tmp_path: Path) -> None:
    root = replace(FILM, declared=False).write(tmp_path / "film")
    house = House(DiskFolder(root), Room(tmp_path / "state"))
    with pytest.raises(NotCleared, match="clearance refuses") as refused:
        house.producer.film(Quality.DRAFT)
    assert {refusal.rule for refusal in refused.value.refusals} == {"GEN-01"}
    assert not list(house.room.journal.takes())
    assert requests == []


SEVERAL = """\
schema = "generique/tool-passport/1"
kind = "tool"
id = "canned"
version = "*"
title = "Canned"
checked_by = "mira"
checked_on = "2026-03-01"
models = ["flux", "sora"]
"""


@pytest.mark.parametrize(("barred", "refused"), [("Sora", True), ("flux", True), ("veo", False)])
def test_every_model_of_a_tool_is_held_against_the_contract(
    barred: str, tmp_path: Path, *, refused: bool
) -> None:
    house = hosted(tmp_path, CONTRACT.format(barred=barred))
    kept = house.folder.root / "rights" / "passports"
    kept.mkdir(exist_ok=True)
    for other in kept.glob("*.toml"):
        other.unlink()
    (kept / "canned.toml").write_text(SEVERAL, "utf-8")
    found = [one for one in house.planner.plan(Quality.DRAFT).refusals if one.clause == "2"]
    assert bool(found) is refused
    assert all("one of “flux” and “sora”" in one.reason for one in found)


def test_a_case_knows_whose_voice_is_cast(tmp_path: Path) -> None:
    voices = '\n[[voices]]\ncharacter = "NARRATOR"\nlanguage = "{}"\nvoice = "v"\n'
    person = 'person = "Mira"\n'
    extras = voices.format("en") + person + voices.format("fr")
    root = replace(FILM, extras=extras).write(tmp_path / "film")
    room = Room(tmp_path / "state")
    clearing = ClearingRoom(DiskFolder(root), room.journal, room.vault, CannedShelf())
    case = clearing.case(Gate.GENERATE, ())
    assert {name for name in case.subjects if name.startswith("casting/")} == {
        "casting/NARRATOR-en",
        "casting/NARRATOR-fr",
    }
    assert case.likenesses == {"casting/NARRATOR-en": "mira"}


class _Shelf(CannedShelf):
    def __init__(self, passport: Passport) -> None:
        self._passport = passport

    def get(self, name: str) -> Backend:
        backend = super().get(name)
        backend.passport = lambda: self._passport  # type: ignore[method-assign]  # what it says
        return backend


@pytest.mark.parametrize(
    "change", [{"training": Training(statement="undisclosed")}, {"local": False}]
)
def test_outside_a_production_only_what_needs_no_clearance_is_made(
    change: dict[str, Any],
) -> None:
    passport = CannedBackend().passport()
    orders = [Order(element="1-1", title="red", backend="canned", request=shot_request())]
    ScratchClearance(_Shelf(passport)).require(orders)
    with pytest.raises(NotCleared, match="needs clearance"):
        ScratchClearance(_Shelf(passport.model_copy(update=change))).require(orders)
