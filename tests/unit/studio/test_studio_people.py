"""People at the command line; and every command, none of which approves by itself."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import studio_fixtures
from studio_fixtures import Run
from typer.main import get_command

from generique.machineroom.database import open_database
from generique.machineroom.ledger_store import SqlEntryStore
from generique.studio.cli.main import COMMANDS

run, film = studio_fixtures.run, studio_fixtures.film

VALUES = {
    "element": "1-1.t1",
    "subjects": "1-1.t1",
    "take": "1-1.t1",
    "shot": "1-1",
    "prompt": "red",
    "note": "darker",
    "language": "en",
    "kind": "model",
    "name": "mira",
    "person": "mira",
    "who": "mira",
    "role": "director",
    "reason": "good",
    "question": "doubt",
    "answer": "no",
    "by": "mira",
    "form": "spdx",
    "what": "1-1.t1",
    "work": "x",
    "target": "tiles",
    "file": "out/master.en.mp4",
    "output": "plates",
    "medium": "finch",
    "request": "nowhere.txt",
    "answer_file": "nowhere.txt",
    "checkpoint": "nowhere.txt",
    "witness_key": "nobody",
    "log": "nobody",
}
"""A value for each word that a command cannot do without."""


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its parameters, as the command line itself knows them."""

    def below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield path, command
        else:
            for name, child in inner.items():
                yield from below(child, (*path, name))

    for name in COMMANDS:
        module = importlib.import_module(f"generique.studio.cli.{name}")
        yield from below(get_command(module.app), (name,))


SLOW = {"resolve", "library", "identify", "reproduce"}
"""Commands that write nothing into a ledger, tried in one of the two walks."""


def speaker(command: Any) -> str:
    """Whether a command names the person who speaks: ``required``, ``possible``, or empty."""
    for parameter in command.params:
        if parameter.opts[0] == "--as" and parameter.name != "form":
            return "required" if parameter.required else "possible"
    return ""


def words(path: tuple[str, ...], command: Any, folder: Path) -> list[str]:
    """The command with everything that it needs, and with every way to let the program decide."""
    line = [*path]
    if path == ("new",):
        return [*line, str(folder.parent / "another")]
    for parameter in command.params:
        option = parameter.opts[0]
        if parameter.name in {"folder", "production"}:
            line += [str(folder)] if option == "folder" else [option, str(folder)]
        elif option == "--demo-review":
            line.append(option)
        elif parameter.required:
            assert parameter.name in VALUES, f"{path}: teach this test the word {parameter.name}"
            value = VALUES[parameter.name]
            value = str(folder / value) if parameter.name in {"file", "target"} else value
            line += [option, value] if option.startswith("--") else [value]
    return line


def approvals(run: Run, folder: Path) -> list[dict[str, Any]]:
    listed = run("review", "list", "-p", folder, "--json").document
    said = [one for take in listed["takes"] for one in take["decisions"]]
    approved = [one for one in said if one["verdict"] == "approved"]
    return approved + [one for one in listed["matters"] if one["approved"] or one["rests_on"]]


def test_no_command_approves_in_the_name_of_somebody_without_a_key(run: Run, film: Path) -> None:
    run("shoot", "-p", film, "-q")
    tried = 0
    for path, command in commands():
        if path[0] == "person":
            continue
        said = run(*words(path, command, film))
        tried += 1
        if speaker(command) == "required":
            assert said.code != 0, path
    assert tried > 35
    assert approvals(run, film) == []
    assert run("review", "list", "-p", film, "--json").document["judgements"] == []
    keys = run("keys", "--json").document["keys"]
    assert not [key for key in keys if key["name"].startswith("person/")]
    assert run("deliver", film).code in {3, 7}


def test_with_a_key_at_hand_only_a_command_that_names_the_person_decides(
    run: Run, film: Path
) -> None:
    run("produce", film, "--demo-review", "-q")
    run("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", film)
    for path, command in commands():
        if not speaker(command) and path[0] not in SLOW | {"person"}:
            run(*words(path, command, film))
    assert approvals(run, film) == []
    said = ("--as", "mira", "--reason", "good", "-p", film)
    assert run("review", "approve", "1-1.t1", *said).code == 0
    (approval,) = approvals(run, film)
    assert (approval["person"], approval["take"]) == ("mira", "1-1.t1")
    assert run("deliver", film).code in {3, 7}


@pytest.fixture
def crew(run: Run, film: Path) -> Path:
    """A film with takes, a cut and three people."""
    with (film / "production.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[voices]]\ncharacter = "NARRATOR"\nlanguage = "en"\nvoice = "tone"\n')
    run("cut", film, "-q")
    for who, role in (("mira", "director"), ("zoe", "editor"), ("ann", "producer")):
        run("person", "add", who, "--name", who.title(), "--role", role, "-p", film)
    return film


def waiting(run: Run, folder: Path) -> dict[str, Any]:
    listed = run("review", "list", "-p", folder, "--json").document["matters"]
    return {f"{one['matter']}/{one['id']}": one for one in listed}


def test_matters_beside_takes_wait_for_people(run: Run, crew: Path) -> None:
    before = waiting(run, crew)
    assert not before["cut/cut"]["approved"]
    assert {one["matter"] for one in before.values()} >= {"cut", "casting"}
    said = ("--reason", "seen", "-p", crew)
    assert "approval by the director or editor is missing" in run("review", "list", "-p", crew).out
    assert run("review", "approve", "cut", "--matter", "cut", "--as", "zoe", *said).code == 0
    cut = waiting(run, crew)["cut/cut"]
    assert (cut["approved"], cut["missing"]) == (True, [])
    spoken = ("NARRATOR-en", "--matter", "casting", "--as", "ann")
    assert run("review", "approve", *spoken, *said).code == 0
    assert waiting(run, crew)["casting/NARRATOR-en"]["approved"]
    assert run("review", "revoke", "cut", "--matter", "cut", "--as", "zoe", *said).code == 0
    assert not waiting(run, crew)["cut/cut"]["approved"]
    digest = cut["digest"]
    assert run("review", "reject", digest, "--matter", "cut", "--as", "zoe", *said).code == 0
    for wrong in ("nosuch", "sha256:" + "0" * 64):
        assert run("review", "approve", wrong, "--matter", "cut", "--as", "mira", *said).code == 2
    refused = run("review", "approve", "cut", "--matter", "cut", "--as", "ben", *said)
    assert refused.code == 2


def test_a_changed_cut_voids_the_lock_and_says_which_it_was_for(run: Run, crew: Path) -> None:
    said = ("--matter", "cut", "--as", "mira", "--reason", "locked", "-p", crew)
    assert run("review", "approve", "cut", *said).code == 0
    locked = waiting(run, crew)["cut/cut"]["digest"]
    script = crew / "script.fountain"
    script.write_text(script.read_text("utf-8").replace("red, 2 s", "blue, 3 s"), "utf-8")
    assert run("cut", crew, "-q").code == 0
    cut = waiting(run, crew)["cut/cut"]
    assert cut["digest"] != locked
    assert [word["why"] for word in cut["void"]] == [
        f"it was said of {locked}, and this is {cut['digest']}"
    ]
    assert "is void" in run("review", "list", "-p", crew).out


def test_keys_are_registered_revoked_and_renewed(run: Run, crew: Path) -> None:
    said = ("--as", "mira", "--reason", "good", "-p", crew)
    assert run("review", "approve", "1-1.t1", "music.t1", *said).code == 0
    add = ("person", "add", "mira", "--name", "Mira", "--role", "director", "-p", crew)
    again = run(*add, "--new-key", "--json")
    assert again.code == 0  # the key in force is kept
    revoked = run("person", "revoke-key", "mira", "--reason", "lost", "-p", crew, "--json")
    assert (revoked.code, revoked.document["person"]) == (0, "mira")
    assert run("review", "approve", "1-1.t1", *said).code == 3
    assert run(*add).code == 3
    renewed = run(*add, "--new-key", "--json")
    assert renewed.code == 0
    assert renewed.document["key"] != again.document["key"]
    assert run("review", "approve", "1-1.t1", *said).code == 0
    (mira,) = [
        one
        for one in run("person", "list", "-p", crew, "--json").document["people"]
        if one["id"] == "mira"
    ]
    assert [key["revoked"] is None for key in mira["keys"]] == [False, True]
    told = run("person", "list", "-p", crew).out
    assert "revoked in entry" in told
    assert "registered in entry" in told
    assert run("person", "revoke-key", "nobody", "--reason", "x", "-p", crew).code == 2


def test_a_role_that_only_the_settings_claim_is_refused(run: Run, crew: Path) -> None:
    settings = crew / "production.toml"
    text = settings.read_text("utf-8")
    assert 'roles = ["editor"]' in text
    settings.write_text(text.replace('roles = ["editor"]', 'roles = ["director"]'), "utf-8")
    refused = run("review", "approve", "1-1.t1", "--as", "zoe", "--reason", "x", "-p", crew)
    assert refused.code == 3
    assert "does not hold the role director" in refused.err
    assert "no key in force for these roles" in run("person", "list", "-p", crew).out


def test_judgements_are_signed_and_listed(run: Run, crew: Path) -> None:
    said = ("--as", "mira", "--role", "director", "--reason", "looked", "-p", crew)
    asked = ("--question", "taken-for-authentic", "--answer")
    judged = run("review", "judge", "1-1.t1", *asked, "no", *said, "--json")
    assert judged.code == 0, judged.err
    assert judged.document["essence"].startswith("sha256:")
    idea = run("review", "judge", "film", *asked, "unsure", *said)
    assert "its idea" in idea.out
    assert run("review", "judge", "film", *asked, "perhaps", *said).code == 2
    listed = run("review", "list", "-p", crew, "--json").document["judgements"]
    assert [one["judgement"]["answer"] for one in listed] == ["no", "unsure"]


def test_an_entry_that_does_not_count_is_listed(run: Run, crew: Path) -> None:
    said = ("--as", "mira", "--reason", "good", "-p", crew)
    assert run("review", "approve", "1-1.t1", *said).code == 0
    assert run("review", "reject", "1-1.t1", *said).code == 0
    store = SqlEntryStore(open_database(crew / ".generique" / "ledger.sqlite"))
    store.append(store.read(store.size() - 2))
    listed = run("review", "list", "-p", crew, "--json").document
    assert {take["take"]: take["standing"] for take in listed["takes"]}["1-1.t1"] == "rejected"
    assert [one["why"] for one in listed["void"]] == [
        "the same statement stands in the ledger before"
    ]
    assert "does not count" in run("review", "list", "-p", crew).out
