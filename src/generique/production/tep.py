"""The film's generated pictures as a Technical Evidence Package, version 1.9.0.

The format (LucidGrid Technologies, CC BY 4.0) records what people did around generated files. What
it asks for and the record does not hold is left out, and nothing is made up to fill a field:

* Only pictures are listed. The format demands a perceptual hash of a picture of every asset, which
  sound does not have.
* Its registry of tools is not at hand. Slugs are our names, and the paradigm, drawn from the
  licence alone, always bears the format's lowest confidence.
* Its score has no published formula: here it is the share of listed assets on whose exact bytes a
  person decided.
* Identifiers have the shape of random UUIDs, as it demands; they follow from digests instead, so
  that the same film gives the same package.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from generique.model.lineage import ElementUse, Lineage
from generique.model.values import Value, digest_of

if TYPE_CHECKING:
    from generique.production.ports import Frame

VERSION = "1.9.0"
FOLDER = "tep"
_OPEN = re.compile(r"(Apache-2\.0|MIT|BSD-[23]-Clause|ISC|MPL-2\.0|[AL]?GPL-[23].*)")
_SIDE, _KEPT = 32, 8


class TepFrame(Value):
    """Facts of a take that the lineage does not hold.

    Attributes:
        made: When the take was made, RFC 3339 in UTC.
        phash: Perceptual hash of its middle frame, 16 hex digits.
    """

    made: str
    phash: str


class TepAbout(Value):
    """Facts of the whole package.

    Attributes:
        begun: Time of the first ledger entry.
        until: Time of the last.
        creator: Name of who answers for the production.
        role: Role of that person.
        system: Program and version.
    """

    begun: str
    until: str
    creator: str
    role: str
    system: str


def perceptual_hash(frame: Frame) -> str:
    """64-bit perceptual hash by discrete cosine transform, 16 hex digits.

    The picture, grey and 32 x 32, is transformed; each of the 8 x 8 lowest coefficients gives a
    bit, set where it is above their median without the first (C. Zauner, *Implementation and
    Benchmarking of Perceptual Image Hash Functions*, 2010, section 3.2).

    Args:
        frame: Height x width x 3, RGB, 0 to 255.
    """
    grey = cv2.cvtColor(np.asarray(frame, np.uint8), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = np.asarray(cv2.dct(small))[:_KEPT, :_KEPT].ravel()
    bits = low > np.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def listed(lineage: Lineage) -> tuple[ElementUse, ...]:
    """The elements that the format can hold: generated pictures, each take once."""
    pictures = [use for use in lineage.elements if use.track == "V1" and use.passport and use.take]
    return tuple({use.take: use for use in pictures}.values())


def tep_files(
    lineage: Lineage, frames: Mapping[str, TepFrame], about: TepAbout
) -> dict[str, bytes]:
    """The package's files by path, its manifest among them.

    Args:
        lineage: Of the film as it was sealed last.
        frames: Further facts of each take, by its identifier; a take without is left out.
        about: Facts of the whole.
    """
    uses = [use for use in listed(lineage) if use.take in frames]
    files: dict[str, bytes] = {}
    assets: list[dict[str, Any]] = []
    records = []
    for use in uses:
        record = _metadata(use, frames[use.take or ""])
        path = f"assets/{record['asset_id']}/metadata.json"
        files[path] = _document(record)
        records.append(record)
        assets.append(
            {
                "asset_id": record["asset_id"],
                "asset_type": "video",
                "files": [{"path": path, "sha256": digest_of(files[path])[7:]}],
            }
        )
    manifest = {
        "schema_version": VERSION,
        "package_id": _identifier(f"package {lineage.production} {about.until}"),
        "created_at": about.until,
        "creator": {"name": about.creator, "role": about.role, "system": about.system},
        "project": {
            "id": _identifier(f"project {lineage.production} {about.begun}"),
            "name": lineage.title,
            "created_at": about.begun,
        },
        "assets": assets,
        **_counts(records),
        "contents": [
            {"path": path, "sha256": digest_of(data)[7:]} for path, data in sorted(files.items())
        ],
    }
    if not files:
        return {}  # the format has no package without contents
    files["MANIFEST.json"] = _document(manifest)
    return {f"{FOLDER}/{path}": data for path, data in files.items()}


def _metadata(use: ElementUse, known: TepFrame) -> dict[str, Any]:
    passport = use.passport
    if passport is None:
        raise TypeError("authentic media are not listed")
    actions = list(_actions(use))
    return {
        "schema_version": VERSION,
        "asset_id": _identifier(f"take {use.take} {use.essence}"),
        "asset_type": "video",
        "ai_tool": passport.title,
        "tool_slug": re.sub(r"[^a-z0-9_]", "_", passport.name.lower()),
        "tool_version": passport.version,
        "paradigm_classification": "open_source"
        if _OPEN.fullmatch(passport.licence)
        else "proprietary",
        "paradigm_confidence": "low",
        "lifecycle_stage_number": 1,
        "modification_level": "generated",
        "capture_method": "api_capture",
        "input_description": use.prompt or "",
        "output_description": f"{use.title}; take {use.take}, file {use.file}, essence "
        f"{use.essence}; class {use.element_class.value}; source type {use.source_type.value}; "
        f"training data: {passport.training.statement}",
        "timestamp_captured": known.made,
        "phash": known.phash,
        "human_actions": actions,
        "hitl_tags": [action["tag"] for action in actions],
        "user_notes": None,
        "browser_metadata": {"url": "local" if passport.local else "", "user_agent": None},
    }


def _actions(use: ElementUse) -> Iterable[dict[str, str]]:
    """What people did, as far as the ledger shows it."""
    if use.notes:
        yield _action("prompt_iteration", "; ".join(use.notes))
    for said in use.decisions:
        decision = said.decision
        if decision.verdict in {"approved", "rejected"}:
            yield _action(
                "output_curation",
                f"{decision.verdict} by {decision.person} ({decision.role}), ledger entry "
                f"{said.entry}",
            )
            return


def _action(tag: str, value: str) -> dict[str, str]:
    return {"tag": tag, "evidence_type": "machine_corroborated", "captured_value": value}


def _counts(records: list[dict[str, Any]]) -> dict[str, Any]:
    """The format's summaries."""
    decided = sum("output_curation" in record["hitl_tags"] for record in records)
    score = decided / len(records) if records else 0.0
    paradigms = [record["paradigm_classification"] for record in records]
    return {
        "evidence_completeness_score": {
            "status": "green" if score == 1 else "amber" if score else "red",
            "score": round(score, 4),
            "denominator": len(records),
        },
        "hitl_summary": {
            "observed_truth_count": sum(len(record["human_actions"]) for record in records),
            "contextual_truth_count": 0,
            "declared_truth_count": 0,
            "zero_evidence_asset_count": sum(not record["human_actions"] for record in records),
        },
        "paradigm_breakdown": {
            "proprietary_count": paradigms.count("proprietary"),
            "open_weights_count": 0,
            "open_source_count": paradigms.count("open_source"),
        },
    }


def _identifier(name: str) -> str:
    """A UUID of the random shape that follows from a name."""
    return str(uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4))


def _document(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
