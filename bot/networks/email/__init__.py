"""E-mail, outgoing only: for people who are not looking at their page."""
