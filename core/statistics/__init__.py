"""Numbers in, numbers out: every statistic Plumbline shows, defined once."""
