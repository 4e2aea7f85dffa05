"""Plumbline without a window: bytes ─► extract ─► risk ─► results ─► charts ─► report ─► bytes."""
