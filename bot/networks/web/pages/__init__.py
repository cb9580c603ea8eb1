"""The pages: one file for each kind, with its addresses, what it shows and what its forms do."""
