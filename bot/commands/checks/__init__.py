"""What `filrouge doctor` looks at, beside the networks: each check gives findings."""
