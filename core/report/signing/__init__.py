"""Signatures: the seal inside a document, and the one beside a plain copy."""
