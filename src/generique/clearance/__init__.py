"""Contracts, rights, policy packs, verdicts: what may be done, and what it rests on."""
