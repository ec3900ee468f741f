"""What the layers look like: one table of style, the web map, and later the figures."""
