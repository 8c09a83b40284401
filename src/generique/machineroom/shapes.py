"""Checks the shape of ODRL documents with SHACL; the one module that owns pyshacl and rdflib.

They take a while to load; only commands that write or read such documents load this module.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pyshacl
import rdflib

from generique.clearance.odrl import CONTEXT
from generique.model.errors import UnreadableInput

PROFILE_FILE = "profile.ttl"
SHAPES_FILE = "shapes.ttl"


def package_text(name: str) -> str:
    """A file of the profile, as it comes with the package."""
    return (files("generique.machineroom") / "odrl" / name).read_text("utf-8")


def check_shape(document: Mapping[str, Any], *, where: str) -> None:
    """Check an agreement against the shapes of the profile.

    Args:
        document: JSON-LD that bears our own context, and so makes nobody fetch one.
        where: The file, for the error.

    Raises:
        UnreadableInput: It bears another context, or does not have the shape.
    """
    if document.get("@context") != CONTEXT:
        raise UnreadableInput(
            "the document bears another context than ours",
            where=where,
            why="a context is never fetched",
            next_step="write the document anew with: generique contract odrl",
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own parser uses its own past
        graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    shapes = rdflib.Graph().parse(data=package_text(SHAPES_FILE), format="turtle")
    conforms, report, _ = pyshacl.validate(
        graph, shacl_graph=shapes, inference="none", do_owl_imports=False
    )
    if not conforms:
        raise UnreadableInput(
            "the document does not have the shape of the profile",
            where=where,
            why="; ".join(_messages(report)[:5]),
            next_step="write the document anew with: generique contract odrl",
        )


def _messages(report: Any) -> list[str]:
    """What the report finds, in a fixed order."""
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return sorted(str(text) for text in report.objects(None, shacl.resultMessage))
