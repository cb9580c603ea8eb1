"""What a text is about: themes, danger, intent."""
