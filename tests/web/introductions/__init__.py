"""Introductions on the site."""
