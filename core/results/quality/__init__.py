"""What the records alone suggest should be checked: one check a file, gathered in findings."""
