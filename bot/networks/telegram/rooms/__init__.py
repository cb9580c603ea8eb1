"""Where conversations and messages are on Telegram: private chats, and topics of forum groups."""
