"""The expressions of themes and situations, as the portals' teams write them."""
