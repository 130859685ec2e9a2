"""Who may do what: every view declares a role; a request that lacks it never reaches the view."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import Flask, g, request

from api.platform import platform
from common.errors import AccessError
from people.roles import Role

if TYPE_CHECKING:
    from people.tokens import Token

PUBLIC: Final = 0
"""Anybody, without a token."""

_View = TypeVar("_View", bound=Callable[..., Any])
_ATTRIBUTE = "required_role"
#: Views that are not ours.
_OTHER_VIEWS: dict[str, int] = {"static": PUBLIC}


class MissingTokenError(AccessError):
    """The request has no token, or a worthless one."""


class RoleError(AccessError):
    """The token's role does not allow this."""


def requires(role: int) -> Callable[[_View], _View]:
    """Declares the role that a view asks for: ``PUBLIC`` or a ``Role``. Stands below the route decorator."""

    def declare(view: _View) -> _View:
        setattr(view, _ATTRIBUTE, role)
        return view

    return declare


def required_role(app: Flask, endpoint: str) -> int | None:
    """The role that an endpoint asks for; None: it declares none, which the tests don't allow."""
    if endpoint in _OTHER_VIEWS:
        return _OTHER_VIEWS[endpoint]
    role: int | None = getattr(app.view_functions[endpoint], _ATTRIBUTE, None)
    return role


def check_access(app: Flask) -> None:
    """Runs before every request: what declares no role is closed to all.

    Raises:
        AccessError: No token, or one without the role.
    """
    if request.endpoint is None or request.method == "OPTIONS":
        return
    role = required_role(app, request.endpoint)
    if role == PUBLIC:
        return
    if role is None:
        raise RoleError("this address is closed")
    g.token = _token()
    if g.token.role < role:
        raise RoleError(f"this needs a token of role {Role(role).label}; yours is of role {g.token.role.label}")


def current_token() -> "Token":
    """The token of a request to a view that asks for a role."""
    token: Token = g.token
    return token


def _token() -> "Token":
    authorization = request.authorization
    secret = authorization.token if authorization is not None and authorization.type == "bearer" else None
    token = platform().people.tokens.authenticate(secret) if secret else None
    if token is None:
        raise MissingTokenError("this needs a good token, sent as 'Authorization: Bearer …'")
    return token
