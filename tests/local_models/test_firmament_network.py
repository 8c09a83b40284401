"""The network of firmament in numpy and in diffusers: the same weights, the same pictures."""

from __future__ import annotations

from importlib.resources import as_file

import numpy as np
import torch
from diffusers import DDIMScheduler, UNet2DModel

from generique.backends.firmament.sampling import denoised, moments, signal_shares
from generique.backends.firmament.shelf import network, shelf


def test_numpy_and_diffusers_take_the_same_steps() -> None:
    with as_file(shelf()) as folder:
        theirs = UNet2DModel.from_pretrained(folder, local_files_only=True).float().eval()
        plan = DDIMScheduler.from_pretrained(folder, local_files_only=True)
    assert np.abs(plan.alphas_cumprod.numpy() - signal_shares()).max() < 1e-5
    plan.set_timesteps(10)
    noise = np.random.default_rng(4).standard_normal((12, 28, 60), dtype=np.float32)
    held, label = torch.from_numpy(noise)[None], torch.tensor([4])
    with torch.inference_mode():
        for step in plan.timesteps:
            found = theirs(held, step, class_labels=label).sample
            held = plan.step(found, step, held).prev_sample
    ours = denoised(network(), noise, 4, moments(10), lambda: None)
    assert np.abs(held[0].numpy() - ours).max() < 1e-3
    assert ours.std() > 0.05
