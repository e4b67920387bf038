"""The compiled exact search: packed lists, bounds, the fused accumulator, many questions at once."""
