"""The database itself: engine, transactions, column types, errors, schema version."""
