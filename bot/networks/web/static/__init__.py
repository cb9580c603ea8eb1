"""What browsers keep: the style sheet, the script, the icon."""
