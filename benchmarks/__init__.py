"""The promised figures, measured: `python -m benchmarks` runs every `bench_*.py` and prints one table.

Each bench module exposes `run(budget)` and returns figures with their target; peers are measured in the same
run, interleaved, and the median is kept.
"""
