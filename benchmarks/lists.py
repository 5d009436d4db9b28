"""``bench lists``: a list of two gigabytes read, and imported into a node, within one gigabyte.

Bar: at most 1 GB resident for 2 GB. The list is made up, in the form of the UN's: a record of about
two kilobytes each, streamed to a temporary file. Reading and importing run in a process of their
own each; what the database's own processes hold is not counted. 200 MB unless
``SMARTBORDER_LISTS_MB`` says otherwise (2000 is the bar's size).

    python -m benchmarks.lists read FILE | import FILE HOME      one of the two alone
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import rates
from smartborder.formats.lists import read_list
from smartborder.model.reason import Finding
from smartborder.node.home import NodeHome
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.store.cluster import Cluster
from smartborder.node.store.install import install, serving
from smartborder.node.store.session import SYSTEM, Store

MEGABYTES = 200
_NAME = "consolidated.xml"
_MEGABYTE = 1024 * 1024
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ra",
    "ben",
    "tor",
    "sha",
    "du",
    "vel",
    "ni",
    "gor",
    "pa",
    "zu",
    "el",
)
_COUNTRIES = ("Kenya", "Peru", "Nepal", "Norway", "Chad", "Chile", "Oman", "Latvia")


def run() -> dict[str, Any]:
    """The bar in the shape of ``bench NAME --json``."""
    megabytes = int(os.environ.get("SMARTBORDER_LISTS_MB", MEGABYTES))
    with tempfile.TemporaryDirectory(prefix="sb-bench-") as folder:
        file = Path(folder) / _NAME
        records = write(file, megabytes)
        home = NodeHome.create(Path(folder) / "node", country="CA", port=8192)
        try:
            home = install(home)
            read = _apart("read", file)
            with serving(home):
                imported = _apart("import", file, home.path)
        finally:
            Cluster(home).destroy()
        size = round(file.stat().st_size / _MEGABYTE)
    return {
        "name": "lists",
        "ours": max(read["peak_mb"], imported["peak_mb"]),
        "peer": None,
        "ratio": None,
        "unit": f"MB resident at most, for a list of {size:,} MB",
        "conditions": {
            "list_mb": size,
            "records": records,
            "read": read,
            "import": imported,
            "bar": "1,000 MB for 2,000 MB",
            "peer": "no peer states a bound",
            **rates(),
        },
    }


def write(file: Path, megabytes: int) -> int:
    """A list of about ``megabytes``, streamed to ``file``; how many records it has."""
    chance = random.Random(8)
    count = size = 0
    with file.open("wb") as out:
        size += out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST>\n')
        size += out.write(b"<INDIVIDUALS>\n")
        while size < megabytes * _MEGABYTE:
            size += out.write(_record(count, chance).encode())
            count += 1
        out.write(b"</INDIVIDUALS>\n</CONSOLIDATED_LIST>\n")
    return count


def _record(number: int, chance: random.Random) -> str:
    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()

    aliases = "".join(
        f"      <INDIVIDUAL_ALIAS>\n        <QUALITY>Good</QUALITY>\n"
        f"        <ALIAS_NAME>{word()} {word()}</ALIAS_NAME>\n      </INDIVIDUAL_ALIAS>\n"
        for _ in range(3)
    )
    country = chance.choice(_COUNTRIES)
    return f"""    <INDIVIDUAL>
      <DATAID>{number}</DATAID>
      <VERSIONNUM>1</VERSIONNUM>
      <FIRST_NAME>{word()}</FIRST_NAME>
      <SECOND_NAME>{word()}</SECOND_NAME>
      <UN_LIST_TYPE>Benchmark</UN_LIST_TYPE>
      <REFERENCE_NUMBER>BMi.{number:07}</REFERENCE_NUMBER>
      <LISTED_ON>2012-12-31</LISTED_ON>
      <GENDER>{chance.choice(("Male", "Female"))}</GENDER>
      <COMMENTS1>{" ".join(word() for _ in range(70))}</COMMENTS1>
      <NATIONALITY>
        <VALUE>{country}</VALUE>
      </NATIONALITY>
{aliases}      <INDIVIDUAL_DATE_OF_BIRTH>
        <TYPE_OF_DATE>EXACT</TYPE_OF_DATE>
        <DATE>19{number % 60 + 30}-0{number % 9 + 1}-{number % 28 + 1:02}</DATE>
      </INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_PLACE_OF_BIRTH>
        <CITY>{word()}</CITY>
        <COUNTRY>{country}</COUNTRY>
      </INDIVIDUAL_PLACE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT>
        <TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
        <NUMBER>B{number:08}</NUMBER>
        <ISSUING_COUNTRY>{country}</ISSUING_COUNTRY>
      </INDIVIDUAL_DOCUMENT>
    </INDIVIDUAL>
"""


def _apart(*task: object) -> dict[str, Any]:
    """A task in a process of its own: what it counted, its time and the most it held."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.lists", *map(str, task)],
        cwd=Path(__file__).resolve().parent.parent, check=True, capture_output=True, text=True,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _peak_mb() -> float:
    """The most this process held since it began its program (unlike ``ru_maxrss``, see exec)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (held,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return round(int(held) / 1024, 1)


def _read(file: Path) -> dict[str, int]:
    counts = {"entries": 0, "findings": 0}
    with file.open("rb") as stream:
        for item in read_list(file.name, stream):
            counts["findings" if isinstance(item, Finding) else "entries"] += 1
    return counts


def _import(file: Path, home: Path) -> dict[str, int]:
    store = Store(NodeHome.load(home))
    with store.act(SYSTEM, "lists") as s, file.open("rb") as stream:
        (done,) = import_list(s, read_list(file.name, stream))
    store.close()
    return {"entries": done.version.entries, "findings": done.noticed}


def _main(task: str, file: str, *home: str) -> str:
    began, spent = time.perf_counter(), time.process_time()
    counts = _read(Path(file)) if task == "read" else _import(Path(file), Path(*home))
    return json.dumps({
        **counts, "peak_mb": _peak_mb(), "wall_s": round(time.perf_counter() - began, 1),
        "cpu_s": round(time.process_time() - spent, 1),
    })  # fmt: skip


if __name__ == "__main__":
    print(_main(*sys.argv[1:]))
