"""Beat 20: the auditor's folder verifies from outside, and one flipped bit names its entry."""

import json
import tempfile
from pathlib import Path

from smartborder.kernel.text import Text
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import Stage
from smartborder.world.shell import command


def auditor(stage: Stage) -> Seen:
    """Beat 20."""
    with tempfile.TemporaryDirectory() as folder:
        sums = {}
        for country, node in stage.nodes.items():
            ledger, key = Path(folder) / f"{country}.jsonl", Path(folder) / f"{country}.jwk"
            key.write_text(json.dumps(node.home.signing_key().as_dict(private=False)))
            command("ledger", "export", "--out", str(ledger), "--home", str(node.home.path))
            found = command("verify", str(ledger), "--key", str(key))
            expect(found["ok"], f"the ledger of {country} does not verify")
            sums[country] = found["entries"]
        flipped = Path(folder) / "flipped.jsonl"
        lines = (Path(folder) / "CA.jsonl").read_bytes().splitlines(keepends=True)
        about = [n for n, line in enumerate(lines) if b'"kind":"case"' in line]
        chosen = about[len(about) // 2]
        case = json.loads(lines[chosen])["record"]
        changed = bytearray(lines[chosen])
        changed[changed.index(b'"commitment":"') + 20] ^= 0x01
        lines[chosen] = bytes(changed)
        flipped.write_bytes(b"".join(lines))
        caught = command("verify", str(flipped), "--key", str(Path(folder) / "CA.jwk"))
        bad = caught.get("bad") or {}
        expect(bad.get("seq") == chosen - 1, f"the flipped entry was named as {bad}")
    told = ", ".join(f"{country} {count}" for country, count in sorted(sums.items()))
    return Seen(
        line=Text(
            f"the auditor's folder: both ledgers verify ({told} entries); one flipped bit names"
            f" entry {bad['seq']}",
            f"le dossier du vérificateur : les deux registres sont conformes ({told} écritures); un"
            f" bit inversé désigne l'écriture {bad['seq']}",
        ),
        record=case,
        path=f"/audit?record={case}",
        command="smartborder ledger export --out ledger.jsonl; smartborder verify ledger.jsonl",
    )
