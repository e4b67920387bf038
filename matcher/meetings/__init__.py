"""Meetings: who is invited, in what order, and who sits with whom."""
