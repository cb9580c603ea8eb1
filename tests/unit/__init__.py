"""One part at a time, with hand-written fakes."""
