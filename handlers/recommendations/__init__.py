"""Recommendations: published, listed, marked, put off until a date."""
