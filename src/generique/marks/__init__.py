"""Claims and verdicts on anything that identifies picture or sound."""
