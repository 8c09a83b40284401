"""Hearing: what the sound of a file says of where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generique.marks.identification.sighting import Evidence, EvidenceKind
from generique.marks.landmarks.archive import LandmarkArchive
from generique.marks.landmarks.match import match
from generique.marks.landmarks.stored import decode_landmarks
from generique.marks.sound_mark.detect import detect
from generique.marks.works import Work
from generique.model.values import Digest
from generique.production.archive_ports import Archive
from generique.production.sight_ports import SOUND_RATE, Ears


class Hearing:
    """Compares the sound of files with known works.

    Args:
        archive: The known works.
        ears: Listen to files.
    """

    def __init__(self, archive: Archive, ears: Ears) -> None:
        self._archive = archive
        self._ears = ears

    def hear(self, path: Path, works: Mapping[Digest, Work]) -> tuple[Evidence, ...]:
        """What the sound says: marks first, then stretches of known sound; empty for silence.

        Args:
            path: The file.
            works: The known works.
        """
        samples = self._ears.sound(path)
        if samples is None:
            return ()
        said = []
        marks = {int(work.sound_mark, 16): work for work in works.values() if work.sound_mark}
        report = detect(samples, SOUND_RATE, sorted(marks))
        for pointer in report.pointers:
            windows = [window for window in report.windows if window.pointer == pointer]
            work = marks.get(pointer)
            name = f"{work.title} ({work.language})" if work else "of no known work"
            said.append(
                Evidence(
                    kind=EvidenceKind.WATERMARK,
                    says=f"sound mark {pointer:09x}: {name}, in "
                    f"{len(windows)} of {len(report.windows)} excerpts, speed {windows[0].speed}",
                    wrong=max(window.wrong_id_bound for window in windows),
                )
            )
        known = []
        for identifier in works:
            data = self._archive.sound(identifier)
            if data is not None:
                known.append((identifier, decode_landmarks(data, where=identifier)))
        for run in match(samples, SOUND_RATE, LandmarkArchive.build(known)).runs:
            work = works[run.work]
            version = f" ({work.language})" if work.language else ""
            said.append(
                Evidence(
                    kind=EvidenceKind.FINGERPRINT,
                    says=f"sound from {run.start:.2f} to {run.end:.2f} s is {work.title}{version} "
                    f"from {run.offset:.2f} s, speed {run.speed}; {run.votes} landmarks agree",
                    wrong=run.false_alarm_bound,
                )
            )
        return tuple(said)
