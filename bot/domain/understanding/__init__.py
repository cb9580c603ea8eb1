"""From a message in free words to its intent, territory, themes and urgency."""
