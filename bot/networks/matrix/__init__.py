"""Matrix: private chats, a room for each project in its portal's Space, end-to-end encrypted."""
