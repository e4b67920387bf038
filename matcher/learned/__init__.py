"""The learned re-ranker: its features, its training, its file, and the order it gives."""
