"""What leaves: documents, their evidence and signature, and what a receiver can verify."""
