"""Where it is kept: tables, mapping, unit of work, migrations."""
