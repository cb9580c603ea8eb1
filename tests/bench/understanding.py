"""How fast a message is understood, as measured here and against a naive fuzzy search."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.reader import Reader
from config.language import load_language
from config.territory import load_territories
from config.themes import load_themes

MESSAGES = (
    Path(__file__).parents[1]
    / "unit"
    / "bot"
    / "domain"
    / "understanding"
    / "data"
    / "messages.jsonl"
)
LONG = 1500  # characters
NAIVE_SAMPLE = 15

MEDIAN_MS, SLOWEST_MS, READY_S, ADDED_MB, FASTER = 3.0, 15.0, 0.5, 40.0, 10.0


def main() -> int:
    """Print what was measured; 1 if a target is missed, else 0."""
    starts = [_ready() for _ in range(3)]
    ready_s, added_mb = (min(measured) for measured in zip(*starts, strict=True))
    territories = load_territories()
    reader = Reader(territories, load_themes(), load_language().reading)
    texts = _texts()
    spent_ms = sorted(_fastest_ms(reader, text) for text in texts)
    median_ms = statistics.median(spent_ms)
    slowest_ms = spent_ms[int(len(spent_ms) * 0.99)]
    faster = _naive_ms(territories, texts[:NAIVE_SAMPLE]) / median_ms
    growth = _growth(reader, texts)
    print(f"understanding: {len(texts)} messages, processor time")
    missed = [
        _line("median, ms", median_ms, MEDIAN_MS, median_ms <= MEDIAN_MS),
        _line("99th percentile, ms", slowest_ms, SLOWEST_MS, slowest_ms <= SLOWEST_MS),
        _line("ready, s", ready_s, READY_S, ready_s <= READY_S),
        _line("memory added, MB", added_mb, ADDED_MB, added_mb <= ADDED_MB),
        _line("times faster than extractOne(WRatio)", faster, FASTER, faster >= FASTER),
        _line("4,000 characters over 2,000", growth, 3.0, growth <= 3.0),
    ]
    return int(any(missed))


def _line(what: str, measured: float, limit: float, kept: bool) -> bool:
    print(f"  {what:40} {measured:8.2f}  (limit {limit:g}) {'' if kept else 'MISSED'}")
    return not kept


def _texts() -> list[str]:
    texts = [json.loads(line)["text"] for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    joined = " ".join(texts)
    return texts + [joined[at : at + LONG] for at in range(0, 2 * LONG, LONG)]


def _fastest_ms(reader: Reader, text: str) -> float:
    """The least of three readings: the others measure what else the machine does."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        reader.understand(text)
        spent.append(time.process_time() - start)
    return 1000 * min(spent)


def _naive_ms(territories: TerritoryIndex, texts: list[str]) -> float:
    names = list(territories.communes.names)
    start = time.process_time()
    for text in texts:
        process.extractOne(text, names, scorer=fuzz.WRatio)
    return 1000 * (time.process_time() - start) / len(texts)


def _growth(reader: Reader, texts: list[str]) -> float:
    joined = " ".join(texts)
    return _fastest_ms(reader, joined[:4000]) / _fastest_ms(reader, joined[:2000])


def _ready() -> tuple[float, float]:
    """The processor time that a fresh process takes to be ready, and the memory it adds."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.readying"], check=True, capture_output=True, text=True
    )
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)
