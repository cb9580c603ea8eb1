"""Read-only views: pages, the board, what operators inspect."""
