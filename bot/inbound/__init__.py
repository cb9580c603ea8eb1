"""From a network to the handlers: events are kept, then handled in order."""
