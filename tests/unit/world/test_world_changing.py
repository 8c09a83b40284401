"""What becomes otherwise during a shot."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.model.errors import UnreadableInput
from generique.world.changing import STEPS, mixture, states_of
from generique.world.scene import Change, SceneDocument
from generique.world.words.reading import Brief, read_prompt

NIGHT = read_prompt("night aerial over a suburb", Brief()).scene


def _scene(*changes: Change) -> SceneDocument:
    return NIGHT.model_copy(update={"changes": changes})


def _change(at: float, over: float, field: Any, value: Any) -> Change:
    return Change(at=at, over=over, field=field, value=value)


def test_a_scene_that_does_not_change_has_one_state() -> None:
    states = states_of(NIGHT)
    assert [state.scene for state in states] == [NIGHT]
    assert mixture(states, 3.0) == ((0, 1.0),)


def test_lamps_go_out_at_once() -> None:
    states = states_of(_scene(_change(3.0, 0.0, "life.lamps", value=False)))
    before, after = mixture(states, 2.99), mixture(states, 3.0)
    assert [len(before), len(after)] == [1, 1]
    assert states[before[0][0]].scene.life.lamps
    assert not states[after[0][0]].scene.life.lamps


def test_fog_comes_in_by_steps_that_pictures_can_bridge() -> None:
    states = states_of(_scene(_change(1.0, 4.0, "weather.fog", 0.9)))
    fogs = [state.scene.weather.fog for state in states]
    assert fogs == sorted(fogs)
    assert fogs[-1] == pytest.approx(0.9)
    assert max(b - a for a, b in pairwise(fogs)) <= STEPS["weather.fog"] + 1e-9


def test_a_second_change_begins_where_the_first_ended() -> None:
    scene = _scene(
        _change(1.0, 1.0, "weather.fog", 0.6),
        _change(3.0, 1.0, "weather.fog", 0.2),
    )
    states = states_of(scene)
    top = max(states, key=lambda state: state.scene.weather.fog)
    assert top.scene.weather.fog == pytest.approx(0.6)
    assert states[-1].scene.weather.fog == pytest.approx(0.2)


@given(
    st.lists(
        st.builds(
            _change,
            st.floats(0, 6),
            st.sampled_from([0.0, 0.5, 2.0]),
            st.just("weather.fog"),
            st.floats(0, 1),
        ),
        max_size=4,
    ),
    st.floats(0, 12),
)
def test_the_weights_of_a_moment_sum_to_one(changes: list[Change], seconds: float) -> None:
    scene = _scene(*sorted(changes, key=lambda change: change.at))
    states = states_of(scene)
    assert [state.seconds for state in states] == sorted(state.seconds for state in states)
    parts = mixture(states, seconds)
    assert sum(weight for _, weight in parts) == pytest.approx(1.0)
    assert 1 <= len(parts) <= 2


def test_a_change_that_cannot_be_is_refused_when_it_is_read() -> None:
    document = {**NIGHT.to_json(), "changes": [{"at": 1, "field": "life.lamps", "value": 0.5}]}
    with pytest.raises(UnreadableInput):
        SceneDocument.read(document, where="scene.toml")


def test_changes_out_of_order_are_refused() -> None:
    rows = [{"at": at, "field": "weather.fog", "value": 0.5} for at in (3, 1)]
    with pytest.raises(UnreadableInput) as caught:
        SceneDocument.read({**NIGHT.to_json(), "changes": rows}, where="scene.toml")
    assert "not in order of time" in str(caught.value.why)


def test_an_hour_may_go_on_past_midnight() -> None:
    states = states_of(_scene(_change(0.0, 4.0, "time.hour", 30.0)))
    assert states[-1].scene.time.hour == pytest.approx(6.0)
    assert len(states) > 8
