"""One signal, one file: a score in [0, 1] for every candidate of one asker, and the facts of a given pair."""
