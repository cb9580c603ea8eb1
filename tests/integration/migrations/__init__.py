"""Migrations, and databases that cannot be used."""
