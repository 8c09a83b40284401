"""Screenplays and what they need: Fountain, FDX, breakdown."""
