"""Evidence: canonical bytes, entries, Merkle log, proofs and their verification."""
