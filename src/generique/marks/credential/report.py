"""The credential of a file as frozen values: manifests, ingredients and validation codes.

This is the raw report of the credential library, taken apart. What it means is decided in
:mod:`generique.marks.verdict`.
"""

from __future__ import annotations

import json
from typing import Any, Self

from pydantic import ConfigDict, Field, ValidationError

from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Excerpt, Value

_LONGEST_REPORT = 64_000_000


class _Report(Excerpt):
    """Part of the library's report; what it adds in later releases is passed over."""

    model_config = ConfigDict(populate_by_name=True)


class Status(_Report):
    """One validation code and what it is about."""

    code: str
    url: str = ""
    explanation: str = ""


class StatusCodes(_Report):
    """Validation codes by kind."""

    success: tuple[Status, ...] = ()
    informational: tuple[Status, ...] = ()
    failure: tuple[Status, ...] = ()


class Delta(_Report):
    """What changed about an ingredient's validation since it was recorded."""

    ingredient: str = Field(alias="ingredientAssertionURI")
    codes: StatusCodes = Field(alias="validationDeltas")


class Validation(_Report):
    """Validation results of a manifest, or those recorded with an ingredient."""

    active: StatusCodes | None = Field(default=None, alias="activeManifest")
    deltas: tuple[Delta, ...] = Field(default=(), alias="ingredientDeltas")


class Reference(_Report):
    """Where data that belong to a manifest lie in the credential."""

    identifier: str = ""


class DataType(_Report):
    """A type of the C2PA list of asset types."""

    type: str = ""


class Ingredient(_Report):
    """A file that another was made of.

    Attributes:
        data: What is embedded of it; None when nothing is.
        manifest: Label of its manifest, None when it had none.
        recorded: How it validated when it was taken in, on the word of who took it in.
        label: Label of the ingredient's assertion.
    """

    title: str = ""
    relationship: str = ""
    manifest: str | None = Field(default=None, alias="active_manifest")
    recorded: Validation | None = Field(default=None, alias="validation_results")
    label: str = ""
    data: Reference | None = None
    data_types: tuple[DataType, ...] = ()


class Assertion(_Report):
    """One assertion; ``data`` is whatever the claimant wrote.

    Attributes:
        created: True when the signer vouches for it as its own; false for what was only gathered.
    """

    label: str
    data: Any = None
    created: bool = False

    @property
    def kind(self) -> str:
        """Its label without the number that tells several of one kind apart."""
        return self.label.partition("__")[0]


class Signature(_Report):
    """Who signed, as the certificate says, and when, as a time stamp says."""

    issuer: str = ""
    common_name: str = ""
    time: str = ""


class Binding(Value):
    """A hash over the content of a file.

    Attributes:
        label: Of its assertion.
        left_out: What it is not over: paths of boxes, or ``bytes`` for a stretch.
    """

    label: str
    left_out: tuple[str, ...] = ()


class Manifest(_Report):
    """One manifest of the tree.

    Attributes:
        generators: What it says of the program that made the claim, as it stands there.
        update: True when it is of the kind that only adds to another.
        bindings: Its hashes over content.
    """

    title: str = ""
    ingredients: tuple[Ingredient, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    signature: Signature | None = Field(default=None, alias="signature_info")
    generators: Any = Field(default=None, alias="claim_generator_info")
    update: bool = False
    bindings: tuple[Binding, ...] = ()

    @property
    def whole_file(self) -> bool:
        """True when its hash leaves out no byte of the file."""
        return len(self.bindings) == 1 and self.bindings[0] == Binding(label="c2pa.hash.data")

    @property
    def padding_left_out(self) -> bool:
        """True when its hash leaves out boxes that hold nothing but padding, or should."""
        return any({"/free", "/skip"}.intersection(item.left_out) for item in self.bindings)

    @property
    def specification(self) -> str:
        """Version of the specification that it says it was written by; empty if it says none."""
        listed = self.generators if isinstance(self.generators, list) else [self.generators]
        said = next((one.get("specVersion") for one in listed if isinstance(one, dict)), None)
        return said if isinstance(said, str) else ""

    @property
    def parent(self) -> str | None:
        """Label of the manifest that this one only adds to; None where it binds content itself.

        An update manifest has no hash of content, and one parent (C2PA 2.4, section 11.2.3).
        """
        parents = [item.manifest for item in self.ingredients if item.relationship == "parentOf"]
        return parents[0] if self.update and not self.bindings and len(parents) == 1 else None

    def data(self, label: str) -> dict[str, Any] | None:
        """Data of the first assertion with a label, None if there is none or it is no object."""
        for assertion in self.assertions:
            if assertion.label == label and isinstance(assertion.data, dict):
                return assertion.data
        return None

    def actions(self) -> tuple[dict[str, Any], ...]:
        """All actions, in order; entries that are no objects are left out."""
        found: list[dict[str, Any]] = []
        for assertion in self.assertions:
            if assertion.label.startswith("c2pa.actions") and isinstance(assertion.data, dict):
                listed = assertion.data.get("actions")
                if isinstance(listed, list):
                    found.extend(action for action in listed if isinstance(action, dict))
        return tuple(found)


class CredentialTree(_Report):
    """Everything that the credential of a file says.

    Attributes:
        active: Label of the manifest of the file itself.
        manifests: By label.
        validation: Results for the active manifest, with the deltas of the ingredients.
        state: What the library says in one word; never taken as the answer.
        anchored: True when the reader named the certificates that it trusts.
        beside: True when it lies beside the file, not in it.
        padded: True when boxes for padding hold something else than zeros.
        inputs: Digests of what is embedded of inputs, by its address in the credential.
    """

    active: str = Field(alias="active_manifest")
    manifests: dict[str, Manifest]
    validation: Validation | None = Field(default=None, alias="validation_results")
    state: str = Field(default="", alias="validation_state")
    anchored: bool = False
    beside: bool = False
    padded: bool = False
    inputs: dict[str, Digest] = Field(default_factory=dict)

    @property
    def manifest(self) -> Manifest | None:
        """Manifest of the file itself."""
        return self.manifests.get(self.active)

    @property
    def updates(self) -> tuple[Manifest, ...]:
        """Manifests that only add to the one that binds the content, the last one first."""
        return self._chain()[:-1]

    @property
    def content(self) -> Manifest | None:
        """Manifest that binds the content of the file; the file's own unless it only adds."""
        chain = self._chain()
        return chain[-1] if chain else None

    def _chain(self) -> tuple[Manifest, ...]:
        found: list[Manifest] = []
        label: str | None = self.active
        seen: set[str] = set()
        while label is not None and label in self.manifests and label not in seen:
            seen.add(label)
            found.append(self.manifests[label])
            label = found[-1].parent
        return tuple(found)

    @classmethod
    def parse(
        cls, report: str, *, where: str, anchored: bool, structure: str = '{"manifests": []}'
    ) -> Self:
        """Take the library's JSON report apart.

        Args:
            report: The report.
            where: The file, for errors.
            anchored: Whether the reader named certificates.
            structure: The same as crJSON, which alone says of what kind the manifests are and
                what their hashes leave out.

        Raises:
            UnreadableInput: It has not the shape of a report.
        """
        try:
            document = json.loads(report) if len(report) < _LONGEST_REPORT else None
            if not isinstance(document, dict):
                raise _not_a_report(where, "no object, or too long")
            _complete(document, json.loads(structure))
            # Strict JSON reading, so that arrays become tuples and nothing else is converted.
            return cls.model_validate_json(json.dumps({**document, "anchored": anchored}))
        except (ValidationError, ValueError, LookupError, TypeError, RecursionError) as error:
            raise _not_a_report(where, str(error)[:300]) from error


def _complete(document: dict[str, Any], structure: dict[str, Any]) -> None:
    """Put into a report what only the other form of it says."""
    for item in structure["manifests"]:
        manifest = document["manifests"].get(item["label"])
        if manifest is not None:
            manifest["update"] = item.get("isUpdateManifest") is True
            manifest["bindings"] = [
                {"label": label.partition("__")[0], "left_out": _left_out(data)}
                for label, data in item.get("assertions", {}).items()
                if label.startswith("c2pa.hash.")
            ]


def _left_out(data: dict[str, Any]) -> list[str]:
    return [str(item.get("xpath", "bytes")) for item in data.get("exclusions") or ()]


def _not_a_report(where: str, why: str) -> UnreadableInput:
    return UnreadableInput("the credential in this file cannot be read", where=where, why=why)
