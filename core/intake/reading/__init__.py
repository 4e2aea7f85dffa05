"""Opening what audits send: workbooks, archives and text tables, in memory alone."""
