"""Timing, timeline, conform and interchange."""
