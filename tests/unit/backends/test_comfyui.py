"""ComfyUI: workflows as backends, the law of hosted backends on them, and what is its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from generique.backends.hosted.comfyui import ComfyUIBackend
from generique.backends.hosted.comfyui_workflow import read_graph
from generique.backends.hosted.provider import Answer
from generique.backends.hosted.watch import Clock
from generique.backends.hosted.web import WebTransport
from generique.machineroom.environment import setting
from generique.model.element import ElementKind, Raster
from generique.model.errors import (
    BackendFailed,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
    UnreadableInput,
)
from generique.model.reference import Reference
from generique.model.time import Rate
from generique.production.job_ports import JobState
from generique.production.ports import Backend, Delivery, Request
from generique.testing.hosted_contract import HostedContract
from generique.testing.office import MemoryJobBook, MemoryOffice
from generique.testing.providers.comfyui import FILM, FILM_ABOUT, SimulatedComfyUI, write_workflows
from generique.testing.providers.faults import Fault, Faults, Script
from generique.testing.providers.simulator import Simulator
from generique.testing.stage import FolderStage


class QuickComfyUI(ComfyUIBackend):
    """ComfyUI's, in a hurry."""

    clock = Clock(scale=0.002)


def comfyui(name: str | None = "film") -> ComfyUIBackend:
    """A backend as the program loads it, with the settings of the machine."""
    return QuickComfyUI(name).configured(setting)


@pytest.fixture(autouse=True)
def workflows(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_workflows(tmp_path_factory.mktemp("workflows"))
    monkeypatch.setenv("GENERIQUE_WORKFLOWS", str(folder))
    monkeypatch.delenv("COMFYUI_BASE_URL", raising=False)
    return folder


def asked(**changes: object) -> Request:
    request = Request(
        kind=ElementKind.SHOT,
        prompt="a harbour at dawn",
        seed=7,
        rate=Rate(numerator=24),
        frames=6,
        raster=Raster(width=64, height=36),
    )
    return request.model_copy(update=changes)


class TestComfyUI(HostedContract):
    keyless = True
    moderates = False
    at_once = 4

    def backend(self) -> Backend:
        return comfyui("film")

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedComfyUI(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"COMFYUI_BASE_URL": base}

    def request(self) -> Request:
        return asked()

    def cannot(self) -> tuple[Request, ...]:
        return (
            asked(rate=Rate(numerator=30)),
            asked(frames=82),
            asked(raster=Raster(width=100, height=100)),
            asked(options={"steps": "25"}),
            asked(kind=ElementKind.VOICE),
        )


def settings(provider: Simulator) -> Mapping[str, str]:
    return {"COMFYUI_BASE_URL": provider.base}


def stage_for(folder: Path, provider: Simulator, book: MemoryJobBook | None = None) -> FolderStage:
    return FolderStage(folder, office=MemoryOffice(folder, settings(provider), book))


def made(folder: Path, provider: Simulator, request: Request, name: str = "film") -> Delivery:
    return comfyui(name).generate(request, stage_for(folder, provider))


def test_the_inputs_that_the_description_names_are_filled(tmp_path: Path) -> None:
    with SimulatedComfyUI() as provider:
        delivery = made(tmp_path, provider, asked(rate=Rate(numerator=25), options={"steps": "30"}))
        (order,) = (each for each in provider.asked if each.path == "/prompt")
    body = order.document()
    nodes = body["prompt"]
    assert nodes["6"]["inputs"] == {"text": "a harbour at dawn", "clip": ["4", 0]}
    assert nodes["3"]["inputs"]["seed"] == 7
    assert nodes["3"]["inputs"]["steps"] == 30
    size = {"width": 1280, "height": 720, "length": 9, "batch_size": 1}
    assert nodes["5"]["inputs"] == size
    assert nodes["8"]["inputs"]["fps"] == 25
    assert nodes["9"] == FILM["9"]
    assert body["client_id"] == "generique"
    ours = {"prompt": "a harbour at dawn", "output": "9"}
    assert body["extra_data"] == {"generique": ours}
    assert "0.36 seconds are made, 6 frames are used" in delivery.warnings
    assert delivery.job is not None
    assert (delivery.job.held, delivery.job.currency) == ("0.00", None)


def test_a_reference_is_laid_down_before_the_order_under_its_digest(tmp_path: Path) -> None:
    with SimulatedComfyUI(Script({"upload": [Fault.FAILS, Fault.LOST]})) as provider:
        stage = stage_for(tmp_path, provider)
        file = stage.lay_down(b"\x89PNG a picture")
        reference = Reference(role="first-frame", file=file, media_type="image/png")
        comfyui("frame").generate(asked(references=(reference,)), stage)
        name = f"generique-{file.removeprefix('sha256:')[:32]}.png"
        assert provider.uploads == {name: b"\x89PNG a picture"}
        assert provider.log[:4] == ["POST /upload/image"] * 3 + ["POST /prompt"]
        (job,) = provider.jobs.values()
        assert job.asked["image"] == name


def test_without_its_reference_a_workflow_is_not_asked() -> None:
    with pytest.raises(NotCapable, match="cannot work without a reference as first-frame"):
        comfyui("frame").interpret(asked())


def test_a_file_that_cannot_be_laid_down_leaves_no_job(tmp_path: Path) -> None:
    book = MemoryJobBook()
    with SimulatedComfyUI(Script({"upload": [Fault.FAILS] * 8})) as provider:
        stage = stage_for(tmp_path, provider, book)
        file = stage.lay_down(b"a picture")
        reference = Reference(role="first-frame", file=file, media_type="image/png")
        with pytest.raises(BackendFailed, match="takes no more jobs"):
            comfyui("frame").generate(asked(references=(reference,)), stage)
        assert provider.orders == 0
    assert book.all() == ()


def test_what_a_node_does_not_take_is_said_in_its_words(tmp_path: Path, workflows: Path) -> None:
    nodes = {**FILM, "8": {"class_type": "CreateVideo", "inputs": {"images": ["99", 0], "fps": 24}}}
    (workflows / "film.json").write_text(json.dumps(nodes))
    with SimulatedComfyUI() as provider:
        with pytest.raises(NotCapable, match="does not take this order") as caught:
            made(tmp_path, provider, asked())
        assert "node 8: Bad linked input" in (caught.value.why or "")


def test_a_node_that_fails_is_named(tmp_path: Path) -> None:
    with SimulatedComfyUI(Script({"job": [Fault.BROKEN]})) as provider:
        with pytest.raises(BackendFailed, match="failed") as caught:
            made(tmp_path, provider, asked())
        assert caught.value.why == "node 3 (KSampler): out of memory"


def test_a_machine_that_forgot_its_queue_is_asked_anew_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = MemoryJobBook()
    with SimulatedComfyUI(looks=10_000) as provider:
        stage = stage_for(tmp_path, provider, book)
        backend = comfyui("film")
        backend.place([asked()], stage)

        def forget(done: int, total: int, what: str) -> None:
            if provider.jobs:
                provider.restart()

        monkeypatch.setattr(stage, "progress", forget)
        with pytest.raises(BackendFailed, match="missing"):
            backend.generate(asked(), stage)
        provider.looks = 2
        assert made(tmp_path, provider, asked()).job
        delivered = comfyui("film").generate(asked(), stage_for(tmp_path, provider, book))
        assert delivered.job
    assert [(job.state, job.attempt) for job in book.all()] == [
        (JobState.FAILED, 0),
        (JobState.FINISHED, 1),
    ]


def test_progress_is_told_while_a_prompt_waits_and_runs(tmp_path: Path) -> None:
    with SimulatedComfyUI(looks=20) as provider:
        stage = stage_for(tmp_path, provider)
        comfyui("film").generate(asked(), stage)
        told = [what for _, _, what in stage.reports if what == "comfyui:film (1 at work)"]
        looks = sum(line.startswith("GET /history") for line in provider.log)
    assert len(told) >= looks > 1


def test_prompts_that_wait_or_run_are_stopped(tmp_path: Path) -> None:
    book = MemoryJobBook()
    with SimulatedComfyUI(looks=10_000) as provider:
        stage = stage_for(tmp_path, provider, book)
        backend, requests = comfyui(), [asked(), asked(seed=8)]
        backend.place(requests, stage)
        desk = backend._desk(stage.office)
        desk._begin()
        desk.finish()
        running, waiting = sorted(book.all(), key=lambda job: job.number or "")
        assert backend.cancel(waiting, stage.office)
        assert backend.cancel(running, stage.office)
        assert [job.cancelled for job in provider.jobs.values()] == [True, True]
        ends = set()
        for request in requests:
            with pytest.raises(BackendFailed) as caught:
                backend.generate(request, stage)
            ends.add(caught.value.what)
        made_not = "comfyui did not make it"
        assert ends == {f"{made_not}: cancelled", f"{made_not}: missing"}


def test_a_lost_prompt_is_found_again_by_its_words(tmp_path: Path) -> None:
    book = MemoryJobBook()
    with SimulatedComfyUI(Script({"create": [Fault.LOST]})) as provider:
        stage = stage_for(tmp_path, provider, book)
        with pytest.raises(OutcomeUnknown):
            comfyui().generate(asked(), stage)
        (job,) = book.all()
        made(tmp_path / "other", provider, asked(prompt="a forest"))
        (number, _) = provider.jobs
        assert comfyui().taken(job, stage.office) == (number,)


def test_the_passport_says_what_was_stated_and_nothing_more() -> None:
    passport = comfyui("film").passport()
    assert passport.licence == "Apache-2.0"
    assert passport.maker == "Example Lab"
    assert passport.training.statement == "undisclosed"
    assert passport.local
    assert passport.version.startswith("2+")
    assert "tiny_video.safetensors" in passport.notes
    assert "no digest stated" in passport.notes


def test_a_machine_elsewhere_is_not_called_local(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    office = MemoryOffice(tmp_path, {"COMFYUI_BASE_URL": "https://render.example"})
    with pytest.raises(NotConfigured, match="address is another's"):
        comfyui("film").generate(asked(), FolderStage(tmp_path, office=office))
    monkeypatch.setenv("COMFYUI_BASE_URL", "http://192.168.1.20:8188")
    assert not comfyui("film").passport().local


def test_the_own_network_is_asked_in_the_clear_only_when_that_is_wanted(tmp_path: Path) -> None:
    near = "http://192.168.1.20:8188"
    with pytest.raises(NotConfigured, match="in the clear") as caught:
        WebTransport(near, dict, ())
    assert "GENERIQUE_PLAIN_HTTP=local-network" in (caught.value.next_step or "")
    WebTransport(near, dict, (), plain=True).close()
    for base, access in (
        (near, {"authorization": "Bearer x"}),
        ("http://93.184.216.34", {}),
        ("http://render.example", {}),
        ("http://169.254.169.254", {}),
    ):
        with pytest.raises(NotConfigured, match="not safe"):
            WebTransport(base, partial(dict, access), (), plain=True)


def test_without_a_folder_it_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(NotConfigured, match="there is no workflow 'noir'"):
        comfyui(None).model("noir")
    assert comfyui(None).models() == ("film", "frame")
    assert comfyui(None).name == "comfyui:film"
    assert comfyui(None).model("frame").passport().title == "Tiny video"
    monkeypatch.setenv("GENERIQUE_WORKFLOWS", str(tmp_path))
    with pytest.raises(NotConfigured, match="there is no workflow for ComfyUI"):
        comfyui(None).passport()
    monkeypatch.delenv("GENERIQUE_WORKFLOWS")
    with pytest.raises(NotConfigured, match="ComfyUI has no workflows"):
        comfyui(None).passport()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('seed = "3.seed"', 'seed = "3.noise"', "has no input 3.noise"),
        ('seed = "3.seed"', 'seed = "3.model"', "fed by another node"),
        ('output = "9"', 'output = "12"', "has no node 12"),
        ('file = "tiny_video', 'file = "other', "nothing is stated of tiny_video.safetensors"),
        ('rate = "8.fps"', "", "makes one rate"),
        ('width = "5.width"', "", "makes one raster"),
        ('frames = "5.length"', "", "makes one length"),
        ('kinds = ["shot", "set", "transition"]', 'kinds = ["music"]', "makes sounds"),
        ('title = "Tiny video"\nversion', 'titel = "x"\nversion', "title"),
        ('version = "2"', "version = ", "line"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(
    workflows: Path, old: str, new: str, words: str
) -> None:
    assert old in FILM_ABOUT
    (workflows / "film.toml").write_text(FILM_ABOUT.replace(old, new, 1))
    with pytest.raises(UnreadableInput) as caught:
        read_graph(workflows, "film")
    assert words in (caught.value.why or "")


def test_a_description_that_does_not_fit_is_told_as_what_is_not_configured(workflows: Path) -> None:
    (workflows / "film.toml").write_text("schema = 1")
    with pytest.raises(NotConfigured, match="'film' cannot be used"):
        comfyui().passport()


def test_the_format_of_the_screen_is_told_from_that_of_the_api(workflows: Path) -> None:
    (workflows / "film.json").write_text(json.dumps({"nodes": [], "links": []}))
    with pytest.raises(UnreadableInput, match="API format"):
        read_graph(workflows, "film")


def test_what_came_without_a_film_is_a_failure() -> None:
    entry = {"prompt": [0, "p", {}, {"generique": {"output": "9"}}, ["9"]], "outputs": {}}
    answer = Answer(200, {}, json.dumps({"p": entry}).encode())
    standing = comfyui("film")._provider.read(answer)
    assert standing.failure is not None
    assert standing.failure.words == "node 9 delivered 0 films or sounds, one is wanted"
