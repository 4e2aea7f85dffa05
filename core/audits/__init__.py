"""The rules of each audit, as data."""
