"""The backend ``firmament``: a plate of a sky by a diffusion model of our own.

What it is asked for is read by :mod:`generique.backends.firmament.words`. The same sky under the
same seed is kept, so that another movement or length over it draws nothing anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generique.backends.firmament.shelf import items, trained
from generique.model.element import ElementKind, Raster
from generique.model.errors import NotCapable
from generique.model.passport import Dataset, Passport, SourceType, Training
from generique.model.values import Digest, Identifier, digest_of
from generique.production.ports import Delivery, Estimate, Interpretation, Request, Stage

if TYPE_CHECKING:
    from generique.backends.firmament.network import Plane
    from generique.backends.firmament.words import Wish

_LONGEST_SECONDS = 60
_WIDEST, _NARROWEST = 2.4, 1.3
"""Shapes of picture, width by height, that the trained sky fills."""
_LARGEST = 1920


class FirmamentBackend:
    """Makes a shot of a sky; implements :class:`generique.production.ports.Backend`."""

    def passport(self) -> Passport:
        """What is known of it: everything, down to the digest of each picture of its training."""
        known = trained()
        return Passport(
            name="firmament",
            version=f"1+{known.weights.removeprefix('sha256:')[:12]}",
            title="Générique Firmament",
            maker="The Générique authors",
            licence="Apache-2.0",
            kinds=(ElementKind.SHOT,),
            training=Training(
                statement="disclosed",
                datasets=(
                    Dataset(
                        id=known.dataset,
                        title="Skies drawn by Générique World",
                        licence="Apache-2.0",
                        digest=known.items,
                    ),
                ),
            ),
            source_type=SourceType.TRAINED_ALGORITHMIC,
            repeatable=True,
            local=True,
            credit={
                "en": "Sky: Générique Firmament, a model trained on pictures of Générique World",
                "fr": "Ciel : Générique Firmament, modèle entraîné sur des images de Générique "
                "World",
            },
            notes="A diffusion model of 1.7 million weights. The list of the pictures that it was "
            "trained on, their card, the record of the training and the weights are shipped.",
        )

    def dataset_of(self, item: Digest) -> Identifier | None:
        """The dataset, where the model was trained on this item of it."""
        return trained().dataset if item in items() else None

    def interpret(self, request: Request) -> Interpretation:
        """Read the prompt.

        Raises:
            NotCapable: Another kind, shape or length, or words, options or references that are
                not understood.
        """
        wish = _read(request)
        asked = max(1, request.rate.frames(wish.seconds)) if wish.seconds else None
        return Interpretation(
            words=wish.words,
            language=wish.language,
            frames=request.frames or asked,
            warnings=_warnings(request),
        )

    def estimate(self, request: Request, stage: Stage) -> Estimate:
        """A sky that is not kept yet takes some seconds, a frame a share of one."""
        wish = _read(request)
        frames = request.frames or 0
        drawn = 0.0 if stage.cached(_key(request, wish)) else 6.0
        return Estimate(seconds=drawn + 0.06 * frames)

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Make it; stopping between two steps is safe.

        Raises:
            NotCapable: As :meth:`interpret`, or no length or raster is named.
            Damaged: The weights are not those that the training ended with.
        """
        wish = _read(request)
        if request.frames is None or request.raster is None:
            raise NotCapable("a shot needs a length and a raster")
        from generique.backends.firmament.picture import Movement

        seconds = float(request.rate.seconds(request.frames))
        plate = _plate(request, wish, stage)
        movement = Movement(
            plate, request.raster, seconds, wish.drift, request.easing, request.seed
        )
        sink = stage.picture(request.raster, request.rate)
        for number in range(request.frames):
            stage.progress(number, request.frames, "frames of the sky")
            sink.write(movement.frame(float(request.rate.seconds(number)), number))
        return Delivery(
            path=sink.close(),
            media_type="video/mp4",
            seed=request.seed,
            warnings=_warnings(request),
        )


def _read(request: Request) -> Wish:
    from generique.backends.firmament.words import read_wish

    if request.kind is not ElementKind.SHOT:
        raise NotCapable(f"firmament makes shots, not a {request.kind.value}")
    if request.language is not None:
        raise NotCapable("a picture has no language", next_step="leave it out")
    unknown = request.options.keys() - {"notes"}
    if unknown:
        raise NotCapable(
            f"firmament knows no option {min(unknown)[:60]!r}", next_step="say it in the prompt"
        )
    request.require_no_references("firmament")
    _check_raster(request.raster)
    wish = read_wish(request.prompt, request.notes)
    length = float(request.rate.seconds(request.frames)) if request.frames else wish.seconds or 0
    if length > _LONGEST_SECONDS:
        raise NotCapable(f"a sky of {length:.0f} s is longer than {_LONGEST_SECONDS} s")
    return wish


def _check_raster(raster: Raster | None) -> None:
    if raster is None:
        return
    if not _NARROWEST <= raster.width / raster.height <= _WIDEST:
        raise NotCapable(
            f"firmament fills no picture of the shape {raster.width}x{raster.height}",
            why=f"it was trained on landscape pictures, {_NARROWEST} to {_WIDEST} times as wide "
            "as high",
        )
    if raster.width > _LARGEST:
        raise NotCapable(
            f"a sky of {raster.width} columns would be blurred",
            why=f"firmament draws 288 columns; up to {_LARGEST} they pass for a soft sky",
            next_step="ask for a smaller raster, or another backend",
        )


def _warnings(request: Request) -> tuple[str, ...]:
    if request.raster is None:
        return ()
    return (f"drawn in 162 lines and scaled to {request.raster.height}: a sky out of focus",)


def _key(request: Request, wish: Wish) -> Digest:
    from generique.backends.firmament.picture import columns

    wide = columns(request.raster) if request.raster else 0
    said = (trained().weights, wish.hour, wish.cover, request.seed, wide)
    return digest_of(json.dumps(("firmament sky", *said)).encode())


def _plate(request: Request, wish: Wish, stage: Stage) -> Plane:
    import numpy as np

    from generique.backends.firmament.picture import MOST_STEPS, columns, sky
    from generique.backends.firmament.shelf import network

    key = _key(request, wish)
    kept = stage.cached(key)
    if kept is not None:
        held: Plane = np.load(kept, allow_pickle=False)
        return held
    done = 0

    def told() -> None:
        nonlocal done
        done += 1
        stage.progress(done, MOST_STEPS, "drawing the sky out of noise")

    if request.raster is None:
        raise NotCapable("a shot needs a raster")
    plate = sky(network(), wish, request.seed, columns(request.raster), told)
    path = stage.workspace / "sky.npy"
    np.save(path, plate.astype(np.float32), allow_pickle=False)
    stage.keep(key, path)
    return plate
