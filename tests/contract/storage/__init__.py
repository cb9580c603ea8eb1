"""One suite of rules, which the storage keeps on both databases."""
