"""Composition root, settings and doors."""
