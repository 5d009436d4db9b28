"""One node, opened: its home, its store, its country, its programmes, its look-outs in memory."""

from collections.abc import Sequence

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.country import CountryPack
from smartborder.node.act.programme import Check, Programme, ReportKind
from smartborder.node.home import NodeHome
from smartborder.node.lookouts.in_memory import LookoutsInMemory
from smartborder.node.ports import Ports
from smartborder.node.store.session import Store


class UnknownReportKind(InputError):
    """No programme of this node reads that kind of message."""

    code = "message.unknown-kind"
    title = Text("Kind of message not read here", "Type de message non traité ici")
    status = 415


class Node:
    """Everything a process of the node needs; safe to share between threads."""

    def __init__(self, home: NodeHome, programmes: Sequence[Programme], *,
                 store: Store | None = None) -> None:  # fmt: skip
        self.home = home
        self.pack: CountryPack = home.pack
        self.store = store or Store(home)
        self.programmes = tuple(programmes)
        self.ports = Ports(self.pack.code)
        self.lookouts = LookoutsInMemory(self.store)
        self.data_key = home.data_key()

    def kind(self, name: str) -> ReportKind:
        """The registered report kind of that name.

        Raises:
            UnknownReportKind: if no programme registered it.
        """
        for programme in self.programmes:
            for kind in programme.kinds:
                if kind.id == name:
                    return kind
        raise UnknownReportKind(f"no programme reads '{name}'")

    @property
    def checks(self) -> tuple[Check, ...]:
        """All registered checks, in the programmes' order."""
        return tuple(check for programme in self.programmes for check in programme.checks)

    def close(self) -> None:
        """Close the store."""
        self.store.close()
