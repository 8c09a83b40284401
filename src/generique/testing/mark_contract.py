"""The law of a picture mark plug-in as a suite of tests.

Derive a class whose name starts with ``Test`` and give it a plug-in and a shot; pytest runs the
whole law on it::

    class TestMyMark(PictureMarkContract):
        def plugin(self) -> PictureMarkPlugin:
            return MyMark()

        def shot(self) -> tuple[Frame, ...]:
            return my_frames
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from generique.model.errors import UsageError
from generique.production.mark_ports import PictureMarkPlugin
from generique.testing.backend_contract import expect, expect_error

if TYPE_CHECKING:
    from generique.production.ports import Frame

_LEAST_PSNR = 36.0


class PictureMarkContract(ABC):
    """The suite; see the module's text."""

    @abstractmethod
    def plugin(self) -> PictureMarkPlugin:
        """A new plug-in, made without arguments."""

    @abstractmethod
    def shot(self) -> tuple[Frame, ...]:
        """Frames of an unmarked shot that it can mark."""

    def payload(self) -> int:
        """A payload with both kinds of bits."""
        return 0xA5A5_5A5A_C3C3_3C3C % (1 << self.plugin().payload_bits)

    def test_says_what_it_is(self) -> None:
        """Name, algorithm and payload are stated."""
        plugin = self.plugin()
        expect(isinstance(plugin, PictureMarkPlugin), "it must fulfil the protocol")
        expect(plugin.name and plugin.name == plugin.name.strip(), "it must have a name")
        expect("." in plugin.algorithm, "its algorithm must be a name of the soft-binding list")
        expect(plugin.payload_bits >= 1, "it must carry at least one bit")

    def test_marks_and_finds(self) -> None:
        """What was embedded is read back from the marked frames."""
        plugin, payload = self.plugin(), self.payload()
        reading = plugin.detect(plugin.embed(self.shot(), payload))
        expect(reading.payload == payload, "the payload must be read back")
        expect(reading.lines, "the report must say something to a person")

    def test_never_guesses(self) -> None:
        """Unmarked frames carry nothing."""
        reading = self.plugin().detect(self.shot())
        expect(reading.payload is None, "unmarked frames must give no payload")

    def test_returns_frames_of_the_same_form(self) -> None:
        """Number, shape and type stay; the source frames are not touched; little changes."""
        shot = self.shot()
        before = [frame.copy() for frame in shot]
        marked = list(self.plugin().embed(shot, self.payload()))
        expect(len(marked) == len(shot), "every frame must come back once")
        for source, kept, frame in zip(shot, before, marked, strict=True):
            expect(np.array_equal(source, kept), "source frames must not be changed")
            same = frame.shape == source.shape and frame.dtype == source.dtype
            expect(same, "a marked frame must have the form of its source")
            error = float(np.mean((frame.astype(np.float64) - source) ** 2))
            limit = 255**2 / 10 ** (_LEAST_PSNR / 10)
            expect(error <= limit, f"a marked frame must stay above {_LEAST_PSNR} dB")

    def test_repeats_itself(self) -> None:
        """The same frames and payload give the same marked frames."""
        first = list(self.plugin().embed(self.shot(), self.payload()))
        second = list(self.plugin().embed(self.shot(), self.payload()))
        same = all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
        expect(same, "marking must be repeatable")

    def test_refuses_a_payload_that_does_not_fit(self) -> None:
        """A payload of too many bits is refused."""
        plugin = self.plugin()
        with expect_error(UsageError, "a payload that does not fit must be refused"):
            list(plugin.embed(self.shot(), 1 << plugin.payload_bits))
