"""Who may do what: one table, one function, and a policy on every route (deny by default).

Pages, the API and the command line all ask `allowed`; nothing else decides. See docs/decisions/0041.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import Flask, abort, current_app, request, session

from people.roles import Role

View = TypeVar("View", bound=Callable[..., object])
_MARK = "__policy__"
_DECLARED = "maillage-policies"


class Action(StrEnum):
    """What a person may want to do."""

    ENTER = "enter"  # open a sign-in page or a one-time link
    READ = "read"  # records, maps, announcements, counts
    SEE_WORK_LIST = "see_work_list"  # by name: isolated actors, convergences, gaps, plans. Subject: an actor
    OWN_ACCOUNT = "own_account"  # one's own account and sessions
    PUBLISH = "publish"  # publish, edit a record, ask for an introduction. Subject: an actor
    STEER = "steer"  # assign, close, plan, meetings, name communities
    CURATE = "curate"  # import, merge, moderate, undo
    INVITE = "invite"  # Subject: the role offered
    ADMINISTER = "administer"  # roles, settings, personal-data requests of others


class Scope(StrEnum):
    """How far a right goes."""

    NO = "no"
    OWN = "own"  # only for the actors the account is tied to: a subject must be named
    MEMBERS = "members"  # only to invite members
    YES = "yes"


_NO, _OWN, _YES = Scope.NO, Scope.OWN, Scope.YES
RIGHTS: dict[Action, dict[Role, Scope]] = {
    action: dict(zip(Role, scopes, strict=True))
    for action, scopes in {
        # public, member, agent, coordinator, admin
        Action.ENTER: (_YES, _YES, _YES, _YES, _YES),
        Action.READ: (_YES, _YES, _YES, _YES, _YES),
        Action.SEE_WORK_LIST: (_NO, _OWN, _YES, _YES, _YES),
        Action.OWN_ACCOUNT: (_NO, _YES, _YES, _YES, _YES),
        Action.PUBLISH: (_NO, _OWN, _YES, _YES, _YES),
        Action.STEER: (_NO, _NO, _NO, _YES, _YES),
        Action.CURATE: (_NO, _NO, _YES, _YES, _YES),
        Action.INVITE: (_NO, _NO, _NO, Scope.MEMBERS, _YES),
        Action.ADMINISTER: (_NO, _NO, _NO, _NO, _YES),
    }.items()
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks. `actors` are the public keys the account is tied to, in the graph being served."""

    role: Role = Role.PUBLIC
    account: str | None = None
    actors: frozenset[str] = frozenset()

    @property
    def signed_in(self) -> bool:
        """Whether somebody is behind this identity."""
        return self.role is not Role.PUBLIC


ANONYMOUS = Identity()


def allowed(identity: Identity, action: Action | str, subject: str | None = None) -> bool:
    """Whether this identity may do this, on this subject (an actor's key; for `invite`, the role offered).

    A right limited to one's own actors is refused when no actor is named. Unknown actions raise ValueError.
    """
    action = Action(action)
    scope = RIGHTS[action][identity.role]
    if scope is Scope.OWN:
        return subject is not None and subject in identity.actors
    if scope is Scope.MEMBERS:
        return subject is None or subject == Role.MEMBER
    return scope is Scope.YES


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route asks for. `subject` names the URL argument that holds the subject.

    `asset` marks a file that is the same for everybody, and so may be cached by anybody.
    """

    action: Action
    subject: str | None = None
    asset: bool = False


def policy(
    action: Action | str, *, subject: str | None = None, asset: bool = False
) -> Callable[[View], View]:
    """Declare what a view asks for. Without it `require_policies` refuses to start the application."""
    declared = Policy(Action(action), subject, asset)

    def mark(view: View) -> View:
        setattr(view, _MARK, declared)
        return view

    return mark


def declare_policy(app: Flask, endpoint: str, declared: Policy) -> None:
    """Declare the policy of a view that cannot be decorated, such as `static`."""
    app.extensions.setdefault(_DECLARED, {})[endpoint] = declared


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """The policy of an endpoint, None if it has none."""
    declared: Policy | None = app.extensions.get(_DECLARED, {}).get(endpoint)
    return declared or getattr(app.view_functions.get(endpoint), _MARK, None)


class RouteWithoutPolicyError(RuntimeError):
    """Routes without a policy, or whose subject is no argument of theirs: a defect, not a user's error."""


def require_policies(app: Flask) -> None:
    """Refuse to go on if any route has no policy: the factory's last call. Raises RouteWithoutPolicyError."""
    faults = list(_faults(app))
    if faults:
        raise RouteWithoutPolicyError("; ".join(faults))


def _faults(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        found = policy_of(app, rule.endpoint)
        if found is None:
            yield f"{rule.rule} ({rule.endpoint}) declares no policy"
        elif found.subject is not None and found.subject not in rule.arguments:
            yield f"{rule.rule} ({rule.endpoint}) has no argument {found.subject!r}"


def current_identity() -> Identity:
    """Who is behind this request."""
    found = getattr(session, "identity", None)
    return found if isinstance(found, Identity) else ANONYMOUS


def may(action: Action | str, subject: str | None = None) -> bool:
    """Whether the person behind this request may do this: for templates."""
    return allowed(current_identity(), action, subject)


def require(action: Action | str, subject: str | None = None) -> None:
    """Stop the request with 401 (nobody signed in) or 403 unless its person may do this.

    503 when the browser shows a session that cannot be read now: signing in again would not help.
    """
    if may(action, subject):
        return
    if getattr(session, "unreadable", False):
        abort(503)
    abort(403 if current_identity().signed_in else 401)


def enforce() -> None:
    """Run before every request: its route's policy decides. A route without one is refused."""
    if request.endpoint is None:
        return  # no route: the answer will be 404 or 405
    found = policy_of(current_app, request.endpoint)
    if found is None:
        abort(403)
    arguments = request.view_args or {}
    require(found.action, str(arguments[found.subject]) if found.subject is not None else None)


def install_permissions(app: Flask) -> None:
    """Enforce the policies, and give templates `identity`, `may` and `Action`."""
    if app.has_static_folder:
        declare_policy(app, "static", Policy(Action.READ, asset=True))
    app.before_request(enforce)
    app.context_processor(lambda: {"identity": current_identity(), "may": may, "Action": Action})
