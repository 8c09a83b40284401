"""Identification: evidence of several kinds weighed into what a file shows, frame by frame."""
