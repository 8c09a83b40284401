"""Simulators of hosted providers: plain HTTP on this machine, stateful, with faults on demand.

Each keeps a provider's own book, so that a test can ask who was charged for what. Official SDKs
talk to them unmodified.
"""
