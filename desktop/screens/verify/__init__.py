"""Verify: what a receiver can rely on in documents that someone sent."""
