"""Rooms and corridors as lit sets without people."""
