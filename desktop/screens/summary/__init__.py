"""Type in a summary: who has only counts still sees them against the national rate."""
