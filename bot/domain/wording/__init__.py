"""Small texts read and written by rule: answers, commands, references, contact details."""
