"""The law of hosted backends on each of ours, where it is not beside the backend's own tests."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from provider_trial import priced, sound

from generique.backends.hosted.backend import CARDS
from generique.backends.hosted.elevenlabs import ElevenLabsBackend
from generique.backends.hosted.luma import LumaBackend
from generique.backends.hosted.omni import OmniBackend
from generique.backends.hosted.pika import PikaBackend
from generique.backends.hosted.runway import RunwayBackend
from generique.backends.hosted.runway_sound import RunwaySoundBackend
from generique.backends.hosted.sora import SoraBackend
from generique.backends.hosted.veo import VeoBackend
from generique.backends.hosted.watch import Clock
from generique.model.element import ElementKind, Raster
from generique.model.reference import Reference
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.ports import Backend, Request
from generique.testing.hosted import shot
from generique.testing.hosted_contract import HostedContract
from generique.testing.providers.elevenlabs import VOICES, SimulatedElevenLabs
from generique.testing.providers.faults import Fault, Faults
from generique.testing.providers.luma import SimulatedLuma
from generique.testing.providers.omni import SimulatedOmni
from generique.testing.providers.pika import SimulatedPika
from generique.testing.providers.results import tone
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.providers.runway_sound import SimulatedRunwaySound
from generique.testing.providers.simulator import Simulator
from generique.testing.providers.sora import SimulatedSora
from generique.testing.providers.veo import SimulatedVeo

HURRY = Clock(scale=0.002)
BALLOON = Raster(width=100, height=100)
"""Of a shape that no provider makes."""
PAL = Rate(numerator=25)


def but(request: Request, *changes: dict[str, object]) -> tuple[Request, ...]:
    """The same request, each time with something else."""
    return tuple(request.model_copy(update=each) for each in changes)


class QuickRunway(RunwayBackend):
    """Runway's, in a hurry."""

    clock = HURRY


class TestRunway(HostedContract):
    def backend(self) -> Backend:
        return QuickRunway()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedRunway(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"RUNWAYML_API_SECRET": self.secret, "RUNWAYML_BASE_URL": base}

    def request(self) -> Request:
        return shot()

    def cannot(self) -> tuple[Request, ...]:
        return but(
            self.request(),
            {"rate": PAL},
            {"frames": 24 * 11},
            {"raster": BALLOON},
            {"prompt": "x" * 1001},
            {"kind": ElementKind.VOICE},
        )


class QuickLuma(LumaBackend):
    """Luma's, in a hurry."""

    clock = HURRY


class TestLuma(HostedContract):
    fates = (Fault.BROKEN,)

    def backend(self) -> Backend:
        return QuickLuma()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedLuma(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"LUMA_AGENTS_API_KEY": self.secret, "LUMA_BASE_URL": f"{base}/v1"}

    def request(self) -> Request:
        return shot()

    def cannot(self) -> tuple[Request, ...]:
        return but(
            self.request(),
            {"rate": PAL},
            {"frames": 24 * 11},
            {"raster": BALLOON},
            {"frames": 24 * 10, "options": {"loop": "yes"}},
            {"kind": ElementKind.VOICE},
        )


class QuickVeo(VeoBackend):
    """Google's Veo, in a hurry."""

    clock = HURRY


class TestVeo(HostedContract):
    fetches = False

    def numbered(self, number: str) -> str:
        return number.rpartition("/")[2]  # of an operation of a model in a project

    def backend(self) -> Backend:
        return QuickVeo()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedVeo(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        place = {"GOOGLE_CLOUD_PROJECT": "harbour", "GOOGLE_CLOUD_LOCATION": "global"}
        return {"GOOGLE_ACCESS_TOKEN": self.secret, "GOOGLE_VERTEX_BASE_URL": base, **place}

    def request(self) -> Request:
        return shot()

    def cannot(self) -> tuple[Request, ...]:
        return but(
            self.request(),
            {"rate": PAL},
            {"frames": 24 * 9},
            {"raster": BALLOON},
            {"kind": ElementKind.VOICE},
        )


class TestVeoInABucket(TestVeo):
    fetches = True

    def settings(self, base: str) -> dict[str, str]:
        return {**super().settings(base), "STORAGE_EMULATOR_HOST": base}

    def request(self) -> Request:
        return shot(options={"bucket": "gs://takes-of-ours/day-1/"})


class QuickOmni(OmniBackend):
    """Google's Omni, in a hurry."""

    clock = HURRY


class TestOmni(HostedContract):
    def backend(self) -> Backend:
        return QuickOmni()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedOmni(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"GEMINI_API_KEY": self.secret, "GOOGLE_GEMINI_BASE_URL": base}

    def request(self) -> Request:
        return shot()

    def cannot(self) -> tuple[Request, ...]:
        return but(
            self.request(),
            {"rate": PAL},
            {"frames": 24 * 16},
            {"raster": BALLOON},
            {"kind": ElementKind.VOICE},
        )


class QuickPika(PikaBackend):
    """Pika's at fal, in a hurry."""

    clock = HURRY


class TestPika(HostedContract):
    @pytest.fixture(autouse=True)
    def operator(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        """A card of the operator's, since Pika's own tells no price of what is made of words."""
        price = '{ amount = "0.04", currency = "USD", unit = "second" }'
        self.cards = priced("pika", tmp_path_factory.mktemp("operator") / "cards", price)

    def numbered(self, number: str) -> str:
        return number.rpartition("/")[2]  # the place in the queue comes before it

    def backend(self) -> Backend:
        return QuickPika(cards=self.cards)

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedPika(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"FAL_KEY": self.secret, "FAL_QUEUE_BASE_URL": base, CARDS: str(self.cards)}

    def request(self) -> Request:
        return shot()

    def cannot(self) -> tuple[Request, ...]:
        return but(
            self.request(),
            {"rate": PAL},
            {"frames": 24 * 11},
            {"raster": BALLOON},
            {"kind": ElementKind.VOICE},
        )


class QuickSora(SoraBackend):
    """A server of the shape of OpenAI's videos, in a hurry."""

    clock = HURRY


class TestSora(HostedContract):
    fates = (Fault.BROKEN,)

    def backend(self) -> Backend:
        return QuickSora()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedSora(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"OPENAI_API_KEY": self.secret, "OPENAI_BASE_URL": f"{base}/v1"}

    def request(self) -> Request:
        return shot(rate=30)

    def cannot(self) -> tuple[Request, ...]:
        return but(
            self.request(),
            {"rate": PAL},
            {"frames": 30 * 13},
            {"raster": BALLOON},
            {"kind": ElementKind.VOICE},
        )


class QuickRunwaySound(RunwaySoundBackend):
    """Runway's sound, in a hurry."""

    clock = HURRY


class TestRunwaySound(HostedContract):
    def backend(self) -> Backend:
        return QuickRunwaySound("eleven_text_to_sound_v2")

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedRunwaySound(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"RUNWAYML_API_SECRET": self.secret, "RUNWAYML_BASE_URL": base}

    def request(self) -> Request:
        return sound(ElementKind.EFFECT, "a foghorn", frames=30)

    def cannot(self) -> tuple[Request, ...]:
        return but(self.request(), {"frames": 24 * 31}, {"kind": ElementKind.SHOT})


class QuickElevenLabs(ElevenLabsBackend):
    """ElevenLabs', in a hurry."""

    clock = HURRY


class TestElevenLabs(HostedContract):
    fetches = False
    waits = False
    fates = ()  # what cannot be made is refused with the order

    def backend(self) -> Backend:
        return QuickElevenLabs()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        provider = SimulatedElevenLabs(faults, looks=looks)
        provider.work_seconds = 0.02 * looks
        return provider

    def settings(self, base: str) -> dict[str, str]:
        return {"ELEVENLABS_API_KEY": self.secret, "ELEVENLABS_BASE_URL": base}

    def request(self) -> Request:
        return sound(ElementKind.VOICE, "The harbour wakes.", options={"voice": VOICES[0]})

    def cannot(self) -> tuple[Request, ...]:
        return but(self.request(), {"options": {}}, {"kind": ElementKind.SHOT})


class TestElevenLabsDubs(HostedContract):
    """Unlike speech, a dub is waited for and fetched."""

    recording = tone(1.5)

    @pytest.fixture(autouse=True)
    def operator(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        """A card of the operator's, since ElevenLabs' own tells no price of dubs."""
        price = '{ amount = "0.04", currency = "USD", unit = "second" }'
        self.cards = priced("elevenlabs", tmp_path_factory.mktemp("operator") / "cards", price)

    def backend(self) -> Backend:
        return QuickElevenLabs("dubbing", self.cards)

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedElevenLabs(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"ELEVENLABS_API_KEY": self.secret, "ELEVENLABS_BASE_URL": base}

    def files(self) -> Sequence[bytes]:
        return (self.recording,)

    def request(self) -> Request:
        reference = Reference(role="sound", file=digest_of(self.recording), media_type="audio/wav")
        return sound(
            ElementKind.VOICE,
            "The harbour wakes.",
            frames=36,
            language="fr",
            references=(reference,),
            options={"translation": "provider"},
        )

    def cannot(self) -> tuple[Request, ...]:
        return but(
            self.request(),
            {"frames": 24 * 2701},
            {"references": ()},
            {"kind": ElementKind.SHOT},
        )
