"""Meetings: planned, kept, and what came of them."""
