"""Everything goes wrong at once: providers that fail, and our own process killed again and again.

Shots are ordered from every simulated provider, with faults by chance; the process that orders them
is killed at chosen moments of its traffic and started again, until every shot has ended. Then the
providers' own books are held against ours: nothing may have been paid twice, nothing lost, and no
secret may lie in any file. Orders of which nobody knows whether they were taken are asked after,
where the provider can say it. A second part lets one process follow many jobs at once, and measures
its memory and the time of the processor that each job takes.

``--shots`` and ``--kills`` make it smaller; ``--no-crowd`` leaves out the second part.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from generique.backends.hosted.backend import CARDS
from generique.backends.hosted.provider import Ask
from generique.backends.hosted.runway import RunwayBackend
from generique.backends.hosted.watch import Clock
from generique.machineroom.database import open_database
from generique.machineroom.environment import setting
from generique.machineroom.job_book import DiskOffice, SqlJobBook
from generique.model.errors import GeneriqueError, PastDeadline, Throttled
from generique.model.production import Budget
from generique.production.job_ports import Job, JobState
from generique.production.ports import Stage
from generique.testing.providers.faults import Chance, Fault, Faults
from generique.testing.providers.parties import KEY, PARTIES, Party
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.providers.simulator import SimulatedJob, Simulator
from generique.testing.stage import FolderStage

RATES: Mapping[str, Mapping[Fault, float]] = {
    "create": {
        Fault.THROTTLED: 0.03, Fault.THROTTLED_BARE: 0.03, Fault.FAILS: 0.01,
        Fault.FAILS_AFTER: 0.01, Fault.LOST: 0.01, Fault.HANG: 0.005, Fault.TRUNCATED: 0.005,
        Fault.SLOW: 0.005,
    },
    "look": {
        Fault.FAILS: 0.03, Fault.THROTTLED_BARE: 0.03, Fault.LOST: 0.02, Fault.TRUNCATED: 0.02,
        Fault.HANG: 0.005, Fault.DUPLICATE: 0.03, Fault.SLOW: 0.005,
    },
    "upload": {
        Fault.FAILS: 0.03, Fault.THROTTLED_BARE: 0.03, Fault.LOST: 0.03, Fault.HANG: 0.01,
    },
    "fetch": {
        Fault.EXPIRED: 0.03, Fault.TRUNCATED: 0.05, Fault.LOST: 0.03, Fault.FAILS: 0.03,
        Fault.SLOW: 0.005,
    },
    "job": {Fault.MODERATED: 0.02, Fault.BROKEN: 0.02, Fault.CANCELLED: 0.02},
}  # fmt: skip
"""Probability of each fault, for each event."""
FEWEST_EVENTS = 2
"""Requests that reach a provider before a kill, at least."""
EVENTS_A_SHOT = 5
"""By how many requests of a shot kills are spread; most providers get four or more."""
ROUNDS_WITHOUT_KILLS = 12
CROWD = 200
PACE = 0.4
"""By how much its pauses are shortened: two seconds between looks."""
MOST_MEGABYTES = 300.0
MOST_MILLISECONDS = 5.0
UNKNOWN = "outcome-unknown"
DONE = "done"


# The process that is killed


def party_of(shot: int) -> Party:
    """Who makes a shot: all take turns."""
    return PARTIES[shot % len(PARTIES)]


def office_of(folder: Path) -> DiskOffice:
    """The office of the one production, with money enough."""
    engine = open_database(folder / ".generique" / "production.db")
    budget = Budget(amount="1000000", currency="USD")
    return DiskOffice(folder / ".generique", SqlJobBook(engine), lambda: budget)


def drive(folder: Path, shots: int) -> None:
    """Order all shots that have not ended; each end is written down when it is known."""
    ends = folder / "ends.jsonl"
    ended = {each["shot"] for each in read_ends(ends)}
    left = [shot for shot in range(shots) if shot not in ended]
    office = office_of(folder)
    backends = {party.name: party.backend().configured(setting) for party in PARTIES}
    stages = {
        party.name: FolderStage(folder / "stages" / party.name, office=office) for party in PARTIES
    }
    for party in PARTIES:
        party.lay_down(stages[party.name])
        requests = [party.request(shot) for shot in left if party_of(shot) is party]
        with contextlib.suppress(GeneriqueError):
            backends[party.name].place(requests, stages[party.name])
    with ends.open("a") as book:
        for shot in left:
            party = party_of(shot)
            end = DONE
            try:
                made = backends[party.name].generate(party.request(shot), stages[party.name])
                made.path.unlink()
            except (PastDeadline, Throttled):
                continue
            except GeneriqueError as error:
                end = type(error).code
            book.write(json.dumps({"shot": shot, "end": end}) + "\n")
            book.flush()
            os.fsync(book.fileno())


def ask_after(folder: Path) -> None:
    """Ask the providers after orders whose outcome is unknown; prints numbers by intent."""
    office = office_of(folder)
    found = {}
    for job in office.jobs.all([JobState.INTENDED]):
        backend = party_of(shot_of(job.prompt)).backend().configured(setting)
        found[job.intent] = backend.taken(job, office)
    print(json.dumps(found))


def read_ends(path: Path) -> list[dict[str, Any]]:
    """Shots that ended, and how; a line that was cut off by a kill says nothing."""
    found = []
    for line in path.read_text().splitlines() if path.exists() else ():
        with contextlib.suppress(ValueError):
            found.append(json.loads(line))
    return found


# The process that kills


class Trap:
    """Faults by chance, and a kill when enough requests have come in.

    Args:
        faults: By chance.
        chance: Of the kills.
    """

    def __init__(self, faults: Faults, chance: random.Random) -> None:
        self._faults, self._chance = faults, chance
        self._left = 0
        self.calm = False
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def arm(self, process: subprocess.Popen[bytes], events: int) -> None:
        """Kill a process after so many requests; 0 for never."""
        with self._lock:
            self._process, self._left = process, events

    def draw(self, what: str) -> Fault | None:
        """A fault of the chance; none when all is calm."""
        if self.calm:
            return None
        if what != "job":
            self._count()
        return self._faults.draw(what)

    def _count(self) -> None:
        with self._lock:
            if self._process is None or self._left == 0:
                return
            self._left -= 1
            if self._left == 0:
                threading.Timer(self._chance.uniform(0, 0.03), self._process.kill).start()


@dataclass
class Storm:
    """A run of the whole: providers, shots and kills."""

    folder: Path
    shots: int
    kills: int
    seed: int
    killed: int = 0
    faults: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def providers(self) -> Iterator[tuple[dict[str, Simulator], Trap]]:
        """All of them, at work."""
        chance = random.Random(self.seed)
        trap = Trap(Chance(self.seed, RATES), chance)
        with contextlib.ExitStack() as stack:
            found = {
                party.name: stack.enter_context(party.simulator(trap))
                for party in PARTIES
                if not party.provider
            }
            for provider in found.values():
                provider.hang_seconds = 0.02
            yield found, trap

    def run(self) -> dict[str, Any]:
        """Order, kill and start again until all has ended; then hold the books together."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.providers() as (providers, trap):
            environment = dict(os.environ)
            for party in PARTIES:
                environment |= party.settings(providers[party.house].base, self.folder)
            self._until_ended(trap, environment)
            trap.calm = True
            ends = {each["shot"]: each["end"] for each in read_ends(self.folder / "ends.jsonl")}
            books = self._account(providers, ends)
            asked = self._ask_after(providers, environment)
            self._look_for_secrets([provider.base for provider in providers.values()])
            return {
                "shots": self.shots,
                "kills": self.killed,
                "ends": dict(sorted(Counter(ends.values()).items())),
                "asked_after": asked,
                "orders": {name: provider.orders for name, provider in providers.items()},
                "books": books,
                "faults": self.faults,
            }

    def _until_ended(self, trap: Trap, environment: Mapping[str, str]) -> None:
        chance = random.Random(self.seed + 1)
        most = max(2 * FEWEST_EVENTS, EVENTS_A_SHOT * self.shots // (self.kills + 1))
        quiet = 0
        while quiet < ROUNDS_WITHOUT_KILLS:
            armed = self.killed < self.kills
            with (self.folder / "log.txt").open("ab") as log:
                process = subprocess.Popen(
                    self._command("--drive"), env=environment, stdout=log, stderr=log
                )
            trap.arm(process, chance.randint(FEWEST_EVENTS, most) if armed else 0)
            status = process.wait()
            trap.arm(process, 0)
            self.killed += status == -signal.SIGKILL
            quiet += not armed
            if status not in {0, -signal.SIGKILL}:
                self.faults.append(f"the process ended with {status}, see log.txt")
                return
            if len(read_ends(self.folder / "ends.jsonl")) >= self.shots:
                return

    def _command(self, part: str) -> list[str]:
        return [sys.executable, __file__, "--shots", str(self.shots), part, str(self.folder)]

    def _jobs(self) -> list[Job]:
        """Our book."""
        engine = open_database(self.folder / ".generique" / "production.db")
        found = list(SqlJobBook(engine).all())
        engine.dispose()
        return found

    def _account(
        self, providers: Mapping[str, Simulator], ends: Mapping[int, str]
    ) -> dict[str, dict[str, int]]:
        """Hold our book against those of the providers; counts for each party."""
        ours: dict[int, list[Job]] = {}
        for job in self._jobs():
            ours.setdefault(shot_of(job.prompt), []).append(job)
        theirs: dict[int, list[SimulatedJob]] = {}
        for provider in providers.values():
            for made in provider.jobs.values():
                theirs.setdefault(shot_of(made.prompt), []).append(made)
        books = {party.name: Counter[str]() for party in PARTIES}
        for shot in range(self.shots):
            jobs, made_of_it = ours.get(shot, []), theirs.get(shot, [])
            paid = sum(made.fate not in FREE for made in made_of_it)
            numbers = {made.number for made in made_of_it}
            self._judge(shot, jobs, numbers, paid, ends.get(shot))
            accepted = sum(job.number is not None for job in jobs)
            counts = {"shots": 1, "accepted": accepted, "jobs": len(numbers), "paid": paid}
            counts["unknown"] = sum(job.state is JobState.INTENDED for job in jobs)
            counts["done"] = ends.get(shot) == DONE
            books[party_of(shot).name].update(counts)
        return {name: dict(counts) for name, counts in books.items()}

    def _judge(
        self, shot: int, jobs: list[Job], numbers: set[str], paid: int, end: str | None
    ) -> None:
        """One shot: what our book says of it, and what the provider's."""
        known = {job.number.rpartition("/")[2] for job in jobs if job.number is not None}
        unknown = sum(job.state is JobState.INTENDED for job in jobs)
        said = [
            (end is None, "has not ended"),
            (paid > 1, f"was paid {paid} times"),
            (bool(known - numbers), "has a number that the provider never gave"),
            (len(numbers - known) > unknown, "has a job that nobody knows of"),
            (end == DONE and paid != 1, f"is done and was paid {paid} times"),
            (
                end == DONE and not any(job.state is JobState.FINISHED for job in jobs),
                "is done and its job is not finished",
            ),
            (end == UNKNOWN and unknown != 1, f"is unknown with {unknown} open intents"),
        ]
        name = party_of(shot).name
        self.faults += [f"shot {shot} of {name} {words}" for wrong, words in said if wrong]

    def _ask_after(
        self, providers: Mapping[str, Simulator], environment: Mapping[str, str]
    ) -> dict[str, int]:
        """Ask after unknown orders, and hold what is answered against the providers' books."""
        done = subprocess.run(
            self._command("--ask"), env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            self.faults.append(f"asking after orders ended with {done.returncode}: {done.stderr}")
            return {}
        answers: dict[str, list[str] | None] = json.loads(done.stdout)
        counts: Counter[str] = Counter()
        for job in self._jobs():
            if job.intent not in answers:
                continue
            shot, said = shot_of(job.prompt), answers[job.intent]
            counts["cannot be asked" if said is None else "taken" if said else "not taken"] += 1
            provider = providers[party_of(shot).house]
            real = [made for made in provider.jobs.values() if shot_of(made.prompt) == shot]
            known = {each.number for each in self._jobs() if shot_of(each.prompt) == shot}
            lost = {made.number for made in real if made.number not in known}
            ended = {made.number for made in real if made.looks >= provider.looks} & lost
            if said is not None and not ended <= set(said) <= lost:
                self.faults.append(f"shot {shot} was said to be {said}, and is {sorted(lost)}")
        return dict(counts)

    def _look_for_secrets(self, bases: list[str]) -> None:
        for path in self.folder.rglob("*"):
            if not path.is_file():
                continue
            data = path.read_bytes()
            if any(word.encode() in data for word in (KEY, *bases)):
                self.faults.append(f"a secret lies in {path.relative_to(self.folder)}")
            if path.name == "log.txt" and b"Traceback" in data:
                self.faults.append("the process ended with a traceback, see log.txt")


FREE = frozenset({Fault.BROKEN, Fault.CANCELLED})
"""Fates of jobs that are placed anew by the next run, and are not charged."""


def shot_of(prompt: str) -> int:
    """Number of the shot that a prompt names at its end."""
    return int(prompt.rpartition(" ")[2])


# Many at once


class Crowd(RunwayBackend):
    """Runway's backend without the decoding of pictures, which is not the desk's work."""

    clock = Clock(scale=PACE)

    def _conformed(self, original: Path, ask: Ask, stage: Stage) -> Path:
        stage.progress(1, 1, f"{ask.model} came")
        return original


def follow_many(folder: Path) -> None:
    """Follow many jobs at once; prints milliseconds of the processor for each, and megabytes.

    Calls and downloads run in threads of their own, so the first thread's time is what desk, book
    and orders take; the process's is that and the HTTP client.
    """
    party = PARTIES[0]
    stage = FolderStage(folder / "stage", office=office_of(folder))
    backend = Crowd().configured({CARDS: str(folder / "cards")}.get)
    requests = [party.request(seed) for seed in range(CROWD + 1)]
    backend.generate(requests.pop(), stage)  # what is loaded once is no part of a job
    start, own = time.process_time(), time.thread_time()
    backend.place(requests, stage)
    numbers = {
        made.job.number for made in (backend.generate(r, stage) for r in requests) if made.job
    }
    each = (time.process_time() - start) / CROWD * 1000
    own_each = (time.thread_time() - own) / CROWD * 1000
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"jobs": len(numbers), "milliseconds": own_each, "with_http": each, "megabytes": most}
    print(json.dumps(found))


def crowd(folder: Path) -> dict[str, Any]:
    """Measure one process with many jobs."""
    cards = folder / "cards"
    cards.mkdir(parents=True)
    own = resources.files("generique.backends.hosted") / "cards" / "runway.toml"
    (cards / "runway.toml").write_text(
        own.read_text("utf-8").replace("jobs = 2", f"jobs = {CROWD}")
    )
    with SimulatedRunway(looks=4) as provider:
        done = subprocess.run(
            [sys.executable, __file__, "--crowd", str(folder)],
            env=os.environ | PARTIES[0].settings(provider.base, folder),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            return {"faults": [f"the crowd ended with {done.returncode}: {done.stderr[-2000:]}"]}
        found: dict[str, Any] = json.loads(done.stdout)
        looks = sum(line.startswith("GET /v1/tasks") for line in provider.log)
        found |= {"looks": looks, "at_once": provider.most_at_once}
    limits = [
        (found["jobs"] != CROWD, f"{found['jobs']} of {CROWD} jobs were followed"),
        (found["at_once"] != CROWD, f"{found['at_once']} were at work at once"),
        (found["megabytes"] > MOST_MEGABYTES, f"over {MOST_MEGABYTES:g} MB"),
        (found["milliseconds"] > MOST_MILLISECONDS, f"over {MOST_MILLISECONDS:g} ms a job"),
    ]
    return found | {"faults": [words for wrong, words in limits if wrong]}


def main(arguments: list[str]) -> int:
    """Run both parts; 1 when a law was broken or a limit exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261129)
    parser.add_argument("--no-crowd", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder in which everything stays")
    parser.add_argument("--drive", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--crowd", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args(arguments)
    if said.drive:
        drive(said.drive, said.shots)
        return 0
    if said.ask or said.crowd:
        (ask_after if said.ask else follow_many)(said.ask or said.crowd)
        return 0
    with tempfile.TemporaryDirectory() as aside:
        folder = said.keep or Path(aside)
        found: dict[str, dict[str, Any]] = {}
        if not said.no_crowd:  # first: a process starts with the memory of the one that made it
            found["crowd"] = crowd(folder / "crowd")
        start = time.monotonic()
        found["storm"] = Storm(folder / "storm", said.shots, said.kills, said.seed).run()
        found["storm"]["seconds"] = round(time.monotonic() - start, 1)
    print(json.dumps(found, indent=2))
    return 1 if any(part["faults"] for part in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
