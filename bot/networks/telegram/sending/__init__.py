"""From messages of ours to calls of the Bot API."""
