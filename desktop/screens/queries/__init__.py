"""Correction requests: all of this extract, what became of them, and what they would change."""
