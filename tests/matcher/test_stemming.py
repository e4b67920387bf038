"""Stems are the same whoever else is stemming: the library's stemmer keeps its word in itself."""

from concurrent.futures import ThreadPoolExecutor

from matcher import stemming

WORDS = [
    f"{root}{ending}"
    for root in ("assainiss", "form", "agricult", "plant")
    for ending in ("ements", "ations", "eurs")
]


def test_four_threads_get_the_stems_one_gets() -> None:
    alone = {word: stemming.stem(word) for word in WORDS}
    stemming.stem.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        for _ in range(50):
            stemming.stem.cache_clear()
            together = dict(zip(WORDS * 4, pool.map(stemming.stem, WORDS * 4), strict=True))
            assert together == alone
