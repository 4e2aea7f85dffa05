"""Help: the keys, and what every word and number means."""
