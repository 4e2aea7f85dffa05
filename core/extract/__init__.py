"""Sealed file ◄─► typed, checked tables."""
