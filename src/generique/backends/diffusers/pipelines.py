"""The pipelines that are loaded, and how each is asked. Facts of diffusers 0.42."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Pipeline:
    """How a class of pipeline is asked.

    Attributes:
        makes: ``clip`` and ``still`` are pictures.
        frames: Step and rest of the lengths that it makes: ``step * n + rest`` frames.
        multiple: Of pixels that width and height must be.
        first_frame: Whether it takes a picture to begin with.
        needs_frame: Whether it cannot work without one.
        prompt: Whether it takes words.
        length: Name of the argument for the length.
    """

    name: str
    makes: Literal["clip", "still", "sound"]
    frames: tuple[int, int] = (1, 0)
    multiple: int = 8
    first_frame: bool = False
    needs_frame: bool = False
    prompt: bool = True
    length: str = "num_frames"

    def holding(self, wanted: int) -> int:
        """The shortest length in frames that holds a wanted one."""
        step, rest = self.frames
        return max(0, -(-(wanted - rest) // step)) * step + rest if wanted > rest else rest or step


_ALL = (
    Pipeline("WanPipeline", "clip", (4, 1), 16),
    Pipeline("WanImageToVideoPipeline", "clip", (4, 1), 16, first_frame=True, needs_frame=True),
    Pipeline("LTXPipeline", "clip", (8, 1), 32),
    Pipeline("LTXImageToVideoPipeline", "clip", (8, 1), 32, first_frame=True, needs_frame=True),
    Pipeline("CogVideoXPipeline", "clip", (4, 1), 16),
    Pipeline(
        "CogVideoXImageToVideoPipeline", "clip", (4, 1), 16, first_frame=True, needs_frame=True
    ),
    Pipeline(
        "StableVideoDiffusionPipeline",
        "clip",
        (1, 0),
        64,
        first_frame=True,
        needs_frame=True,
        prompt=False,
    ),
    Pipeline("AnimateDiffPipeline", "clip", (1, 0), 8),
    Pipeline("StableDiffusionPipeline", "still", (1, 0), 8),
    Pipeline("StableDiffusionXLPipeline", "still", (1, 0), 8),
    Pipeline("DDPMPipeline", "still", (1, 0), 1, prompt=False),
    Pipeline("StableAudioPipeline", "sound", length="audio_end_in_s"),
)

PIPELINES = {pipeline.name: pipeline for pipeline in _ALL}
"""By class name, as ``model_index.json`` names it."""
