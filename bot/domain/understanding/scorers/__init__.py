"""What a text is about: themes, danger, urgency, intent."""
