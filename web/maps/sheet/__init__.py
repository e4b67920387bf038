"""The map as one sheet to keep or print: what is seen, with its legend, its filters and its date."""
