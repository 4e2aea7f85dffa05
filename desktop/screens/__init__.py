"""One folder a screen: view (widgets) and presenter (decisions)."""
