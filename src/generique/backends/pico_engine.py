"""The speech engine as a program of its own: a JSON request on stdin, 16-bit mono on stdout.

The engine leaves part of its memory as it finds it, so the noise in a second utterance depends
on what the process did before. One fresh process for each line makes a line repeatable, and a
fault in the native code ends a line instead of the production. Run by
:mod:`generique.backends.pico`; imports nothing of this package, so that it starts quickly.
"""

from __future__ import annotations

import json
import sys

import py_nanotts

_HEADROOM = 0.5


def main() -> None:
    """Speak one request and write its samples, 16 kHz."""
    request = json.load(sys.stdin)
    engine = py_nanotts.NanoTTS()
    voice = engine.speak(
        request["text"],
        voice=request["voice"],
        speed=request["speed"],
        pitch=request["pitch"],
        # At full volume loud vowels reach past 16 bits and are cut flat.
        volume=_HEADROOM,
    )
    sys.stdout.buffer.write(voice)


if __name__ == "__main__":
    main()
