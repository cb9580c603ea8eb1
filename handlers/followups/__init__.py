"""What the assistant sends on its own initiative because time passed."""
