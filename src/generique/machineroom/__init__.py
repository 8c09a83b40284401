"""Adapters to disk, database, media tools, keys and clock."""
