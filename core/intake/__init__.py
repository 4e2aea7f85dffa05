"""Foreign tables and an audit profile in, cases out."""
