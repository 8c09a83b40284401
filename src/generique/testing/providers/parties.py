"""Every provider that is simulated, with its backend: who takes part where all are tried at once.

A new provider joins by one entry in :data:`PARTIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from generique.backends.hosted.backend import CARDS, HostedBackend
from generique.backends.hosted.card import HOME
from generique.backends.hosted.comfyui import ComfyUIBackend
from generique.backends.hosted.elevenlabs import ElevenLabsBackend
from generique.backends.hosted.kling import KlingBackend
from generique.backends.hosted.luma import LumaBackend
from generique.backends.hosted.omni import OmniBackend
from generique.backends.hosted.pika import PikaBackend
from generique.backends.hosted.runway import RunwayBackend
from generique.backends.hosted.runway_sound import RunwaySoundBackend
from generique.backends.hosted.sora import SoraBackend
from generique.backends.hosted.veo import VeoBackend
from generique.backends.hosted.watch import Clock
from generique.model.element import ElementKind, Raster
from generique.model.reference import Reference, ReferenceRole
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.ports import Request
from generique.testing.providers.comfyui import SimulatedComfyUI, write_workflows
from generique.testing.providers.elevenlabs import VOICES, SimulatedElevenLabs
from generique.testing.providers.faults import Faults
from generique.testing.providers.kling import SimulatedKling
from generique.testing.providers.luma import SimulatedLuma
from generique.testing.providers.omni import SimulatedOmni
from generique.testing.providers.pika import SimulatedPika
from generique.testing.providers.results import tone
from generique.testing.providers.runway_sound import SimulatedRunwaySound
from generique.testing.providers.simulator import Simulator
from generique.testing.providers.sora import SimulatedSora
from generique.testing.providers.veo import SimulatedVeo
from generique.testing.stage import FolderStage

KEY = "sk-party-7c2e5d90b1f4"
"""Stands for every key, so that it is found wherever it was left."""
HURRY = 0.002
"""By how much pauses are shortened."""
_EFFECTS, _DUBBING = "eleven_text_to_sound_v2", "dubbing"


@dataclass(frozen=True)
class Party:
    """A backend, and the provider that is simulated for it.

    Attributes:
        kind: Of backend; :meth:`backend` makes one in a hurry, not yet configured.
        simulator: Makes the simulator, with faults.
        settings: Settings that lead to a simulator at an address; files that they need are laid
            into the folder.
        model: As its card names it; empty for the usual one.
        provider: Name of another party whose simulator serves this one too; empty for its own.
        asks: What a request says other than that of a short picture.
        follows: Role, bytes and media type of a file that each order follows.
    """

    name: str
    kind: type[HostedBackend]
    simulator: Callable[[Faults], Simulator]
    settings: Callable[[str, Path], dict[str, str]]
    model: str = ""
    provider: str = ""
    asks: Mapping[str, object] = field(default_factory=dict)
    follows: Callable[[], tuple[ReferenceRole, bytes, str]] | None = None

    @property
    def house(self) -> str:
        """Name of the party whose simulator serves this one."""
        return self.provider or self.name

    def backend(self, clock: Clock | None = None) -> HostedBackend:
        """A new backend in a hurry, or by a clock; not yet configured."""
        hurry = {"clock": clock or Clock(scale=HURRY)}
        made: HostedBackend = type(self.kind.__name__, (self.kind,), hurry)(self.model or None)
        return made

    def request(self, seed: int, prompt: str = "a harbour at dawn") -> Request:
        """A short request that it serves."""
        picture: dict[str, object] = {
            "kind": ElementKind.SHOT,
            "rate": Rate(numerator=24),
            "frames": 6,
            "raster": Raster(width=64, height=36),
        }
        words = {"prompt": f"{prompt}, number {seed}", "seed": seed}
        made = Request(**{**picture, **self.asks, **words})  # type: ignore[arg-type]
        if self.follows is None:
            return made
        role, data, media_type = self.follows()
        reference = Reference(role=role, file=digest_of(data), media_type=media_type)
        return made.model_copy(update={"references": (reference,)})

    def lay_down(self, stage: FolderStage) -> None:
        """Lay down the file that orders follow, where there is one."""
        if self.follows is not None:
            stage.lay_down(self.follows()[1])


def _keyed(key: str, address: str, path: str = "") -> Callable[[str, Path], dict[str, str]]:
    """Settings of a provider with one key, whose address may have a path."""
    return lambda base, _: {key: KEY, address: base + path}


def _veo(base: str, _: Path) -> dict[str, str]:
    place = {"GOOGLE_CLOUD_PROJECT": "harbour", "GOOGLE_CLOUD_LOCATION": "global"}
    return {"GOOGLE_ACCESS_TOKEN": KEY, "GOOGLE_VERTEX_BASE_URL": base, **place}


def _priced(folder: Path, card: str, model: str) -> dict[str, str]:
    """Settings with an operator's own card, for a model that has no price on the program's."""
    cards = folder / "cards"
    cards.mkdir(parents=True, exist_ok=True)
    ours = (resources.files(HOME) / "cards" / f"{card}.toml").read_text("utf-8")
    head = f"[models.{model}]\n"
    price = 'price = { amount = "0.04", currency = "USD", unit = "second" }\n'
    (cards / f"{card}.toml").write_text(ours.replace(head, head + price), "utf-8")
    return {CARDS: str(cards)}


def _pika(base: str, folder: Path) -> dict[str, str]:
    priced = _priced(folder, "pika", '"v2.2"')
    return {"FAL_KEY": KEY, "FAL_QUEUE_BASE_URL": base, **priced}


def _elevenlabs(base: str, folder: Path) -> dict[str, str]:
    priced = _priced(folder, "elevenlabs", _DUBBING)
    return {"ELEVENLABS_API_KEY": KEY, "ELEVENLABS_BASE_URL": base, **priced}


def _comfyui(base: str, folder: Path) -> dict[str, str]:
    workflows = write_workflows(folder / "workflows")
    return {"COMFYUI_BASE_URL": base, "GENERIQUE_WORKFLOWS": str(workflows)}


def _kling(faults: Faults) -> SimulatedKling:
    made = SimulatedKling(faults)
    made.key = KEY
    return made


_RUNWAY = _keyed("RUNWAYML_API_SECRET", "RUNWAYML_BASE_URL")
_EFFECT = {"kind": ElementKind.EFFECT, "raster": None, "frames": 30}
_LINE = {"kind": ElementKind.VOICE, "raster": None, "frames": None, "options": {"voice": VOICES[0]}}
_DUB = {**_LINE, "frames": 36, "language": "fr", "options": {"translation": "provider"}}

PARTIES: tuple[Party, ...] = (
    Party("runway", RunwayBackend, SimulatedRunwaySound, _RUNWAY),
    Party("comfyui", ComfyUIBackend, SimulatedComfyUI, _comfyui, "film"),
    Party(
        "comfyui-frame",
        ComfyUIBackend,
        SimulatedComfyUI,
        _comfyui,
        "frame",
        "comfyui",
        follows=lambda: ("first-frame", b"a picture", "image/png"),
    ),
    Party(
        "luma", LumaBackend, SimulatedLuma, _keyed("LUMA_AGENTS_API_KEY", "LUMA_BASE_URL", "/v1")
    ),
    Party("kling", KlingBackend, _kling, _keyed("KLING_API_KEY", "KLING_BASE_URL")),
    Party("pika", PikaBackend, SimulatedPika, _pika),
    Party("veo", VeoBackend, SimulatedVeo, _veo),
    Party("omni", OmniBackend, SimulatedOmni, _keyed("GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL")),
    Party(
        "sora",
        SoraBackend,
        SimulatedSora,
        _keyed("OPENAI_API_KEY", "OPENAI_BASE_URL", "/v1"),
        asks={"rate": Rate(numerator=30)},
    ),
    Party("elevenlabs", ElevenLabsBackend, SimulatedElevenLabs, _elevenlabs, asks=_LINE),
    Party(
        "elevenlabs-effects",
        ElevenLabsBackend,
        SimulatedElevenLabs,
        _elevenlabs,
        _EFFECTS,
        "elevenlabs",
        _EFFECT,
    ),
    Party(
        "elevenlabs-dubbing",
        ElevenLabsBackend,
        SimulatedElevenLabs,
        _elevenlabs,
        _DUBBING,
        "elevenlabs",
        _DUB,
        lambda: ("sound", tone(1.5), "audio/wav"),
    ),
    Party(
        "runway-sound",
        RunwaySoundBackend,
        SimulatedRunwaySound,
        _RUNWAY,
        _EFFECTS,
        "runway",
        _EFFECT,
    ),
)
"""All of them."""
