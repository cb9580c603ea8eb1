"""What any long-running process needs: clocks, leadership, restarts, error logging."""
