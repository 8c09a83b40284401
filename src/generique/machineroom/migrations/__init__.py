"""Versions of the production database, applied in order."""
