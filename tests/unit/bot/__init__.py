"""What runs, with hand-written fakes."""
