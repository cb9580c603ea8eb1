"""From the outbox to the networks: delivery, its pace, and what failed."""
