"""The terminal contract: `plumb VERB …`, one module a group of verbs."""
