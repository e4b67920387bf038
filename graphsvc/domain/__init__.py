"""The fixed words of the product: organisations, places, themes and their links. Standard library only."""
