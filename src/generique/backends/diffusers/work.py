"""The work itself: torch and diffusers, imported only when something is made."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import diffusers
import numpy as np
import torch

from generique.backends.diffusers.pipelines import Pipeline
from generique.backends.diffusers.statement import ModelStatement
from generique.model.errors import BackendFailed
from generique.production.ports import Request, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE_RATE = 48_000
_SEEDS = 1 << 63


@dataclass(frozen=True)
class Work:
    """One request to one pipeline.

    Args:
        statement: Of the model.
        pipeline: How it is asked.
        weights: Folder of the weights.
        steps: Of denoising.
    """

    statement: ModelStatement
    pipeline: Pipeline
    weights: Path
    steps: int

    def picture(self, request: Request, stage: Stage) -> Path:
        """A clip of the length, rate and raster that were asked.

        Raises:
            BackendFailed: The pipeline failed, or made too few frames.
        """
        if request.raster is None or request.frames is None:
            raise BackendFailed("a picture is asked with its length and raster")
        width, height = self._size(request)
        arguments = self._arguments(request, stage)
        if self.pipeline.prompt or self.pipeline.needs_frame:
            arguments |= {"width": width, "height": height}
        if self.pipeline.makes == "clip":
            arguments[self.pipeline.length] = self.pipeline.holding(request.frames)
        made = self._run(arguments, stage)
        frames = made.frames[0] if self.pipeline.makes == "clip" else made.images
        if len(frames) < (request.frames if self.pipeline.makes == "clip" else 1):
            raise BackendFailed(f"the model made {len(frames)} frames, {request.frames} are asked")
        sink = stage.picture(request.raster, request.rate)
        size = (request.raster.width, request.raster.height)
        for place in range(request.frames):
            frame = frames[min(place, len(frames) - 1)]
            sink.write(_fitted(np.asarray(frame), size))
        return sink.close()

    def sound(self, request: Request, stage: Stage) -> Path:
        """Sound at 48 kHz, stereo, of the length that was asked.

        Raises:
            BackendFailed: The pipeline failed, or made too little.
        """
        if request.frames is None:
            raise BackendFailed("a sound is asked with its length")
        seconds = float(request.rate.seconds(request.frames))
        arguments = self._arguments(request, stage) | {self.pipeline.length: seconds}
        arguments["output_type"] = "pt"
        with self._loaded() as pipe:
            made = self._called(pipe, arguments)
            rate = int(pipe.vae.sampling_rate)
        samples = made.audios[0].float().cpu().numpy().T
        wanted = round(request.rate.seconds(request.frames) * SAMPLE_RATE)
        return stage.sound(_at_house_rate(samples, rate, wanted), SAMPLE_RATE)

    def _arguments(self, request: Request, stage: Stage) -> dict[str, Any]:
        generator = torch.Generator("cpu").manual_seed(request.seed % _SEEDS)
        arguments: dict[str, Any] = {
            "num_inference_steps": self.steps,
            "generator": generator,
            "output_type": "np",
        }
        if self.pipeline.prompt:
            arguments["prompt"] = request.prompt
            arguments["guidance_scale"] = self.statement.guidance
            if self.statement.negative:
                arguments["negative_prompt"] = self.statement.negative
        if self.pipeline.first_frame and request.references:
            picture = cv2.imread(str(stage.reference(request.references[0].file)))
            if picture is None:
                raise BackendFailed("the first frame is no picture that can be read")
            arguments["image"] = _as_image(np.ascontiguousarray(picture[..., ::-1]))

        def told(_pipe: object, step: int, _time: object, kept: dict[str, Any]) -> dict[str, Any]:
            stage.progress(step + 1, self.steps, f"{self.statement.title}, step")
            return kept

        if self.pipeline.name != "DDPMPipeline":
            arguments["callback_on_step_end"] = told
        if self.pipeline.makes == "sound":
            arguments["callback"] = lambda step, *_: stage.progress(
                step + 1, self.steps, f"{self.statement.title}, step"
            )
            del arguments["callback_on_step_end"]
        return arguments

    def _run(self, arguments: dict[str, Any], stage: Stage) -> Any:
        stage.progress(0, self.steps, f"loading {self.statement.title}")
        with self._loaded() as pipe:
            return self._called(pipe, arguments)

    def _loaded(self) -> _Loaded:
        return _Loaded(self)

    def _called(self, pipe: Any, arguments: dict[str, Any]) -> Any:
        try:
            with torch.inference_mode():
                return pipe(**arguments)
        except (torch.OutOfMemoryError, MemoryError) as error:
            raise BackendFailed(
                f"{self.statement.title} needs more memory than there is",
                why=str(error)[:200],
                next_step="ask for fewer frames or a smaller raster, set offload = true, or a "
                "smaller precision in its statement",
            ) from error
        except (RuntimeError, ValueError, TypeError) as error:
            raise BackendFailed(
                f"{self.statement.title} failed",
                why=str(error)[:300],
                next_step="check its statement against its documentation",
            ) from error

    def _size(self, request: Request) -> tuple[int, int]:
        """Width and height that are made: a stated raster, in the pipeline's multiples."""
        wanted = request.raster
        sizes = sorted(tuple(int(n) for n in text.split("x")) for text in self.statement.rasters)
        shape = wanted.width / wanted.height if wanted else 1.0
        alike = [size for size in sizes if abs(size[0] / size[1] / shape - 1) <= 0.05]
        held = [size for size in alike if wanted and size[0] >= wanted.width]
        width, height = (held or alike)[0 if held else -1]
        many = self.pipeline.multiple
        return width // many * many, height // many * many


class _Loaded:
    """A pipeline while it works; let go afterwards."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._pipe: Any = None

    def __enter__(self) -> Any:
        work = self._work
        kind = getattr(diffusers, work.pipeline.name)
        precision = getattr(torch, work.statement.precision)
        try:
            pipe = kind.from_pretrained(
                str(work.weights), local_files_only=True, use_safetensors=True, dtype=precision
            )
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            raise BackendFailed(
                f"{work.statement.title} cannot be loaded",
                why=str(error)[:300],
                next_step="check that the folder is whole, and the versions of the libraries",
            ) from error
        pipe.set_progress_bar_config(disable=True)
        if torch.cuda.is_available():
            if work.statement.offload:
                pipe.enable_model_cpu_offload()
            else:
                pipe.to("cuda")
        self._pipe = pipe
        return pipe

    def __exit__(self, *_: object) -> None:
        self._pipe = None
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def _fitted(frame: NDArray[Any], size: tuple[int, int]) -> NDArray[np.uint8]:
    """A frame, 0 to 1, as RGB of the raster."""
    picture: NDArray[Any] = np.clip(frame * 255.0 + 0.5, 0, 255).astype(np.uint8)
    if (picture.shape[1], picture.shape[0]) != size:
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_LANCZOS4)
    return np.ascontiguousarray(picture, dtype=np.uint8)


def _as_image(picture: NDArray[np.uint8]) -> Any:
    """A picture as the pipelines take it, by the library that diffusers itself brings."""
    return import_module("PIL.Image").fromarray(picture)


def _at_house_rate(samples: NDArray[Any], rate: int, wanted: int) -> NDArray[np.float32]:
    """Samples x 2 at 48 kHz, exactly as many as wanted."""
    from scipy.signal import resample_poly

    if rate != SAMPLE_RATE:
        samples = resample_poly(samples, SAMPLE_RATE, rate, axis=0)
    if samples.shape[1] == 1:
        samples = np.repeat(samples, 2, axis=1)
    if len(samples) < wanted:
        raise BackendFailed(
            f"the model made {len(samples) / SAMPLE_RATE:.2f} seconds of sound, "
            f"{wanted / SAMPLE_RATE:.2f} are asked"
        )
    return np.ascontiguousarray(np.clip(samples[:wanted], -1, 1), dtype=np.float32)
