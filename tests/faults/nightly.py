"""Plays rounds of every class of fault: sharded, with progress, resumable, with its numbers.

    python -m tests.faults.nightly --rounds 200 --shard 1/2 --results var/faults.jsonl

Each line of the results is one round; rounds that held before are not played again. With
``--page`` the results become the published page.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from smartborder.world.laboratory.checker import check
from tests.faults import racing  # noqa: F401  (registers its class)
from tests.faults.classes import CLASSES, drain


def play(pair, name, seed):
    """One round; the records it was about.

    Raises:
        AssertionError: something was lost, doubled, mixed up or left waiting.

    """
    made = CLASSES[name](pair, random.Random(f"{name}/{seed}"))
    drain(pair)
    found = check(pair.us.home, pair.ca.home, made)
    assert found.holds, f"{name}, seed {seed}: {found}"
    return made


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--rounds", type=int, default=200)
    words.add_argument("--shard", default="1/1")
    words.add_argument("--results", type=Path, nargs="+", default=[Path("var/faults.jsonl")])
    words.add_argument("--seconds", type=float, default=0, help="stop after about this long")
    words.add_argument("--page", type=Path)
    asked = words.parse_args()
    asked.results[0].parent.mkdir(parents=True, exist_ok=True)
    done = {k: v for file in asked.results for k, v in read(file).items()}
    if asked.page:
        asked.page.write_text(page(done))
        return 0
    mine, of = map(int, asked.shard.split("/"))
    held = {key for key, result in done.items() if not result["trouble"]}
    todo = [(name, seed) for seed in range(asked.rounds) for name in CLASSES
            if (name, seed) not in held and seed % of == mine - 1]  # fmt: skip
    print(f"{len(todo)} rounds to play, {len(held)} held before", flush=True)
    end = time.monotonic() + asked.seconds if asked.seconds else float("inf")
    failed = 0
    with nodes() as pair, asked.results[0].open("a") as results:
        for number, (name, seed) in enumerate(todo, start=1):
            if time.monotonic() > end:
                break
            began = time.monotonic()
            try:
                play(pair, name, seed)
                trouble = None
            except Exception as error:
                trouble = f"{type(error).__name__}: {error}"[:300]
                failed += 1
            took = round(time.monotonic() - began, 2)
            line = {"class": name, "seed": seed, "seconds": took, "trouble": trouble}
            results.write(json.dumps(line) + "\n")
            results.flush()
            if trouble or number % 20 == 0:
                print(f"{number}/{len(todo)}  {name} {seed}: {trouble or 'holds'}", flush=True)
    return 1 if failed else 0


def read(results):
    """Rounds played so far, by class and seed; of a round played again the last counts."""
    lines = results.read_text().splitlines() if results.exists() else []
    found = [json.loads(line) for line in lines]
    return {(r["class"], r["seed"]): r for r in found}


@contextmanager
def nodes():
    """Two nodes on a server of their own."""
    from smartborder.node.home import NodeHome
    from smartborder.node.store import migrate, roles
    from smartborder.node.store.cluster import Cluster
    from tests.support.node import made_from
    from tests.support.pair import joined

    with tempfile.TemporaryDirectory(prefix="sb-faults-") as folder:
        server = NodeHome.create(Path(folder) / "server", country="CA")
        cluster = Cluster(server)
        cluster.install()
        cluster.start()
        try:
            roles.install(server)
            migrate.upgrade(server)
            counter = iter(range(99))
            with joined(lambda c: made_from(server, Path(folder) / f"n{next(counter)}", c)) as pair:
                pair.settle()
                yield pair
        finally:
            cluster.destroy()


def page(done):
    """The published page: what was played, and what held."""
    played = Counter(name for name, _ in done)
    held = Counter(name for (name, _), r in done.items() if not r["trouble"])
    lines = [
        "# Faults", "",
        "What was done to two nodes while they exchanged look-outs, and whether a checker that",
        "reads both databases found anything lost, doubled, out of order or left waiting. Each",
        "round has a seed and can be played again: `./check --nightly` plays two hundred rounds a",
        "class, in shards, and resumes; `tests/faults/classes.py` says what each class does. The",
        "kill of a process is SIGKILL at one of the labelled steps of",
        "`smartborder.node.failpoints`.", "",
        "| class | what is done | rounds | held |", "|---|---|---|---|",
        *(f"| {name} | {(play.__doc__ or '').splitlines()[0]} | {played[name]} | {held[name]} |"
          for name, play in CLASSES.items()),
        f"| **all** | | **{played.total()}** | **{held.total()}** |", "",
        "Not injected: loss of power (only processes are killed), a full disk as such (a database",
        "that takes no writes stands for it), bits flipped inside a stored outbox row. Where a",
        "row says fewer than two hundred rounds, the night was not long enough.", "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
