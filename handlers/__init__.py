"""What people do: one file per intention, and the table of commands."""
