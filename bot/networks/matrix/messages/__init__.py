"""The form of messages, both ways, and how they are put into rooms."""
