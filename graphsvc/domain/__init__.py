"""The fixed words of the product: organisations, places, themes and what joins them. Standard library only."""
