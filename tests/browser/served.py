"""A node that is being served to a browser."""

from smartborder.node.access import sign_in, users
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Store


class Site:
    """A node that is being served."""

    def __init__(self, home: NodeHome, store: Store) -> None:
        self.home, self.store = home, store
        self.url = f"http://{home.host}:{home.port}"
        self._people = 0

    def person(self, *roles: str) -> tuple[User, str]:
        """A new person with these roles, and the address of their one-time link."""
        self._people += 1
        with self.store.act(SYSTEM, PURPOSE) as s:
            user = users.add(s, login=f"person{self._people}", name="Agnès Nguyễn", roles=roles)
            return user, f"{self.url}/enter/{sign_in.make_link(s, user)}"
