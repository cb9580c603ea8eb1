"""What every handler needs: the turn, the dialogue under way, rights, project lookup."""
