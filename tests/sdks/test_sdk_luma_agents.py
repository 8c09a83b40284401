"""Luma's own SDK, unmodified, against the simulator; and our orders against its types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx
import luma_agents
import pytest
from luma_agents.types import generation_create_params
from pydantic import ValidationError
from typed_bodies import hold_against

from generique.backends.hosted.card import load_card
from generique.backends.hosted.luma import Luma, LumaBackend
from generique.backends.hosted.provider import Ask, Call
from generique.testing.hosted import Trial, shot
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.luma import SimulatedLuma
from generique.testing.providers.results import clip

KEY = "not-a-real-key"
CARD = load_card("luma")
TYPE = generation_create_params.GenerationCreateParams
ORDER: Any = {
    "prompt": "a harbour at dawn",
    "model": "ray-3.2",
    "type": "video",
    "aspect_ratio": "16:9",
    "video": {"resolution": "540p", "duration": "5s"},
}


def client_of(provider: SimulatedLuma) -> luma_agents.Luma:
    return luma_agents.Luma(
        auth_token=KEY, base_url=provider.api, max_retries=0, _strict_response_validation=True
    )


@pytest.fixture
def provider() -> Iterator[SimulatedLuma]:
    with SimulatedLuma() as served:
        yield served


def orders() -> Iterator[tuple[str, Call]]:
    """An order of every model, raster, length, set of references and option."""
    kinds = {"first-frame": "image/png", "last-frame": "image/png", "video": "video/mp4"}
    for name, entry in CARD.models.items():
        needed: list[str] = [role for role, known in entry.inputs.items() if known.needed]
        ways: list[tuple[list[str], dict[str, str]]] = [(needed, {}), (list(entry.inputs), {})]
        ways += [(needed, {key: value}) for key, each in entry.options.items() for value in each]
        for raster in entry.sizes():
            for length in entry.span or entry.seconds:
                for roles, options in ways:
                    if options.get("loop") and length > 5:
                        continue
                    files = tuple((role, Path(__file__), kinds[role]) for role in roles)
                    ask = Ask(shot(options=options), name, entry, Fraction(length), raster, files)
                    size = f"{raster.width}x{raster.height}"
                    case = f"{name} {size} {length} {'+'.join(roles)} {options}"
                    yield case, Luma().create(ask)


ORDERS = dict(orders())


@pytest.mark.parametrize("case", ORDERS)
def test_our_orders_are_of_the_type_of_the_sdk(case: str) -> None:
    assert ORDERS[case].path == "/generations"
    hold_against(TYPE, ORDERS[case].body)


@pytest.mark.parametrize(
    "change",
    [
        {"aspect_ratio": "5:4"},
        {"model": "ray-9"},
        {"seed": 1},
        {"video": {"resolution": "4k"}},
        {"video": {"duration": "5s", "start_frame": "a file"}},
        {"video": {"edit": {"strength": "much"}}},
    ],
)
def test_the_check_can_fail(change: Mapping[str, object]) -> None:
    with pytest.raises((ValidationError, AssertionError)):
        hold_against(TYPE, {**ORDER, **change})


def test_the_sdk_sends_what_we_send(tmp_path: Path, provider: SimulatedLuma) -> None:
    settings = {"LUMA_AGENTS_API_KEY": KEY, "LUMA_BASE_URL": provider.api}
    made = Trial(tmp_path, LumaBackend, provider, settings)
    video = made.lay(clip(1.0, (128, 72)), "video", "video/mp4")
    for model, references in (("ray-3.2", ()), ("ray-3.2-edit", (video,))):
        made.generate(shot(references=references), model)
        ours: Any = made.sent()
        with client_of(provider) as client:
            client.generations.create(**ours)
        assert provider.asked[-1].path == "/v1/generations"
        assert provider.asked[-1].document() == ours


def test_it_creates_looks_and_gets_the_result(provider: SimulatedLuma) -> None:
    with client_of(provider) as client:
        made = client.generations.create(**ORDER)
        states = [client.generations.get(made.id) for _ in range(2)]
    assert [made.state, *(each.state for each in states)] == ["queued", "processing", "completed"]
    assert states[-1].output is not None
    (output,) = states[-1].output
    assert httpx.get(output.url).content == clip(5.0, (960, 540))
    assert len(provider.jobs) == 1


@pytest.mark.parametrize(
    ("fate", "code"),
    [(Fault.MODERATED, "content_moderated"), (Fault.BROKEN, "generation_failed")],
)
def test_it_reads_failures(fate: Fault, code: str) -> None:
    with SimulatedLuma(Script({"job": [fate]}), looks=1) as provider, client_of(provider) as client:
        found = client.generations.get(client.generations.create(**ORDER).id)
    assert (found.state, found.failure_code) == ("failed", code)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.THROTTLED, luma_agents.RateLimitError),
        (Fault.FAILS, luma_agents.InternalServerError),
    ],
)
def test_it_reads_refusals(fault: Fault, kind: type[Exception]) -> None:
    with (
        SimulatedLuma(Script({"create": [fault]})) as provider,
        client_of(provider) as client,
        pytest.raises(kind),
    ):
        client.generations.create(**ORDER)


def test_left_to_itself_it_would_pay_twice() -> None:
    """Why our orders do not go through the SDK: by default it sends a lost order again."""
    with SimulatedLuma(Script({"create": [Fault.LOST]})) as provider:
        with luma_agents.Luma(auth_token=KEY, base_url=provider.api) as client:
            client.generations.create(**ORDER)
        assert len(provider.jobs) == 2
