"""Suggestions of more than a pair: pooling groups, triangles, convergences, links to revive."""
