"""ComfyUI, simulated, and two workflows for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generique.testing.providers.faults import Fault, Faults
from generique.testing.providers.results import clip
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

FILM = {
    "4": {"class_type": "UNETLoader", "inputs": {"unet_name": "tiny_video.safetensors"}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "", "clip": ["4", 0]}},
    "5": {
        "class_type": "EmptyHunyuanLatentVideo",
        "inputs": {"width": 1280, "height": 720, "length": 25, "batch_size": 1},
    },
    "3": {
        "class_type": "KSampler",
        "inputs": {"seed": 0, "steps": 20, "model": ["4", 0], "positive": ["6", 0]},
    },
    "8": {"class_type": "CreateVideo", "inputs": {"images": ["3", 0], "fps": 24}},
    "9": {"class_type": "SaveVideo", "inputs": {"video": ["8", 0], "filename_prefix": "film"}},
}
"""A workflow from words, in the API format."""

FILM_ABOUT = """\
schema = "generique/comfyui-workflow/1"
title = "Tiny video"
version = "2"
kinds = ["shot", "set", "transition"]
prompt = "6.text"
seed = "3.seed"
width = "5.width"
height = "5.height"
frames = "5.length"
rate = "8.fps"
output = "9"
rates = ["24", "25"]
rasters = ["1280x720", "720x1280"]
counts = { least = 5, most = 81, step = 4 }

[options.steps]
input = "3.steps"
values = ["10", "20", "30"]

[[models]]
file = "tiny_video.safetensors"
title = "Tiny video"
licence = "Apache-2.0"
maker = "Example Lab"
"""

FRAME = {
    **FILM,
    "10": {"class_type": "LoadImage", "inputs": {"image": "example.png"}},
    "5": {
        "class_type": "WanImageToVideo",
        "inputs": {"width": 1280, "height": 720, "length": 25, "start_image": ["10", 0]},
    },
}
"""A workflow that goes on from a picture."""

FRAME_ABOUT = (
    FILM_ABOUT
    + """
[references.first-frame]
input = "10.image"
"""
)

_OUTPUTS = frozenset({"SaveVideo", "VHS_VideoCombine", "SaveAudio", "SaveImage"})


def write_workflows(folder: Path) -> Path:
    """Lay the workflows ``film`` and ``frame`` into a folder; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, nodes, about in (("film", FILM, FILM_ABOUT), ("frame", FRAME, FRAME_ABOUT)):
        (folder / f"{name}.json").write_text(json.dumps(nodes), "utf-8")
        (folder / f"{name}.toml").write_text(about, "utf-8")
    return folder


class SimulatedComfyUI(Simulator):
    """Serves the routes of ComfyUI that an order needs. One prompt is at work at a time.

    Attributes:
        uploads: Files that were laid down, by name.
    """

    fates = frozenset({Fault.BROKEN, Fault.CANCELLED})

    def __init__(self, faults: Faults | None = None, *, looks: int = 2) -> None:
        super().__init__(faults, looks=looks, words=())
        self.uploads: dict[str, bytes] = {}
        self._known: list[SimulatedJob] = []
        self._bodies: dict[str, dict[str, Any]] = {}

    def throttled(self, wait: int | None) -> Reply:
        """As a server before it answers that has too much to do; ComfyUI itself never does."""
        headers = {"retry-after": str(wait)} if wait is not None else {}
        return Reply(429, {"error": "too many requests"}, headers=headers)

    def sort_of(self, asked: Asked) -> str:
        """Sort of event: ``upload`` for files, besides the usual ones."""
        if asked.path == "/view":
            return "fetch"
        if asked.path == "/upload/image":
            return "upload"
        return "create" if (asked.method, asked.path) == ("POST", "/prompt") else "look"

    def job_of_result(self, asked: Asked) -> SimulatedJob | None:
        """The job that made a file of the output folder."""
        name = asked.query.get("filename", "")
        return self.jobs.get(name.removesuffix(".mp4").removeprefix("film-"))

    def result(self, job: SimulatedJob) -> tuple[bytes, str]:
        """A film at the rate that the workflow names."""
        if job.size is None:
            return super().result(job)
        return clip(job.seconds, job.size, int(job.asked["fps"])), "video/mp4"

    def restart(self) -> None:
        """Forget the queue and the history, as the real one does; files stay."""
        self._known.clear()

    def answer(self, asked: Asked) -> Reply:
        """The routes."""
        route = (asked.method, asked.path.split("/")[1])
        if route == ("POST", "upload"):
            return self._upload(asked)
        if route == ("POST", "prompt"):
            return self._prompt(asked)
        if route in {("POST", "queue"), ("POST", "interrupt")}:
            return self._stop(asked)
        self._work()
        if route == ("GET", "history"):
            number = asked.path.removeprefix("/history").removeprefix("/")
            ended = [job for job in self._known if self._ended(job)]
            wanted = [job for job in ended if number in {"", job.number}]
            return Reply(document={job.number: self._entry(job) for job in wanted})
        if route == ("GET", "queue"):
            items = [self._item(job) for job in self._known if not self._ended(job)]
            return Reply(document={"queue_running": items[:1], "queue_pending": items[1:]})
        return Reply(404, data=b"404: Not Found", media_type="text/plain")

    def _ended(self, job: SimulatedJob) -> bool:
        return job.cancelled or job.looks >= self.looks

    def _work(self) -> None:
        """The prompt at work comes one step further."""
        running = next((job for job in self._known if not self._ended(job)), None)
        if running is not None:
            self.progress(running)

    def _upload(self, asked: Asked) -> Reply:
        fields = asked.document()
        names = asked.data.split(b'name="image"; filename="', 1)
        name = names[-1].split(b'"', 1)[0].decode() if len(names) > 1 else ""
        if not name or not isinstance(fields.get("image"), bytes):
            return Reply(400, data=b"")
        self.uploads[name] = fields["image"]
        return Reply(document={"name": name, "subfolder": "", "type": "input"})

    def _prompt(self, asked: Asked) -> Reply:
        body = asked.document()
        nodes = body.get("prompt")
        if not isinstance(nodes, dict):
            return Reply(
                400, {"error": _error("no_prompt", "No prompt provided"), "node_errors": {}}
            )
        faults = {
            number: {"errors": [{"type": "invalid", "message": text, "details": detail}]}
            for number, node in nodes.items()
            for text, detail in self._faults(nodes, node)
        }
        if faults:
            error = _error("prompt_outputs_failed_validation", "Prompt outputs failed validation")
            return Reply(400, {"error": error, "node_errors": faults})
        if not any(node["class_type"] in _OUTPUTS for node in nodes.values()):
            return Reply(400, {"error": _error("no_outputs", "Prompt has no outputs")})
        job = self.open_job("prompt-", self._read(nodes))
        self._known.append(job)
        self._bodies[job.number] = body
        return Reply(
            document={"prompt_id": job.number, "number": len(self.jobs), "node_errors": {}}
        )

    def _faults(self, nodes: Mapping[str, Any], node: Mapping[str, Any]) -> list[tuple[str, str]]:
        found = []
        for name, value in node["inputs"].items():
            if isinstance(value, list) and value[0] not in nodes:
                found.append(("Bad linked input", f"{name}, {value}"))
            if name == "image" and value not in self.uploads:
                found.append(("Invalid image file", f"image - {value}"))
        return found

    def _read(self, nodes: Mapping[str, Any]) -> SimulatedJob:
        """What the nodes make."""
        inputs: dict[str, Any] = {}
        for node in nodes.values():
            inputs |= node["inputs"]
        seconds = inputs["length"] / inputs["fps"]
        size = (int(inputs["width"]), int(inputs["height"]))
        return SimulatedJob("", str(inputs["text"]), inputs, seconds, size, charged=False)

    def _stop(self, asked: Asked) -> Reply:
        body = asked.document()
        numbers = [*(body.get("delete") or ()), body.get("prompt_id")]
        waiting = [job for job in self._known if not self._ended(job)]
        for place, job in enumerate(waiting):
            if job.number in numbers and (place == 0) == (asked.path == "/interrupt"):
                job.cancelled = True
                if place:
                    self._known.remove(job)  # out of the queue, and never in the history
        return Reply(data=b"")

    def _item(self, job: SimulatedJob) -> list[Any]:
        body = self._bodies[job.number]
        number = list(self.jobs).index(job.number)
        extra = {**(body.get("extra_data") or {}), "client_id": body.get("client_id")}
        return [number, job.number, body["prompt"], extra, ["9"]]

    def _entry(self, job: SimulatedJob) -> dict[str, Any]:
        messages: list[Any] = [["execution_start", {"prompt_id": job.number}]]
        outputs: dict[str, Any] = {}
        if job.cancelled or job.fate is Fault.CANCELLED:
            messages.append(["execution_interrupted", {"prompt_id": job.number, "node_id": "3"}])
        elif job.fate is Fault.BROKEN:
            error = {"node_id": "3", "node_type": "KSampler", "exception_type": "RuntimeError"}
            messages.append(["execution_error", {**error, "exception_message": "out of memory"}])
        else:
            messages.append(["execution_success", {"prompt_id": job.number}])
            file = {"filename": f"film-{job.number}.mp4", "subfolder": "", "type": "output"}
            outputs["9"] = {"images": [file], "animated": [True]}
        status = {
            "status_str": "success" if outputs else "error",
            "completed": bool(outputs),
            "messages": messages,
        }
        return {"prompt": self._item(job), "outputs": outputs, "status": status}


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"type": kind, "message": message, "details": message, "extra_info": {}}
