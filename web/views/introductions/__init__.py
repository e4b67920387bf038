"""Introductions: an actor asks to meet another, the other answers, and both say what came of it."""
