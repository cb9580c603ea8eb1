"""The shared conversation: words relayed, corrected, kept backstage, or not delivered."""
