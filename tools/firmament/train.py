"""Train ``firmament`` on the skies that ``tools/firmament/skies.py`` drew.

    python tools/firmament/train.py SKIES FOLDER [--steps N]

needs PyTorch and diffusers. Writes into FOLDER the weights and the settings of the network and of
its schedule as diffusers writes them, and ``training.json``: what was trained, on which list of
items, how, and what it came to. A run that was stopped goes on from its last note.
"""

from __future__ import annotations

import argparse
import copy
import csv
import json
import math
import time
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import torch
from diffusers import DDIMScheduler, UNet2DModel

from generique.backends.firmament.words import CLOSE, class_of
from generique.model.values import digest_of

NETWORK: dict[str, Any] = {
    "sample_size": (28, 48),
    "in_channels": 12,
    "out_channels": 12,
    "layers_per_block": 1,
    "block_out_channels": (32, 64, 96),
    "down_block_types": ("DownBlock2D",) * 3,
    "up_block_types": ("UpBlock2D",) * 3,
    "norm_num_groups": 8,
    "add_attention": False,
    "num_class_embeds": 2 * CLOSE,
}
SCHEDULE: dict[str, Any] = {
    "num_train_timesteps": 1000,
    "beta_schedule": "squaredcos_cap_v2",
    "prediction_type": "v_prediction",
    "rescale_betas_zero_snr": True,
    "timestep_spacing": "trailing",
    "clip_sample": True,
    "set_alpha_to_one": True,
}
BATCH = 16
RATE = 6e-4
MEMORY = 0.998
"""Share of the averaged weights that stays at each step."""
BALANCE = 5.0
"""Bound of the weight by signal over noise: Hang et al., "Efficient Diffusion Training via
Min-SNR Weighting Strategy", ICCV 2023."""
NOTE_EVERY = 100


class Skies(NamedTuple):
    """The items of one split.

    Attributes:
        whole: Items x 56 x 96 x 3, octets.
        full: Items x 168 x 288 x 3, octets.
        label: Class of each item.
        digest: Of the list of items.
    """

    whole: np.ndarray
    full: np.ndarray
    label: np.ndarray
    digest: str


def load(folder: Path, split: str) -> Skies:
    """Read the items of a split, checking every digest."""
    listed = (folder / "items.csv").read_bytes()
    full, label = [], []
    for row in csv.DictReader(listed.decode().splitlines()):
        if row["split"] != split:
            continue
        octets = (folder / "skies" / row["name"]).read_bytes()
        if digest_of(octets).removeprefix("sha256:") != row["sha256"]:
            raise SystemExit(f"{row['name']} is not the item that is listed")
        picture = cv2.imdecode(np.frombuffer(octets, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise SystemExit(f"{row['name']} is no picture")
        full.append(np.ascontiguousarray(picture[..., ::-1]))
        label.append(class_of(row["label"], row["cover"]))
    whole = [cv2.resize(p, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA) for p in full]
    return Skies(np.stack(whole), np.stack(full), np.array(label), digest_of(listed))


def batch(skies: Skies, chance: np.random.Generator, size: int = BATCH) -> tuple[Any, Any]:
    """Whole skies and, of the second half of the classes, close parts of them; mirrored or not.

    Four neighbouring pixels are one place with twelve channels: that is four times quicker.
    """
    chosen = chance.integers(0, len(skies.label), size)
    pictures, labels = [], []
    for place, item in enumerate(chosen):
        if place % 2:
            top, left = chance.integers(0, 168 - 56 + 1), chance.integers(0, 288 - 96 + 1)
            picture = skies.full[item, top : top + 56, left : left + 96]
        else:
            picture = skies.whole[item]
        pictures.append(picture[:, ::-1] if chance.random() < 0.5 else picture)
        labels.append(skies.label[item] + place % 2 * CLOSE)
    drawn = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1.0
    return torch.nn.functional.pixel_unshuffle(drawn, 2), torch.tensor(labels)


def loss_of(
    network: Any, plan: Any, skies: Skies, chance: np.random.Generator, size: int = BATCH
) -> Any:
    """Weighted squared error of the predicted velocity over one batch."""
    clean, label = batch(skies, chance, size)
    noise = torch.from_numpy(chance.standard_normal(clean.shape, dtype=np.float32))
    step = torch.from_numpy(chance.integers(0, 1000, size))
    dirty = plan.add_noise(clean, noise, step)
    aim = plan.get_velocity(clean, noise, step)
    found = network(dirty, step, class_labels=label).sample
    kept = plan.alphas_cumprod[step]
    ratio = kept / (1 - kept).clamp(min=1e-6)
    weight = ratio.clamp(max=BALANCE) / (ratio + 1) + 0.05
    return (((found - aim) ** 2).mean((1, 2, 3)) * weight).mean()


def train(skies: Skies, held: Skies, folder: Path, steps: int) -> dict[str, Any]:
    """Train for so many steps; the averaged weights are what counts."""
    torch.manual_seed(1871)
    torch.set_num_threads(1)
    network = UNet2DModel(**NETWORK)
    plan = DDIMScheduler(**SCHEDULE)
    average = copy.deepcopy(network)
    drive = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    note, begun, curve = folder / "note.pt", 0, []
    if note.exists():
        state = torch.load(note)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        drive.load_state_dict(state["drive"])
        begun, curve = state["step"], state["curve"]
    seconds, since = 0.0, time.monotonic()
    for step in range(begun, steps):
        chance = np.random.default_rng((1871, step))
        for group in drive.param_groups:
            group["lr"] = (
                RATE
                * min(1.0, (step + 1) / 200)
                * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
            )
        loss = loss_of(network, plan, skies, chance)
        drive.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        drive.step()
        keep = min(MEMORY, (1 + step) / (10 + step))
        with torch.no_grad():
            for kept, new in zip(average.parameters(), network.parameters(), strict=True):
                kept.lerp_(new, 1 - keep)
        if (step + 1) % NOTE_EVERY == 0 or step + 1 == steps:
            now, since = time.monotonic() - since, time.monotonic()
            seconds += now
            curve.append(
                {
                    "step": step + 1,
                    "seen": mean(average, plan, skies),
                    "held": mean(average, plan, held),
                }
            )
            torch.save(
                {
                    "network": network.state_dict(),
                    "average": average.state_dict(),
                    "drive": drive.state_dict(),
                    "step": step + 1,
                    "curve": curve,
                },
                note,
            )
            print(curve[-1], f"{now / NOTE_EVERY:.2f} s a step", flush=True)
    average.half().save_pretrained(folder)
    plan.save_pretrained(folder)
    return {"curve": curve, "parameters": sum(p.numel() for p in average.parameters())}


def mean(network: Any, plan: Any, skies: Skies) -> float:
    """Loss over four batches that are always the same."""
    with torch.no_grad():
        found = [loss_of(network, plan, skies, np.random.default_rng((7, n)), 24) for n in range(4)]
    return round(float(sum(found)) / len(found), 5)


def main() -> None:
    """Read the skies, train, write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("skies", type=Path)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--steps", type=int, default=4000)
    said = asked.parse_args()
    said.folder.mkdir(parents=True, exist_ok=True)
    skies, held = load(said.skies, "seen"), load(said.skies, "held")
    found = train(skies, held, said.folder, said.steps)
    record = {
        "dataset": "firmament-skies",
        "items": skies.digest,
        "weights": digest_of((said.folder / "diffusion_pytorch_model.safetensors").read_bytes()),
        "seen": len(skies.label),
        "held": len(held.label),
        "steps": said.steps,
        "batch": BATCH,
        "rate": RATE,
        "seed": 1871,
        "torch": torch.__version__,
        **found,
    }
    (said.folder / "training.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
