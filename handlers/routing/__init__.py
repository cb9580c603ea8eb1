"""Which handler takes an event: the ordered table, the commands, typed answers."""
