"""Runway's own SDK, unmodified, against the simulator; and our orders against its types."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest
import runwayml
from pydantic import ValidationError
from runwayml.types import (
    image_to_video_create_params,
    recipe_multi_shot_video_params,
    text_to_video_create_params,
    video_to_video_create_params,
    video_upscale_create_params,
)
from typed_bodies import hold_against, snake

from generique.backends.hosted.card import Model, load_card
from generique.backends.hosted.provider import Ask, Call
from generique.backends.hosted.runway import Runway, RunwayBackend
from generique.model.element import Raster
from generique.testing.hosted import Trial, shot
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.results import clip
from generique.testing.providers.runway import SimulatedRunway

KEY = "not-a-real-key"
CARD = load_card("runway")
TYPES = {
    "/v1/text_to_video": text_to_video_create_params.TextToVideoCreateParams,
    "/v1/image_to_video": image_to_video_create_params.ImageToVideoCreateParams,
    "/v1/video_to_video": video_to_video_create_params.VideoToVideoCreateParams,
    "/v1/video_upscale": video_upscale_create_params.VideoUpscaleCreateParams,
    "/v1/recipes/multi_shot_video": recipe_multi_shot_video_params.RecipeMultiShotVideoParams,
}


CHOSEN = {
    "public_figures": "low",
    "flavor": "natural",
    "creativity": "20",
    "sharpen": "0",
}
"""Options that are held against the types."""


def options_of(entry: Model) -> dict[str, str]:
    return {"fit": "crop"} | {name: said for name, said in CHOSEN.items() if name in entry.options}


def prompt_of(name: str, length: float) -> str:
    """A story, or a list where the longest is ordered."""
    listed = "a gate opens 4 s | a hall 5 s | a face, 6 s"
    return listed if (name, length) == ("multi_shot_video", 15) else "a harbour at dawn"


def client_of(provider: SimulatedRunway) -> runwayml.RunwayML:
    return runwayml.RunwayML(
        api_key=KEY, base_url=provider.base, max_retries=0, _strict_response_validation=True
    )


@pytest.fixture
def provider() -> Iterator[SimulatedRunway]:
    with SimulatedRunway() as served:
        yield served


def orders() -> Iterator[tuple[str, Call]]:
    """An order of every model, raster, shortest and longest length, and set of references."""
    with tempfile.TemporaryDirectory() as folder:
        still = Path(folder) / "still.png"
        assert cv2.imwrite(str(still), np.zeros((9, 16, 3), np.uint8))
        yield from orders_with(still)


def orders_with(still: Path) -> Iterator[tuple[str, Call]]:
    files = {"first-frame": still, "last-frame": still, "video": Path(__file__)}
    kinds = {"first-frame": "image/png", "last-frame": "image/png", "video": "video/mp4"}
    for name, entry in CARD.models.items():
        lengths = entry.span or (min(entry.seconds), max(entry.seconds))
        needed: list[str] = [role for role, known in entry.inputs.items() if known.needed]
        roles_of_all: list[str] = list(entry.inputs)
        sets = [needed, roles_of_all] if entry.inputs else [[]]
        for raster in entry.sizes():
            for length in lengths:
                for roles in sets:
                    ask = Ask(
                        shot(prompt_of(name, length), options=options_of(entry)),
                        name,
                        entry,
                        Fraction(length),
                        raster,
                        tuple((role, files[role], kinds[role]) for role in roles),
                    )
                    case = f"{name} {raster.width}x{raster.height} {length} {'+'.join(roles)}"
                    yield case, Runway().create(ask)


ORDERS = dict(orders())


@pytest.mark.parametrize("case", ORDERS)
def test_our_orders_are_of_the_types_of_the_sdk(case: str) -> None:
    call = ORDERS[case]
    hold_against(TYPES[call.path], snake(call.body))


@pytest.mark.parametrize(
    "change",
    [{"ratio": "1:1"}, {"duration": "4"}, {"model": "gen9"}, {"seed": None}, {"prompt": "x"}],
)
def test_the_check_can_fail(change: dict[str, Any]) -> None:
    call = next(call for call in ORDERS.values() if call.body["model"] == "gen4.5")
    with pytest.raises((ValidationError, AssertionError)):
        hold_against(TYPES[call.path], snake({**call.body, **change}))


@pytest.mark.parametrize("model", CARD.models)
def test_the_sdk_sends_what_we_send(model: str, tmp_path: Path, provider: SimulatedRunway) -> None:
    made = Trial(
        tmp_path,
        RunwayBackend,
        provider,
        {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": provider.base},
    )
    image = made.lay(b"an image", "first-frame", "image/png")
    video = made.lay(clip(2.0, (128, 72)), "video", "video/mp4")
    enlarged = "magnific_video_upscaler_creative"
    chosen = {"gen4_turbo": (image,), "aleph2": (video,), enlarged: (video,)}.get(model, ())
    made.generate(shot(references=chosen), model)
    order = next(each for each in provider.asked if each.method == "POST")
    ours = order.document()
    with client_of(provider) as client:
        kind = {
            "/v1/text_to_video": client.text_to_video,
            "/v1/image_to_video": client.image_to_video,
            "/v1/video_upscale": client.video_upscale,
        }
        create: Any = kind.get(order.path, client.video_to_video)
        if order.path == "/v1/recipes/multi_shot_video":
            client.recipes.multi_shot_video(**snake(ours))
        else:
            create.create(**snake(ours))
    assert provider.asked[-1].path == order.path
    assert provider.asked[-1].document() == ours


def test_it_creates_looks_and_gets_the_result(provider: SimulatedRunway) -> None:
    with client_of(provider) as client:
        task = client.text_to_video.create(
            model="gen4.5", prompt_text="a harbour at dawn", ratio="1280:720", duration=2
        )
        states = [client.tasks.retrieve(task.id) for _ in range(2)]
    assert [state.status for state in states] == ["RUNNING", "SUCCEEDED"]
    assert states[1].status == "SUCCEEDED"
    assert states[1].cost.credits == 24
    assert httpx.get(states[1].output[0]).content == clip(2.0, (1280, 720))
    assert len(provider.jobs) == 1


def test_it_cancels(provider: SimulatedRunway) -> None:
    with client_of(provider) as client:
        task = client.text_to_video.create(
            model="gen4.5", prompt_text="a harbour at dawn", ratio="720:1280", duration=2
        )
        client.tasks.delete(task.id)
        assert client.tasks.retrieve(task.id).status == "CANCELLED"


@pytest.mark.parametrize(
    ("fate", "code", "price"),
    [(Fault.MODERATED, "SAFETY.INPUT.TEXT", 24), (Fault.BROKEN, "INTERNAL.BAD_OUTPUT.CODE01", 0)],
)
def test_it_reads_failures(fate: Fault, code: str, price: int) -> None:
    with (
        SimulatedRunway(Script({"job": [fate]}), looks=1) as provider,
        client_of(provider) as client,
    ):
        task = client.text_to_video.create(
            model="gen4.5", prompt_text="a harbour at dawn", ratio="1280:720", duration=2
        )
        found = client.tasks.retrieve(task.id)
    assert found.status == "FAILED"
    assert (found.failure_code, found.cost.credits) == (code, price)


def test_it_reads_a_refusal_for_now() -> None:
    with (
        SimulatedRunway(Script({"create": [Fault.THROTTLED]})) as provider,
        client_of(provider) as client,
        pytest.raises(runwayml.RateLimitError) as caught,
    ):
        client.text_to_video.create(
            model="gen4.5", prompt_text="a harbour at dawn", ratio="1280:720", duration=2
        )
    assert caught.value.response.headers["retry-after"] == "1"


def test_left_to_itself_it_would_pay_twice() -> None:
    """Why our orders do not go through the SDK: by default it sends a lost order again."""
    with SimulatedRunway(Script({"create": [Fault.LOST]})) as provider:
        client = runwayml.RunwayML(api_key=KEY, base_url=provider.base)
        with client:
            client.text_to_video.create(
                model="gen4.5", prompt_text="a harbour at dawn", ratio="1280:720", duration=2
            )
        assert len(provider.jobs) == 2


def test_a_last_frame_comes_with_a_first() -> None:
    entry = CARD.models["veo3.1_fast"]
    files = (
        ("first-frame", Path(__file__), "image/png"),
        ("last-frame", Path(__file__), "image/png"),
    )
    ask = Ask(shot(), "veo3.1_fast", entry, Fraction(4), Raster(width=1280, height=720), files)
    uri = f"data:image/png;base64,{base64.b64encode(Path(__file__).read_bytes()).decode()}"
    assert Runway().create(ask).body["promptImage"] == [
        {"uri": uri, "position": "first"},
        {"uri": uri, "position": "last"},
    ]
