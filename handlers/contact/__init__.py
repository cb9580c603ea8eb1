"""Where people can be told of news, and how their addresses become one person."""
