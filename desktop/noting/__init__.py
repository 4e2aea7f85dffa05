"""Notes at work: where one can be pinned, its card, and what is written to the vault."""
