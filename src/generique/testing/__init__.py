"""Fakes, simulators and contract suites for plug-in authors."""
