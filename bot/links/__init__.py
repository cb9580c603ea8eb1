"""Personal links to pages, and the signed links in e-mails."""
