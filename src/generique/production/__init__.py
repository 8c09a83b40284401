"""Use cases in film verbs, and the ports they need."""
