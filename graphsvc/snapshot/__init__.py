"""An immutable columnar copy of the graph: the same answers on every store, as fast as arrays."""
