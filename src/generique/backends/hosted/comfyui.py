"""ComfyUI on a machine of ours: any workflow with named inputs is a backend.

``comfyui:NAME`` is the workflow NAME of the folder that the setting ``GENERIQUE_WORKFLOWS`` names.
Everything goes over HTTP, asked again and again: how far a workflow is, ComfyUI says over its web
socket alone, so a job waits, runs or has ended. It costs nothing: no key is ever sent, and nodes
that call paid services do not work without one.

Source of the shapes: the routes of ``server.py`` and the history of ``execution.py`` of ComfyUI.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlencode

from generique.backends.hosted.backend import CARDS, HostedBackend
from generique.backends.hosted.card import Card
from generique.backends.hosted.comfyui_workflow import Graph, made_at, names_in, read_graph
from generique.backends.hosted.desk import Desk
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    AsksTwice,
    Call,
    Cancels,
    Lists,
    Provider,
    Standing,
    Uploads,
    unnamed,
    words_of,
)
from generique.backends.hosted.transport import Transport, is_loopback
from generique.model.errors import NotConfigured, UnreadableInput
from generique.model.passport import Passport
from generique.production.job_ports import Failure, Job, Office
from generique.production.ports import Request

WORKFLOWS, BASE_URL = "GENERIQUE_WORKFLOWS", "COMFYUI_BASE_URL"
"""Settings: the folder of the workflows, and the address of the machine."""
LISTED = 200
"""How many jobs of late are asked for."""
_OURS = "generique"
_FILMS = frozenset(
    {".mp4", ".webm", ".mkv", ".mov", ".avi", ".wav", ".flac", ".mp3", ".opus", ".ogg", ".m4a"}
)


class ComfyUI(Uploads, AsksTwice, Cancels, Lists):
    """ComfyUI's dialect.

    Args:
        graph: Reads the workflow of a name.
    """

    name = "comfyui"

    def __init__(self, graph: Callable[[str], Graph]) -> None:
        self._graph = graph

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Nothing: it has no key.

        Raises:
            NotConfigured: A card names one.
        """
        if keys:
            raise NotConfigured(
                "ComfyUI takes no key",
                why=f"the card names {', '.join(keys)}",
                next_step="take the keys out of the card of comfyui",
            )
        return {}

    def uploads(self, ask: Ask) -> tuple[Call, ...]:
        """Each file under a name of its digest, so that laying it down again changes nothing."""
        return tuple(
            Call(
                "POST",
                "/upload/image",
                form={"type": "input", "overwrite": "true"},
                parts=(("image", _label(path, kind), path.read_bytes(), kind),),
            )
            for _, path, kind in ask.files
        )

    def create(self, ask: Ask) -> Call:
        """The workflow with its inputs filled."""
        graph = self._graph(ask.model)
        names = {role: _label(path, kind) for role, path, kind in ask.files}
        ours = {"prompt": ask.request.prompt[:120], "output": graph.about.output}
        body = {
            "prompt": graph.filled(ask, names),
            "client_id": _OURS,
            "extra_data": {_OURS: ours},
        }
        return Call("POST", "/prompt", body=body)

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """Number of the prompt in the queue."""
        number = answer.document().get("prompt_id")
        if not isinstance(number, str) or not number:
            return unnamed("prompt")
        return Accepted(number)

    def refused(self, answer: Answer) -> Failure:
        """What does not fit, with the first node that does not."""
        failure = super().refused(answer)
        for node, found in (answer.document().get("node_errors") or {}).items():
            for error in found.get("errors") or ():
                words = f"{words_of(answer)}: node {node}: {error.get('message')}"
                return failure.model_copy(
                    update={"words": f"{words}: {error.get('details')}"[:300]}
                )
        return failure

    def look(self, job: Job) -> Call:
        """The history, which holds what has ended."""
        return Call("GET", f"/history/{job.number}")

    def read(self, answer: Answer) -> Standing:
        """An entry of the history; without one the queue knows."""
        entry = next(iter(answer.document().values()), None)
        if not isinstance(entry, dict):
            return Standing("running", unclear=True)
        status = entry.get("status") or {}
        if status.get("status_str") == "error":
            return Standing("failed", failure=_failure(status.get("messages") or ()))
        return _delivered(entry)

    def look_again(self, job: Job) -> Call:
        """The queue; who asks is only for the log of the machine."""
        return Call("GET", "/queue", query={"prompt_id": job.number or ""})

    def read_again(self, job: Job, answer: Answer) -> Standing | Failure:
        """Whether the queue holds it: waiting or at work."""
        queue = answer.document()
        for key in ("queue_running", "queue_pending"):
            if any(item[1] == job.number for item in queue.get(key) or ()):
                return Standing("running" if key == "queue_running" else "waiting")
        return Failure(kind="missing", words="neither its queue nor its history knows the prompt")

    def cancel(self, job: Job) -> Call:
        """Takes a prompt that waits out of the queue."""
        return Call("POST", "/queue", body={"delete": [job.number]})

    def stops(self, job: Job) -> tuple[Call, ...]:
        """Out of the queue, and interrupted where it runs already."""
        return (self.cancel(job), Call("POST", "/interrupt", body={"prompt_id": job.number}))

    def listing(self) -> Call:
        """What has ended of late."""
        return Call("GET", "/history", query={"max_items": str(LISTED)})

    def listed(self, answer: Answer) -> tuple[tuple[str, str], ...]:
        """Number and first words of each prompt of ours."""
        found = ((number, _ours(entry)) for number, entry in answer.document().items())
        return tuple((number, str(ours["prompt"])) for number, ours in found if "prompt" in ours)


def _label(path: Path, media_type: str) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{_OURS}-{digest[:32]}{mimetypes.guess_extension(media_type) or ''}"


def _ours(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was told to ComfyUI with an order, as its history gives it back."""
    prompt: Any = entry.get("prompt") or ()
    found = prompt[3].get(_OURS) if len(prompt) > 3 and isinstance(prompt[3], dict) else None
    return found if isinstance(found, dict) else {}


def _delivered(entry: Mapping[str, Any]) -> Standing:
    """The one film or sound of the output node."""
    node = str(_ours(entry).get("output"))
    made = (entry.get("outputs") or {}).get(node) or {}
    files = [
        item
        for items in made.values()
        if isinstance(items, list)
        for item in items
        if isinstance(item, dict) and PurePosixPath(str(item.get("filename"))).suffix in _FILMS
    ]
    if len(files) != 1:
        words = f"node {node} delivered {len(files)} films or sounds, one is wanted"
        return Standing("failed", failure=Failure(kind="failed", words=words))
    named = {key: str(files[0].get(key) or "") for key in ("filename", "subfolder", "type")}
    return Standing("finished", share=1.0, result=f"/view?{urlencode(named)}")


def _failure(messages: Any) -> Failure:
    """How a prompt ended that did not succeed, from the events of its history."""
    for event, data in messages:
        if event == "execution_interrupted":
            return Failure(kind="cancelled", words="it was interrupted")
        if event == "execution_error":
            where = f"node {data.get('node_id')} ({data.get('node_type')})"
            words = f"{where}: {data.get('exception_message')}"[:300]
            return Failure(kind="failed", code=str(data.get("exception_type") or ""), words=words)
    return Failure(kind="failed", words="it failed and does not say why")


class ComfyUIBackend(HostedBackend):
    """``comfyui:NAME`` for each workflow; ``comfyui`` is the first.

    Args:
        model: Name of the workflow.
        cards: Folder with an operator's own cards.
        desks: Shared by all workflows.
        workflows: Their folder.
        base: Address of the machine, where it is not that of the card.
    """

    def __init__(
        self,
        model: str | None = None,
        cards: Path | None = None,
        desks: dict[int, Desk] | None = None,
        workflows: Path | None = None,
        base: str | None = None,
    ) -> None:
        super().__init__(model, cards, desks)
        self._workflows, self._base = workflows, base

    def configured(self, setting: Callable[[str], str | None]) -> ComfyUIBackend:
        """The backend for the workflows and the machine that the settings name."""
        cards, workflows = setting(CARDS), setting(WORKFLOWS)
        return type(self)(
            self._model,
            Path(cards) if cards else None,
            self._desks,
            Path(workflows) if workflows else None,
            setting(BASE_URL),
        )

    def model(self, name: str) -> ComfyUIBackend:
        """The backend of another workflow; all wait at the same desk.

        Raises:
            NotConfigured: The folder holds no such workflow.
        """
        if name not in self.models():
            raise NotConfigured(
                f"there is no workflow {name!r}",
                where=str(self._folder()),
                why=f"it holds {', '.join(self.models()) or 'none'}",
                next_step=f"lay {name}.toml and {name}.json into the folder",
            )
        return type(self)(name, self._cards, self._desks, self._workflows, self._base)

    def models(self) -> tuple[str, ...]:
        """Names of the workflows; none where no folder is set."""
        return names_in(self._workflows) if self._workflows else ()

    @cached_property
    def _graph(self) -> Graph:
        return self._other(self._chosen)

    @cached_property
    def _provider(self) -> Provider:
        return ComfyUI(lambda name: self._graph if name == self._chosen else self._other(name))

    def _other(self, name: str) -> Graph:
        try:
            return read_graph(self._folder(), name)
        except UnreadableInput as error:
            raise NotConfigured(
                f"the workflow {name!r} cannot be used: {error.what}",
                where=error.where,
                why=error.why,
                next_step=error.next_step,
            ) from error

    @cached_property
    def _card(self) -> Card:
        card = super()._card
        return card.model_copy(update={"models": {self._chosen: self._graph.about.model()}})

    @property
    def _chosen(self) -> str:
        first = self._model or next(iter(self.models()), None)
        if first is None:
            raise NotConfigured(
                "there is no workflow for ComfyUI",
                where=str(self._folder()),
                next_step="export one in the API format, describe it as docs/formats/comfyui.md "
                f"says, and set {WORKFLOWS} to their folder",
            )
        return first

    def passport(self) -> Passport:
        """What is known of the workflow and of all weights that it loads, as was stated."""
        about, said = self._graph.about, super().passport()
        weights = "; ".join(
            f"{each.file} ({each.title}, {each.maker}, {each.licence}, "
            f"training {each.training.statement}, {each.digest or 'no digest stated'})"
            for each in about.models
        )
        return said.model_copy(
            update={
                "title": about.title,
                "version": f"{about.version}+{self._graph.digest[7:19]}",
                "maker": ", ".join(sorted({each.maker for each in about.models})) or said.maker,
                "licence": about.licence(),
                "local": is_loopback(self._base or self._card.base),
                "credit": about.credit or {"en": about.title, "fr": about.title},
                "notes": f"Weights, as stated: {weights or 'none'}. {said.notes}",
            }
        )

    def _ask(self, request: Request, files: tuple[tuple[str, Path, str], ...]) -> Ask:
        ask = super()._ask(request, files)
        if ask.raster is None:
            return ask
        seconds = Fraction(self._graph.frames(ask)) / Fraction(made_at(ask).fps)
        return replace(ask, seconds=seconds)

    def _transport(self, office: Office) -> Transport:
        base = office.setting(self._card.base_setting)
        if self.passport().local and base is not None and not is_loopback(base):
            raise NotConfigured(
                "the passport says that nothing leaves this machine, and the address is another's",
                where=base,
                next_step=f"set {self._card.base_setting} before the backend is loaded",
            )
        return super()._transport(office)

    def _folder(self) -> Path:
        """Where the workflows lie.

        Raises:
            NotConfigured: Nobody has said.
        """
        if self._workflows is None:
            raise NotConfigured(
                "ComfyUI has no workflows",
                why=f"{WORKFLOWS} is not set",
                next_step=f"set {WORKFLOWS} to a folder of workflows, see docs/formats/comfyui.md",
            )
        return self._workflows
