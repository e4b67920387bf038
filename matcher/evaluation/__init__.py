"""Is the matcher right? Known cooperations hidden, methods and baselines compared on finding them."""
