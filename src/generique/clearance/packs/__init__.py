"""Policy packs: rules of commissioners, laws and trades, as data with a small function each.

What a rule asks, who says so, since when, and how sure that is stands in a TOML file under
``rules/``; whether it holds is a pure function of the case, found by the rule's identifier.
"""

from __future__ import annotations

from generique.clearance.packs.catalogue import ALWAYS, Confidence, Pack, Rule, known_packs, rule_of
from generique.clearance.packs.judge import judge_packs

__all__ = ["ALWAYS", "Confidence", "Pack", "Rule", "judge_packs", "known_packs", "rule_of"]
