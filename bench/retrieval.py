"""How often the search finds the right passage, on the Russian part of XQuAD (not included).

240 encyclopaedia paragraphs and 1,190 questions; put `xquad_ru/xquad.ru.json` under
`../shared/data` beside the checkout, or name the file.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from besedka.knowledge.retrieval import Index, Passage

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "xquad_ru" / "xquad.ru.json"
TYPO_SHARE = 0.3
LONG_WORD = 6


def load(path: Path) -> tuple[list[Passage], list[tuple[str, UUID]]]:
    passages: list[Passage] = []
    questions: list[tuple[str, UUID]] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text: str = paragraph["context"]
            key = uuid5(NAMESPACE_URL, text)
            passages.append(Passage(key, key, "", "", text))
            questions += [(asked["question"], key) for asked in paragraph["qas"]]
    return passages, questions


def measure(index: Index, questions: Sequence[tuple[str, UUID]]) -> dict[str, float]:
    first = fifth = 0
    started = perf_counter()
    for question, relevant in questions:
        found = [hit.passage.chunk_id for hit in index.search(question, limit=5)]
        first += found[:1] == [relevant]
        fifth += relevant in found
    seconds = perf_counter() - started
    return {
        "top_1": round(first / len(questions), 3),
        "top_5": round(fifth / len(questions), 3),
        "ms_per_query": round(seconds / len(questions) * 1000, 3),
    }


def with_typos(question: str, rng: random.Random) -> str:
    """A swapped pair of letters in some of the long words."""
    words = question.split()
    for place, word in enumerate(words):
        if len(word) >= LONG_WORD and rng.random() < TYPO_SHARE:
            at = rng.randrange(1, len(word) - 2)
            words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def run(path: Path) -> dict[str, Any]:
    passages, questions = load(path)
    started = perf_counter()
    index = Index(passages)
    seconds = perf_counter() - started
    rng = random.Random(1)
    mistyped = [(with_typos(question, rng), relevant) for question, relevant in questions]
    return {
        "passages": len(passages),
        "questions": len(questions),
        "index_s": round(seconds, 3),
        "as_written": measure(index, questions),
        "with_typos": measure(index, mistyped),
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if not options.data.is_file():
        print(f"skipped: {options.data.name} is not there (see --help)", file=sys.stderr)
        return 0
    result = run(options.data)
    if options.json:
        print(json.dumps(result))
        return 0
    for name in ("as_written", "with_typos"):
        figures = result[name]
        print(
            f"{name}: top 1 {figures['top_1']:.3f}, top 5 {figures['top_5']:.3f}, "
            f"{figures['ms_per_query']:.2f} ms a query"
        )
    return 0
