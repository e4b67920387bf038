"""Delivery: the French web site, the HTTP interface and the command line.

Only here do codes become sentences, colours, addresses and statuses. `web.wiring` is the one module that
names a concrete store.
"""
