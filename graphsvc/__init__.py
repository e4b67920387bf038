"""The core: the network of actors, where it is stored, and what can be read in it.

It knows organisations, places, themes and what joins them; it returns codes, numbers and facts, never a
sentence, a colour or an HTTP status. Inside, modules are layered: the stores and the use cases stand on
analytics, exchange, search and duplicates, these on the snapshot, the snapshot on the port, and the port on
the domain.
"""
