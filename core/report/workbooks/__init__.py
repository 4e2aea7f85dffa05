"""Workbooks: results, case rows and correction requests as XLSX."""
