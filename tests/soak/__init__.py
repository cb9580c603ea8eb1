"""What takes minutes: long loads, repeated kills."""
