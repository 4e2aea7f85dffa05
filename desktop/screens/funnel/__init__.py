"""Funnel: one outcome against the national units."""
