"""The audit office: a national table in, one sealed extract per surgeon out."""
