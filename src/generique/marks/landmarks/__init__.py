"""Landmarks: pairs of spectral peaks by which a known sound is found again, to the moment."""
