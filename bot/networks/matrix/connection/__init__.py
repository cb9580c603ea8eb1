"""Our account on its homeserver: login, requests, encryption, what is known of each room."""
