"""What networks keep: the web's own chat, which remote room is which, files."""
