"""Import a file: what it holds, which column is which, and what came of it."""
