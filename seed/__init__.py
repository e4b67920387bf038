"""The network of Essonne as public documents and open data describe it, in the exchange format.

`seed/essonne` holds the tables and `SOURCES.md` beside them says where each comes from; `seed.load` brings
them into a store.
"""
