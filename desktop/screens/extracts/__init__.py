"""Extracts: what the vault keeps, the request to an audit, and the care of the vault."""
