"""Correction requests at work: drafted from cases and findings, edited, written to the vault."""
