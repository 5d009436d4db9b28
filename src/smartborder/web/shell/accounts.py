"""Accounts: who may sign in here and as what. For administrators, who see no traveller."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError, StateError
from smartborder.kernel.text import Text
from smartborder.node.access import sign_in, users
from smartborder.node.access.roles import Act, Role
from smartborder.node.access.users import PURPOSE, NameUnusable, RolesUnusable, User, UserExists
from smartborder.node.access.vocabulary import MACHINE_ROLES, ROLE_NAMES
from smartborder.web.page import Fields, acting, page, require, see, several
from smartborder.web.session import WebRequest


class OwnAccount(StateError):
    """Nobody closes their own account or changes their own roles: ask another administrator."""

    code = "access.own-account"
    title = Text("This is your own account", "C'est votre propre compte")
    status = 409


@get("/accounts", name="accounts", sync_to_thread=True)
def accounts(request: WebRequest) -> Response[Any]:
    """All open accounts."""
    return _accounts(request)


@post("/accounts", name="accounts-add", sync_to_thread=True)
def add(request: WebRequest, data: Fields) -> Response[Any]:
    """Open an account; its one-time link is shown once, on the page that answers."""
    login, name = ("".join(several(data, field)[:1]) for field in ("login", "name"))
    roles = several(data, "roles")
    try:
        with acting(request, Act.USER_MANAGE, purpose=PURPOSE) as s:
            user = users.add(s, login=login, name=name, roles=roles)
            token = sign_in.make_link(s, user)
    except (NameUnusable, RolesUnusable, UserExists) as error:
        return _accounts(request, error=error, typed={"login": login, "name": name, "roles": roles})
    return _accounts(request, made=user, token=token)


@post("/accounts/{user_id:str}/link", name="accounts-link", sync_to_thread=True)
def link(request: WebRequest, user_id: FromPath[str]) -> Response[Any]:
    """A new one-time link for somebody; shown once."""
    with acting(request, Act.USER_MANAGE, purpose=PURPOSE) as s:
        user = users.by_id(s, user_id)
        token = sign_in.make_link(s, user)
    return _accounts(request, made=user, token=token)


@post("/accounts/{user_id:str}/close", name="accounts-close", sync_to_thread=True)
def close(request: WebRequest, user_id: FromPath[str]) -> Response[Any]:
    """Close an account; its sessions end at once."""
    if require(request, Act.USER_MANAGE).id == user_id:
        raise OwnAccount("ask another administrator")
    with acting(request, Act.USER_MANAGE, purpose=PURPOSE) as s:
        users.close(s, users.by_id(s, user_id).id)
    return see(request, "/accounts", Text("Account closed.", "Compte fermé."))


def _accounts(
    request: WebRequest,
    *,
    made: User | None = None,
    token: str | None = None,
    error: SmartborderError | None = None,
    typed: dict[str, Any] | None = None,
) -> Response[Any]:
    with acting(request, Act.USER_MANAGE, purpose=PURPOSE) as s:
        people = users.everyone(s)
    return page(
        request, "shell/accounts.html", status=error.status if error else 200,
        section="accounts", people=people, made=made, error=error,
        roles=[r for r in Role if r not in MACHINE_ROLES],
        link=f"{request.base_url}enter/{token}" if token else None,
        typed=typed or {"login": "", "name": "", "roles": []}, role_names=ROLE_NAMES,
    )  # fmt: skip
