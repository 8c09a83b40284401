"""Passports in the formats of others: Croissant for datasets, SPDX 3 for models and datasets."""
