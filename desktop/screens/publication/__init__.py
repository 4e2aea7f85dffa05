"""Publication: what would be shown in public, and the surgeon's decision."""
