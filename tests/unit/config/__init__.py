"""The configuration: settings, portals, texts, register."""
