"""Who should meet whom: ranked suggestions with the evidence and the reasons behind each.

Every signal is one file of `matcher/evidence`, answering a score in [0, 1] and the facts it rests on. The
package reads a snapshot and returns codes and values; the sentences are made in `web`.
"""
