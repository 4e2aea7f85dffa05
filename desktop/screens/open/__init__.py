"""Open a file: drop it, choose it, or try the example."""
