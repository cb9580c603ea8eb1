"""The inbox and the outbox: events received, messages to deliver, leases on both."""
