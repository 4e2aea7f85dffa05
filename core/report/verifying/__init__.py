"""Verifying: what a receiver can rely on, found without harm."""
