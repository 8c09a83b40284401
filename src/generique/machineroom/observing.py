"""Reads what a delivered file says of itself, in a program apart: no file can harm ours.

It is started by :mod:`generique.machineroom.observation` with the path of a file, under limits,
and writes one line of JSON for each reading as soon as it is made. What a hostile file breaks is
this program alone, and the readings made before stay.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.error import FFmpegError

from generique.machineroom.credential_files import kind_of
from generique.machineroom.credential_reading import read_credential
from generique.machineroom.essence import essence_of
from generique.machineroom.mark_reader import gather_marks
from generique.marks.credential.judge import judge
from generique.marks.credential.report import CredentialTree, Manifest
from generique.marks.credential.statements import stated_essence
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.marks.sound_mark.detect import detect
from generique.marks.watermark import MarkSum, read_mark
from generique.model.delivered import ObservedCredential, ObservedMark
from generique.model.errors import GeneriqueError
from generique.model.values import Value

if TYPE_CHECKING:
    from generique.production.ports import Samples

MEMORY_BYTES = 6 * 2**30
CPU_SECONDS = 180
"""Limits of one file's reading. A usual clip takes a tenth of each."""
SECONDS_READ = 60
"""Of picture and sound: marks repeat, so that a minute says as much as an hour."""
_RATE = 48_000
_LONGEST = 300
_MOST_CODES = 20


def credential_reader() -> str:
    """Name and version of what reads credentials."""
    return f"c2pa-python {version('c2pa-python')}"


def observed_credential(path: Path) -> ObservedCredential:
    """What the credential of a file says, judged with nobody trusted."""
    reader = credential_reader()
    try:
        kind = kind_of(path)
        if kind is None:
            why = "it is not MP4, MOV, WAV, FLAC, PNG or JPEG, the kinds that this reader knows"
            return ObservedCredential(state="unreadable", reader=reader, why=why)
        tree = read_credential(path, kind, None, None)
        if tree is None or tree.manifest is None:
            return ObservedCredential(state="none", reader=reader)
        return _judged(tree, path, reader)
    except GeneriqueError as error:
        return ObservedCredential(state="unreadable", reader=reader, why=_clean(_said(error)))


def _judged(tree: CredentialTree, path: Path, reader: str) -> ObservedCredential:
    content = tree.content or tree.manifest
    ours = content is not None and stated_essence(content) is not None
    found = judge(tree, essence_of(path) if ours else None)
    codes = dict.fromkeys(finding.code for finding in found.findings)
    return ObservedCredential(
        state="found",
        reader=reader,
        verdict=found.verdict.value,
        findings=tuple(islice(codes, _MOST_CODES)),
        signer=_clean(found.signer),
        program=_clean(_program(tree.manifest)),
        source_type=_clean(_source_type(content)),
    )


def _program(manifest: Manifest | None) -> str:
    listed = manifest.generators if manifest else None
    first = listed[0] if isinstance(listed, list) and listed else listed
    if not isinstance(first, dict):
        return ""
    return " ".join(str(first[key]) for key in ("name", "version") if first.get(key))


def _source_type(manifest: Manifest | None) -> str:
    """Of the first act that names one."""
    acts = manifest.actions() if manifest else ()
    stated = (act.get("digitalSourceType") for act in acts)
    return next((one for one in stated if isinstance(one, str)), "")


def observed_picture_mark(path: Path) -> ObservedMark:
    """Our own mark in the picture, read blind."""
    gathered = [each.gathered for each in islice(gather_marks(path), SECONDS_READ)]
    reading = read_mark(MarkSum.of(gathered))
    return ObservedMark(
        carrier="picture",
        state="found" if reading.mark_id else "none",
        reader=PICTURE_MARK,
        mark=reading.mark_id,
        wrong_bound=reading.wrong_id_bound if reading.mark_id else None,
        why=reading.why,
    )


def observed_sound_mark(path: Path) -> ObservedMark:
    """Our own mark in the sound, read blind."""
    heard = detect(_sound(path), _RATE)
    named = next((each for each in heard.windows if each.pointer is not None), None)
    return ObservedMark(
        carrier="sound",
        state="found" if named else "none",
        reader=SOUND_MARK,
        mark=f"{named.pointer:09x}" if named else None,
        wrong_bound=named.wrong_id_bound if named else None,
        why="" if named else "no mark agrees clearly enough with any excerpt; nothing is said",
    )


def _sound(path: Path) -> Samples:
    """The first minute, 48 kHz and stereo."""
    resampler = AudioResampler(format="fltp", layout="stereo", rate=_RATE)
    blocks: list[Any] = []
    length = 0
    with av.open(str(path)) as container:
        for frame in container.decode(container.streams.audio[0]):
            for out in resampler.resample(frame):
                blocks.append(np.asarray(out.to_ndarray(), np.float32))
                length += blocks[-1].shape[1]
            if length >= SECONDS_READ * _RATE:
                break
        else:
            blocks += [np.asarray(o.to_ndarray(), np.float32) for o in resampler.resample(None)]
    if not blocks:
        raise ValueError("it holds no sound")
    return np.ascontiguousarray(np.concatenate(blocks, axis=1).T[: SECONDS_READ * _RATE])


def observed_marks(path: Path) -> Iterator[ObservedMark]:
    """Our own marks, one answer for the picture and one for the sound."""
    readers: tuple[tuple[str, str, Callable[[Path], ObservedMark]], ...] = (
        ("picture", PICTURE_MARK, observed_picture_mark),
        ("sound", SOUND_MARK, observed_sound_mark),
    )
    for carrier, reader, read in readers:
        said = {"carrier": carrier, "reader": reader}
        try:
            yield read(path) if _holds(path, carrier) else _mark(said, "absent", "")
        except (GeneriqueError, FFmpegError, ValueError, IndexError) as error:
            why = _said(error) if isinstance(error, GeneriqueError) else str(error)
            yield _mark(said, "unreadable", _clean(why))


def _mark(said: dict[str, str], state: str, why: str) -> ObservedMark:
    return ObservedMark.read({**said, "state": state, "why": why}, where=said["reader"])


def _holds(path: Path, carrier: str) -> bool:
    with av.open(str(path)) as container:
        streams = container.streams
        return bool(streams.video if carrier == "picture" else streams.audio)


def _said(error: GeneriqueError) -> str:
    return error.why or error.what


def _clean(text: str) -> str:
    """Text of a stranger, short and fit for a terminal."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text[:_LONGEST])


def _tell(kind: str, value: Value) -> None:
    sys.stdout.write(f"{kind} {value.model_dump_json()}\n")
    sys.stdout.flush()


def main(path: Path) -> None:
    """Read a file and tell what it says of itself, under the limits of this program."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _tell("credential", observed_credential(path))
    for mark in observed_marks(path):
        _tell("mark", mark)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
