"""Générique: from screenplay to signed, credited, traceable master."""

__version__ = "0.1.0"
