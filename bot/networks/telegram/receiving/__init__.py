"""From Telegram's updates to what people did."""
