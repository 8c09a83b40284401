"""The catalogue of clauses: every kind that a contract can hold.

A kind has a stable identifier. Its class is its parameters; ``rules`` is what it comes to. What
the contract calls it in French and English stands in :mod:`generique.clearance.contract_text`.
"""

from __future__ import annotations

from generique.clearance.clause_duties import (
    AuditAndRetention,
    CreditWording,
    HumanApproval,
    Indemnity,
    LabelRequired,
    MutualAuthorisation,
    NoTraining,
    TalentConsent,
    TerritoryAndTerm,
    WeightsLocked,
)
from generique.clearance.clause_limits import (
    Clause,
    ForbiddenUses,
    GeneralPermission,
    ModelsAllowed,
    ModelsBarred,
    PermittedUses,
    ProvidersAllowed,
    ProvidersBarred,
    SyntheticShare,
)

CATALOGUE: dict[str, type[Clause]] = {
    str(kind.model_fields["kind"].default): kind
    for kind in (
        GeneralPermission,
        PermittedUses,
        ForbiddenUses,
        SyntheticShare,
        ModelsAllowed,
        ModelsBarred,
        ProvidersAllowed,
        ProvidersBarred,
        NoTraining,
        CreditWording,
        LabelRequired,
        HumanApproval,
        TalentConsent,
        WeightsLocked,
        AuditAndRetention,
        MutualAuthorisation,
        Indemnity,
        TerritoryAndTerm,
    )
}
"""Every kind by its identifier."""
