"""The program cannot approve: every public path that takes a signer is tried with its own keys.

A new path makes these tests fail until it is tried, too.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import generique
import generique.production
import generique.studio
from generique.ledger.envelope import open_envelope
from generique.ledger.keys import STUDIO
from generique.ledger.register import PERSONAL
from generique.model.errors import GeneriqueError, Refused
from generique.model.judgement import Question
from generique.model.people import Decision, Matter, Person, Role
from generique.model.take import Take
from generique.model.values import digest_of
from generique.production.contract import Bound, bind, record_binding
from generique.production.endorse import EndorsingRoom
from generique.production.evidence_package import seal_members
from generique.production.journal import Journal
from generique.production.judge import Finding, judge
from generique.production.package_documents import SEAL
from generique.production.people import register
from generique.production.producer import require_review
from generique.production.release import ReleaseRoom
from generique.production.review import (
    Opinion,
    decide,
    decide_together,
    decisions,
    demonstrate,
    judged,
    signed,
)
from generique.production.steps import StepMachine
from generique.production.withdrawal import record_withdrawal, unreached
from generique.testing.canned import CannedBackend
from generique.testing.memory import FolderVault, ListedProgress, NamedSigner, memory_journal

MIRA = Person(id="mira", name="Mira", roles=tuple(Role))
YES = Opinion(verdict="approved", person=MIRA, role=Role.DIRECTOR, reason="good")
ESSENCE = digest_of(b"essence")


STOPS = (GeneriqueError, AttributeError)
"""How a path may end: refused, or, after the review, at a part that the test does not build."""


class Impostor(NamedSigner):
    """A key made by the program that bears a person's name."""

    def __init__(self) -> None:
        super().__init__("person/made-up")
        self._key = self._key.model_copy(update={"name": "person/mira"})


class Pretender(NamedSigner):
    """The program's own key, showing the public half of a person's."""

    def __init__(self) -> None:
        super().__init__(STUDIO)
        self._key = NamedSigner.person("mira").key


SIGNERS = (
    NamedSigner(STUDIO),
    NamedSigner.demonstration(),
    NamedSigner.person("zoe"),
    Impostor(),
    Pretender(),
)


class House:
    """A production in which Mira's key is registered, and she has said nothing."""

    def __init__(self, folder: Path) -> None:
        self.journal: Journal = memory_journal()
        self.vault = FolderVault(folder)
        self.machine = StepMachine(self.journal, self.vault, ListedProgress())
        register(MIRA, NamedSigner.person("mira"), self.journal)
        file = self.vault.put_bytes(b"master")
        seal = {"language": "en", "essence": ESSENCE, "file": file, "demonstration": False}
        self.journal.record("seal", {"file": file}, seal)

    @property
    def take(self) -> Take:
        return Take.read(
            {
                "id": "1-1.t1",
                "element": "1-1",
                "kind": "shot",
                "prompt": "red",
                "seed": 1,
                "frames": 24,
                "file": digest_of(b"file"),
                "media_type": "video/mp4",
                "essence": ESSENCE,
                "recipe": digest_of(b"recipe"),
                "passport": CannedBackend().passport().to_json(),
            },
            where="test",
        )

    @property
    def film(self) -> Any:
        shot = SimpleNamespace(take=self.take)
        return SimpleNamespace(chosen=SimpleNamespace(takes=lambda: [shot]))


def _record(house: House, signer: NamedSigner) -> None:
    decision = Decision(
        verdict="approved",
        person="mira",
        role=Role.DIRECTOR,
        reason="good",
        take="1-1.t1",
        essence=ESSENCE,
        key=signer.key.id,
    )
    house.journal.record("decision", {"essence": ESSENCE}, decision.to_json(), signers=(signer,))


def _judge(house: House, signer: NamedSigner) -> None:
    found = Finding(
        question=Question.DOUBT,
        answer="no",
        element="film",
        essence=ESSENCE,
        person=MIRA,
        role=Role.DIRECTOR,
        reason="none",
    )
    judge(found, signer, house.journal)


def _release(house: House, signer: NamedSigner) -> None:
    producer = SimpleNamespace(film=lambda quality: house.film)
    clearing = SimpleNamespace(demonstrate=lambda: None)
    room = object.__new__(ReleaseRoom)
    mastering = SimpleNamespace(plugins=lambda production: ())
    vars(room).update(
        _machine=house.machine,
        _clearing=clearing,
        _folder=SimpleNamespace(production=lambda: None),
        _rooms=SimpleNamespace(mastering=mastering),
    )
    room.release(cast("Any", producer), cast("Any", None), signer)


def _bind(house: House, signer: NamedSigner) -> None:
    heading = SimpleNamespace(signed="contract.pdf", sha256=None)
    contract = SimpleNamespace(heading=heading, where="test", digest=ESSENCE)
    document = SimpleNamespace(digest=ESSENCE, signatures=())
    bind(cast("Any", contract), cast("Any", document), MIRA, signer)


def _record_binding(house: House, signer: NamedSigner) -> None:
    bound = Bound(
        reading=ESSENCE,
        document=ESSENCE,
        file="contract.pdf",
        person="mira",
        role=Role.PRODUCER,
        key=signer.key.id,
    )
    record_binding(bound, {"essence": ESSENCE}, signer, house.journal)


def _withdraw(house: House, signer: NamedSigner) -> None:
    graph = SimpleNamespace(find=lambda key: None)
    found = unreached("model", "m")
    record_withdrawal(found, MIRA, "why", signer, house.journal, cast("Any", graph))


def _seal_package(house: House, signer: NamedSigner) -> None:
    about = {"production": "x", "title": "X", "until": "", "entries": 1, "verdict": "approved"}
    data = seal_members({"a.json": b"{}"}, {}, about, signer)[SEAL]
    assert isinstance(data, bytes)
    sealed = open_envelope(data, where="the seal")
    assert sealed.statement().predicate_type not in PERSONAL
    house.journal.ledger._store.append(data)


def _endorse(house: House, signer: NamedSigner) -> None:
    EndorsingRoom(house.machine, cast("Any", None), cast("Any", None)).endorse("en", YES, signer)


PATHS: dict[str, Callable[[House, NamedSigner], object]] = {
    "contract.bind": _bind,
    "contract.record_binding": _record_binding,
    "endorse.EndorsingRoom.endorse": _endorse,
    "journal.Journal.record": _record,
    "evidence_package.seal_members": _seal_package,
    "judge.judge": _judge,
    "people.register": lambda house, signer: register(MIRA, signer, house.journal),
    "producer.require_review": lambda house, signer: require_review(
        house.film.chosen.takes(), house.machine, signer
    ),
    "release.ReleaseRoom.release": _release,
    "review.decide": lambda house, signer: decide(house.take, YES, signer, house.journal),
    "review.decide_together": lambda house, signer: decide_together(
        [house.take], YES, signer, house.journal, matter=Matter.MASTER
    ),
    "review.demonstrate": lambda house, signer: demonstrate(house.take, signer, house.journal),
    "withdrawal.record_withdrawal": _withdraw,
}
"""Every public path that takes a signer."""


def public_functions(*packages: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function and method below some packages."""
    for package in packages:
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            module = importlib.import_module(info.name)
            short = info.name.split(".", 2)[2]
            for name, thing in vars(module).items():
                if name.startswith("_") or getattr(thing, "__module__", "") != info.name:
                    continue
                if inspect.isfunction(thing):
                    yield f"{short}.{name}", thing
                elif inspect.isclass(thing):
                    for method, function in vars(thing).items():
                        if inspect.isfunction(function) and method in {
                            "__init__",
                            method.lstrip("_"),
                        }:
                            yield f"{short}.{name}.{method}", function


def test_every_path_that_takes_a_signer_is_tried() -> None:
    found = {
        name
        for name, function in public_functions(generique.production, generique.studio)
        if any(
            "Signer" in str(parameter.annotation)
            for parameter in inspect.signature(function).parameters.values()
        )
    }
    assert found - set(PATHS) == set(), "try them here, too"
    assert set(PATHS) - found == set(), "these are no more"


@pytest.mark.parametrize("signer", SIGNERS, ids=lambda signer: type(signer).__name__)
@pytest.mark.parametrize("path", PATHS)
def test_no_path_approves_without_the_persons_key(
    path: str, signer: NamedSigner, tmp_path: Path
) -> None:
    house = House(tmp_path)
    with suppress(*STOPS):
        PATHS[path](house, signer)
    again = Journal(house.journal.ledger, cast("Any", None))
    assert signed(again) == ()
    assert judged(again) == ()
    assert list(again.acts("contract", "withdrawal")) == []
    verdicts = {entry.decision.verdict for said in decisions(again).values() for entry in said}
    assert verdicts <= {"demonstration"}


@pytest.mark.parametrize(
    "path",
    [
        "endorse.EndorsingRoom.endorse",
        "journal.Journal.record",
        "judge.judge",
        "review.decide",
        "review.decide_together",
        "contract.record_binding",
        "withdrawal.record_withdrawal",
    ],
)
def test_the_same_paths_say_what_the_person_says(path: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    with suppress(*STOPS):
        PATHS[path](house, NamedSigner.person("mira"))
    bound = list(house.journal.acts("contract", "withdrawal"))
    assert len(signed(house.journal)) + len(judged(house.journal)) + len(bound) == 1


@pytest.mark.parametrize(
    "path", ["producer.require_review", "release.ReleaseRoom.release", "review.demonstrate"]
)
def test_what_the_program_signs_is_a_demonstration(path: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    with suppress(*STOPS):
        PATHS[path](house, NamedSigner.demonstration())
    (said,) = decisions(house.journal)[ESSENCE]
    assert said.decision.verdict == "demonstration"
    assert signed(house.journal) == ()


SEALS_PACKAGES = {"production/evidence_package.py"}
"""Signs the manifest of a package, of a kind of its own, into a file and never into a ledger."""


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    root = Path(generique.__file__).parent
    texts = {path: path.read_text("utf-8") for path in sorted(root.rglob("*.py"))}
    return tuple(
        (str(path.relative_to(root)), ast.parse(text))
        for path, text in texts.items()
        if "ledger" in text or ".record(" in text
    )


def calls(tree: ast.Module, method: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == method
        ):
            yield node


def test_the_journal_is_the_only_way_into_the_ledger() -> None:
    sealing, appending = set(), set()
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "generique.ledger.envelope":
                sealing |= {name for alias in node.names if alias.name == "seal"}
        for call in calls(tree, "append"):
            receiver = ast.unparse(cast("ast.Attribute", call.func).value)
            if receiver.rpartition(".")[2].lstrip("_") in {"ledger", "store"}:
                appending.add(name)
    assert sealing - SEALS_PACKAGES == {"ledger/log.py"}
    assert appending == {"ledger/log.py", "production/journal.py"}


def test_each_kind_of_word_is_said_in_one_place() -> None:
    said: dict[str, set[str]] = {}
    for name, tree in trees():
        for call in calls(tree, "record"):
            first = call.args[0] if call.args else None
            if isinstance(first, ast.Constant):
                said.setdefault(str(first.value), set()).add(name)
            elif name.startswith(("production/", "studio/")):
                pytest.fail(f"{name}:{call.lineno} records an act of a kind that cannot be read")
    assert said["decision"] == {"production/review.py"}
    assert said["judgement"] == {"production/judge.py"}
    assert said["person"] == said["key-revocation"] == {"production/people.py"}


@pytest.mark.parametrize(
    "covered",
    [
        {"person": "mira", "role": "director", "verdict": "approved", "key": "person/mira"},
        {"verdict": "approved"},
        {"matter": "master"},
        {"take": 7},
        {"essence": digest_of(b"another")},
    ],
    ids="-".join,
)
@pytest.mark.parametrize("signer", SIGNERS, ids=lambda signer: type(signer).__name__)
def test_what_a_decision_covers_besides_changes_nobodys_word(
    covered: dict[str, object], signer: NamedSigner, tmp_path: Path
) -> None:
    house = House(tmp_path)
    demonstration = Decision(
        verdict="demonstration",
        person="demonstration",
        role="demonstration",
        reason="shown",
        take="1-1.t1",
        essence=ESSENCE,
        key=signer.key.id,
    )
    facts = {
        **demonstration.to_json(),
        "also": [{"take": "1-2.t1", "essence": ESSENCE, **covered}],
    }
    with pytest.raises(Refused):
        house.journal.record(
            "decision",
            {"essence": ESSENCE, "essence/2": ESSENCE},
            facts,
            signers=(signer,),
        )
    assert signed(Journal(house.journal.ledger, cast("Any", None))) == ()
