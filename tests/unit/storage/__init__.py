"""Parts of the storage that need no database."""
