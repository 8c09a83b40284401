"""Test material and attacks for the benchmarks of marks."""
