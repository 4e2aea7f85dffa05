"""Settings: text size, look, locking, motion, what stands where, and about Plumbline."""
