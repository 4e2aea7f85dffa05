"""Over time: VLAD and RA-CUSUM of one outcome."""
