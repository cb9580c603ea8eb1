"""E-mail: what is sent to people who are not looking at their page. Nothing is received."""
