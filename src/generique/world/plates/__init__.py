"""Plates: what compositors get beside the picture, and footage set before it."""
