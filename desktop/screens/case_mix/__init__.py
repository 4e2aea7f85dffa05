"""Case-mix: the risks of one's patients, whether they fit, and what the funnel would miss."""
