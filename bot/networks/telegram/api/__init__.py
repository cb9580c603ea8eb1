"""The Bot API: its client, its errors, its HTML, its limits."""
