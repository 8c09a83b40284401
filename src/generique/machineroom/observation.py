"""Has a delivered file read by a program of its own, and takes down what it says.

A file of strangers is read by three large libraries. None of them may take this program down with
it, nor keep it waiting, nor see its keys: the reader runs apart, with a time of its own, and with
none of our settings. What it could not read is written down as that.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from generique.machineroom.files import digest_of_file
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.model.delivered import Observed, ObservedCredential, ObservedMark
from generique.model.errors import UnreadableInput

PROGRAM = "generique.machineroom.observing"
WAIT_SECONDS = 600.0
"""The longest that a file is read; the reader stops itself long before where it is left to work."""
_LONGEST_ANSWER = 200_000
_HANDED_ON = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")
"""Settings of this machine that the reader needs; keys are not among them."""
_MARKS: tuple[tuple[Literal["picture", "sound"], str], ...] = (
    ("picture", PICTURE_MARK),
    ("sound", SOUND_MARK),
)


def observe(path: Path, *, program: str = PROGRAM, wait: float = WAIT_SECONDS) -> Observed:
    """What a file says of itself: its credential, and our marks in it. Never fails for what it is.

    Args:
        path: The file.
        program: Module that reads it.
        wait: Seconds after which it is not waited for any longer.
    """
    lines, ended = _run(path.resolve(), program, wait)
    credential: ObservedCredential | None = None
    marks: dict[str, ObservedMark] = {}
    for kind, text in lines:
        try:
            if kind == "credential":
                credential = ObservedCredential.read(text, where=PROGRAM)
            elif kind == "mark":
                mark = ObservedMark.read(text, where=PROGRAM)
                marks[mark.carrier] = mark
        except UnreadableInput:
            continue  # cut off in the middle: as if it had not been said
    return Observed(
        file=digest_of_file(path),
        size=path.stat().st_size,
        credential=credential
        or ObservedCredential(state="unreadable", reader="c2pa-python", why=ended),
        marks=tuple(
            marks.get(carrier)
            or ObservedMark(carrier=carrier, state="unreadable", reader=reader, why=ended)
            for carrier, reader in _MARKS
        ),
    )


def _run(path: Path, program: str, wait: float) -> tuple[Iterator[tuple[str, str]], str]:
    """The reader's lines by kind, and how it ended, for what it did not say."""
    settings = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    command = [sys.executable, "-P", "-m", program, str(path)]
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wait,
            env=settings,
        )
        out, ended = done.stdout, _ended(done.returncode)
    except subprocess.TimeoutExpired as error:
        out, ended = error.stdout or b"", f"its reader was stopped after {wait:g} s"
    text = out[:_LONGEST_ANSWER].decode("utf-8", "replace")
    parts = (line.partition(" ") for line in text.splitlines())
    return ((kind, said) for kind, _, said in parts), ended


def _ended(code: int) -> str:
    if -code in {signal.SIGXCPU, signal.SIGKILL}:
        return "its reader used up the time or memory that it may use"
    if code < 0:
        return f"its reader was ended by signal {-code} ({signal.Signals(-code).name})"
    return f"its reader ended with code {code}"
