"""Documents as pages: their content, decided once, and the PDF."""
