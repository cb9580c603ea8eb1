"""The embedded web network: its own chat server, the advisors' rooms, the team's board."""
