"""Fingerprints: what pictures look like, in numbers that survive grading, scaling and encoding."""
