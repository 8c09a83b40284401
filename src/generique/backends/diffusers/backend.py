"""The backend ``diffusers``: one backend for each model that a person stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

from generique.backends.diffusers.pipelines import Pipeline
from generique.backends.diffusers.statement import (
    ModelStatement,
    fingerprint_of,
    lacks_of,
    names,
    pipeline_of,
    read_statement,
    weights_digest,
)
from generique.model.element import Raster
from generique.model.errors import Damaged, NotCapable, NotConfigured
from generique.model.passport import Passport, SourceType
from generique.model.time import Rate
from generique.model.values import Digest, digest_of
from generique.production.job_ports import Lack
from generique.production.ports import (
    Delivery,
    Estimate,
    Interpretation,
    Request,
    Stage,
    WordUse,
)

MODELS = "GENERIQUE_MODELS"
"""Setting that names the folder with statements of models."""
_EXTRA = 'pip install "generique[diffusers]"; torch first, as a build for this machine'
_OPTIONS = frozenset({"conform", "steps"})
EVERY_FRAME = "every frame"


class DiffusersBackend:
    """Implements :class:`generique.production.ports.Backend` for one stated model.

    ``diffusers:NAME`` in production.toml is the model that ``NAME.toml`` states.
    """

    def __init__(self, name: str | None = None, folder: Path | None = None) -> None:
        self._name = name
        self._folder = folder

    # The shelf

    def configured(self, setting: Callable[[str], str | None]) -> DiffusersBackend:
        """The backend of the models of this machine."""
        folder = setting(MODELS)
        return DiffusersBackend(self._name, Path(folder) if folder else None)

    def models(self) -> tuple[str, ...]:
        """Names of the models that are stated."""
        return names(self._folder) if self._folder else ()

    def model(self, name: str) -> DiffusersBackend:
        """The backend of one model.

        Raises:
            NotConfigured: None of that name is stated.
        """
        read_statement(self._place(), name)
        return DiffusersBackend(name, self._folder)

    def lacks(self, setting: Callable[[str], str | None]) -> tuple[Lack, ...]:
        """What is missing before the model may be used; its weights are not read."""
        return self.configured(setting).missing()

    def weigh(self) -> Iterator[tuple[int, int, Digest | None]]:
        """Read the weights: bytes read, bytes in all, and at the end their digest."""
        return weights_digest(self._weights)

    def missing(self) -> tuple[Lack, ...]:
        """What is missing, where the folder of models is known."""
        found = [
            Lack(what=f"the library {library}", next_step=_EXTRA)
            for library in ("torch", "diffusers", "transformers")
            if find_spec(library) is None
        ]
        return (*found, *lacks_of(self._statement, self._weights))

    # The port

    def passport(self) -> Passport:
        """What the statement says; the version names the weights, so that others are another."""
        said = self._statement
        weights = said.weights.removeprefix("sha256:")[:12] if said.weights else "unhashed"
        return Passport(
            name=f"diffusers:{self._name}",
            version=f"{said.version}+{weights}",
            title=said.title,
            maker=said.maker,
            licence=said.licence.name,
            kinds=said.kinds,
            training=said.training,
            source_type=SourceType.TRAINED_ALGORITHMIC,
            repeatable=True,
            local=True,
            credit=said.credit or {"en": said.title, "fr": said.title},
            credit_duty=said.credit_duty,
            notes=f"{said.terms} Licence accepted by {said.licence.by or 'nobody'}.".strip(),
        )

    def interpret(self, request: Request) -> Interpretation:
        """How the model would be asked. Its words are its own secret: all are handed on.

        Raises:
            NotCapable: The statement or the pipeline has no place for something that is asked.
            NotConfigured: The weights are not there.
        """
        text = request.prompt
        warnings = self._warnings(request)
        word = WordUse(start=0, end=len(text), text=text, use="used", became="prompt")
        return Interpretation(
            words=(word,) if text else (),
            frames=request.frames or self._statement.most_frames,
            warnings=warnings,
        )

    def estimate(self, request: Request, stage: Stage) -> Estimate:
        """Expected time: steps, by what a step takes here; once more to read the weights."""
        seconds = self._steps(request) * self._statement.seconds_a_step
        with suppress(NotConfigured):
            if stage.cached(self._seal()) is None:
                seconds += 30.0
        return Estimate(seconds=seconds)

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Make it; stopping between two steps is safe.

        Raises:
            NotCapable: As ``interpret``.
            NotConfigured: Something is missing; see :meth:`lacks`.
            Damaged: The weights are not those that were stated.
            BackendFailed: There is too little memory, or the pipeline failed.
        """
        warnings = self._warnings(request)
        lacks = self.missing()
        if lacks:
            raise NotConfigured(
                f"{self._statement.title} cannot be used",
                why="; ".join(lack.what for lack in lacks),
                next_step=lacks[0].next_step,
            )
        self._prove(stage)
        from generique.backends.diffusers.work import Work

        work = Work(self._statement, self._pipeline, self._weights, self._steps(request))
        path = work.sound(request, stage) if self._sounds else work.picture(request, stage)
        return Delivery(
            path=path,
            media_type="audio/wav" if self._sounds else "video/mp4",
            seed=request.seed,
            warnings=warnings,
        )

    # What is asked

    def _warnings(self, request: Request) -> tuple[str, ...]:
        """Check the request; what is said of it before anything is made."""
        said, name = self._statement, f"diffusers:{self._name}"
        if request.kind not in said.kinds:
            raise NotCapable(f"{name} makes {', '.join(said.kinds)}, not {request.kind.value}")
        unknown = set(request.options) - _OPTIONS
        if unknown:
            raise NotCapable(
                f"{name} knows no option {min(unknown)!r}",
                why=f"its options: {', '.join(sorted(_OPTIONS))}",
            )
        self._check_words(request, name)
        self._steps(request)
        self._check_references(request, name)
        return () if self._sounds else self._check_picture(request, name)

    def _check_words(self, request: Request, name: str) -> None:
        if self._pipeline.prompt and not request.prompt.strip():
            raise NotCapable(f"{name} needs a prompt")
        if len(request.prompt) > self._statement.prompt_limit:
            raise NotCapable(
                f"the prompt has {len(request.prompt)} characters, "
                f"{name} takes {self._statement.prompt_limit}",
                next_step="shorten it; it is never cut unsaid",
            )

    def _check_references(self, request: Request, name: str) -> None:
        for reference in request.references:
            if reference.role != "first-frame" or not self._pipeline.first_frame:
                raise NotCapable(f"{name} takes no reference as {reference.role}")
        if self._pipeline.needs_frame and not request.references:
            raise NotCapable(f"{name} cannot work without a first frame")

    def _check_picture(self, request: Request, name: str) -> tuple[str, ...]:
        said = self._statement
        if request.raster is None:
            raise NotCapable(f"{name} needs to know the raster")
        made = self._made(request.raster)
        if made is None:
            raise NotCapable(
                f"{name} makes no picture of the shape "
                f"{request.raster.width}x{request.raster.height}",
                why=f"it makes {', '.join(said.rasters)}",
            )
        warnings = []
        if made != request.raster:
            warnings.append(
                f"made in {made.width}x{made.height} and scaled to "
                f"{request.raster.width}x{request.raster.height}"
            )
        if self._pipeline.makes == "still":
            return (*warnings, "a still picture: nothing moves in it")
        if said.rate is not None and Rate.parse(said.rate) != request.rate:
            if request.options.get("conform") != EVERY_FRAME:
                raise NotCapable(
                    f"{name} makes {said.rate} frames a second, not {request.rate.fps}",
                    next_step=f'allow conform = "{EVERY_FRAME}" for it, or set the rate',
                )
            warnings.append(
                f"each frame is shown once, at {request.rate.fps} instead of {said.rate}"
            )
        if request.frames is not None:
            length = self._pipeline.holding(request.frames)
            if length > said.most_frames:
                raise NotCapable(
                    f"{name} makes at most {said.most_frames} frames, {request.frames} are asked",
                    next_step="make the shot shorter, or name another backend",
                )
            if length != request.frames:
                warnings.append(f"{length} frames are made, {request.frames} are used")
        return tuple(warnings)

    def _made(self, wanted: Raster) -> Raster | None:
        """The stated raster of the same shape: the smallest that holds it, or the largest."""
        sizes = [
            Raster(width=int(w), height=int(h)) for w, h in map(_split, self._statement.rasters)
        ]
        shape = Fraction(wanted.width, wanted.height)
        alike = sorted(
            (s for s in sizes if abs(Fraction(s.width, s.height) / shape - 1) <= Fraction(5, 100)),
            key=lambda size: size.width,
        )
        return next((s for s in alike if s.width >= wanted.width), alike[-1] if alike else None)

    def _steps(self, request: Request) -> int:
        text = request.options.get("steps", str(self._statement.steps))
        if not text.isdecimal() or not 1 <= int(text) <= 1000:
            raise NotCapable(f"steps are a number from 1 to 1000, not {text!r}")
        return int(text)

    @property
    def _sounds(self) -> bool:
        return self._pipeline.makes == "sound"

    # The weights

    def _place(self) -> Path:
        if self._folder is None:
            raise NotConfigured(
                "no folder of local models is set",
                next_step=f"set {MODELS} to the folder with their statements; "
                "see docs/local-models.md",
            )
        return self._folder

    @property
    def _statement(self) -> ModelStatement:
        if self._name is None:
            known = ", ".join(f"diffusers:{name}" for name in self.models()) or "none yet"
            raise NotConfigured(
                "say which local model",
                why=f"stated are: {known}",
                next_step="name one as diffusers:NAME",
            )
        return read_statement(self._place(), self._name)

    @property
    def _weights(self) -> Path:
        return self._place() / self._statement.folder

    @property
    def _pipeline(self) -> Pipeline:
        return pipeline_of(self._weights)

    def _seal(self) -> str:
        return digest_of(f"{fingerprint_of(self._weights)} {self._statement.weights}".encode())

    def _prove(self, stage: Stage) -> None:
        """Read the weights once, and again whenever a file of them changed."""
        seal = self._seal()
        if stage.cached(seal) is not None:
            return
        found = None
        for done, total, digest in weights_digest(self._weights):
            stage.progress(done // 1_000_000, max(1, total // 1_000_000), "reading the weights")
            found = digest
        if found != self._statement.weights:
            raise Damaged(
                f"the weights of {self._statement.title} are not those that were stated",
                where=str(self._weights),
                why=f"stated: {self._statement.weights}; there: {found}",
                next_step="find out who changed them; a new version needs a new statement",
            )
        note = stage.workspace / "weights"
        note.write_text(found or "", "utf-8")
        stage.keep(seal, note)


def _split(raster: str) -> tuple[str, str]:
    width, _, height = raster.partition("x")
    return width, height
