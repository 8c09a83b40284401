from __future__ import annotations

import inspect

import pytest

from generique.model import errors
from generique.model.errors import (
    ExitCode,
    GeneriqueError,
    NotCapable,
    NotConfigured,
    Refused,
    UnreadableInput,
)

TREE = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, GeneriqueError)
]


@pytest.mark.parametrize("kind", TREE)
def test_every_error_tells_what_where_why_and_the_next_step(kind: type[GeneriqueError]) -> None:
    error = kind("It broke.", where="script.fountain:7", why="two notes", next_step="close one")
    assert error.diagnosis().splitlines() == [
        "It broke.",
        "  where: script.fountain:7",
        "  why: two notes",
        "  next: close one",
    ]
    assert str(error) == "It broke."


@pytest.mark.parametrize("kind", TREE)
def test_what_is_not_known_is_left_out(kind: type[GeneriqueError]) -> None:
    assert kind("It broke.").diagnosis() == "It broke."


def test_codes_are_stable_and_each_is_used_once() -> None:
    codes = {kind.code: kind.exit_code for kind in TREE}
    assert len(codes) == len(TREE)
    assert codes == {
        "error": 2,
        "usage": 2,
        "unreadable-input": 2,
        "storage-unavailable": 2,
        "refused": 3,
        "not-capable": 4,
        "backend-failed": 5,
        "not-configured": 5,
        "over-budget": 3,
        "retired": 5,
        "moderated": 5,
        "throttled": 5,
        "past-deadline": 5,
        "outcome-unknown": 5,
        "damaged": 6,
        "waiting-for-person": 7,
        "interrupted": 130,
    }


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = errors.__doc__ or ""
    for kind in TREE:
        assert kind.__name__ in drawn
        if kind is not GeneriqueError:
            line = next(line for line in drawn.splitlines() if f" {kind.__name__} " in line)
            assert f" {int(kind.exit_code)} " in line


def test_a_refusal_of_a_prompt_names_words_and_alternatives() -> None:
    error = NotCapable("cannot show a lion", unknown=("lion",), alternatives=("runway",))
    assert error.unknown == ("lion",)
    assert error.alternatives == ("runway",)
    assert NotCapable("cannot").unknown == ()


def test_a_backend_that_is_not_set_up_has_failed() -> None:
    assert issubclass(NotConfigured, errors.BackendFailed)
    assert NotConfigured("no key").exit_code is ExitCode.BACKEND_FAILED


def test_errors_are_told_apart_by_class() -> None:
    with pytest.raises(Refused):
        raise Refused("clause 4 says no")
    assert not issubclass(Refused, UnreadableInput)


def test_an_error_is_diagnosed_in_the_language_that_it_is_told_in() -> None:
    error = NotCapable("world ne montre pas cela", why="trop haut", next_step="descendez")
    assert "next: descendez" in error.diagnosis()
    error.language = "fr"
    assert error.diagnosis().splitlines()[1:] == ["  pourquoi : trop haut", "  ensuite : descendez"]
