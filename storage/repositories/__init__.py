"""Entities loaded and recorded inside one transaction."""
