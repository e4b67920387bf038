"""Sessions: a signed-in browser holds a random token and nothing else; a visitor holds a signed form token.

Reading public pages sets no cookie. A visitor who opens a form gets a signed cookie with its CSRF token; the
server keeps nothing for visitors, so that nobody can fill the private database without an account.
"""

import logging
from datetime import datetime
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.wrappers import Request
from itsdangerous import BadSignature

from graphsvc.domain.errors import StoreError
from people.database import PrivateDatabase
from people.sessions import LiveSession, end_session, keep_session, live_session
from web.accounts.directory import ActorDirectory
from web.permissions import ANONYMOUS, Identity, policy_of

_PERSON = (
    "p."  # what a signed-in cookie begins with; a signed one never does: itsdangerous begins with base64
)
VISITOR_SECONDS = 8 * 3600
_log = logging.getLogger(__name__)


class BrowserSession(SecureCookieSession):
    """What the request knows of its browser.

    `token` is None for a visitor. `unreadable`: the browser shows a token, but the private database does
    not answer.
    """

    def __init__(self, initial: dict[str, Any] | None = None) -> None:
        super().__init__(initial)
        self.identity: Identity = ANONYMOUS
        self.email: str | None = None
        self.token: str | None = None
        self.last_seen_at: datetime | None = None
        self.renewed = False
        self.stale_cookie = False
        self.unreadable = False

    def enter(self, token: str) -> None:
        """Somebody signed in: new token, nothing kept from before (session fixation, CSRF token)."""
        self.clear()
        self.token, self.renewed, self.last_seen_at = token, True, None

    def leave(self) -> None:
        """The person signed out: the cookie goes, and what it remembered."""
        self.clear()
        self.token, self.identity, self.email, self.stale_cookie = None, ANONYMOUS, None, True


class PrivateSessions(SecureCookieSessionInterface):
    """Sessions of persons in the private database, of visitors in a signed cookie."""

    session_class: type[SecureCookieSession] = BrowserSession

    def __init__(self, private: PrivateDatabase, directory: ActorDirectory) -> None:
        self._private = private
        self._directory = directory

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """The session of the cookie; an empty one when there is none, or when it opens nothing."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        if cookie.startswith(_PERSON):
            return self._person(cookie.removeprefix(_PERSON))
        serializer = self.get_signing_serializer(app) if cookie else None
        if serializer is None:
            return BrowserSession()
        try:
            return BrowserSession(serializer.loads(cookie, max_age=VISITOR_SECONDS))
        except BadSignature:
            return BrowserSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Remember what changed, and give or take the cookie back."""
        if not isinstance(session, BrowserSession):
            raise TypeError(type(session))
        if session.token is not None:
            self._keep(session)
            if session.renewed:
                self._set_cookie(app, response, _PERSON + session.token)
        elif session and session.modified:
            serializer = self.get_signing_serializer(app)
            if serializer is not None:
                self._set_cookie(app, response, str(serializer.dumps(dict(session))))
        elif not session and (session.modified or session.stale_cookie):
            self._delete_cookie(app, response)

    def _person(self, token: str) -> BrowserSession:
        try:
            found = live_session(self._private, token)
        except StoreError:
            _log.warning("the private database does not answer: the request goes on as a visitor's")
            opened = BrowserSession()
            opened.unreadable = True
            return opened
        if found is None:
            opened = BrowserSession()
            opened.stale_cookie = True
            return opened
        opened = BrowserSession(found.data)
        opened.token, opened.email, opened.last_seen_at = token, found.email, found.last_seen_at
        opened.identity = self._identity(found)
        return opened

    def _identity(self, found: LiveSession) -> Identity:
        if not found.actors:
            return Identity(found.role, found.account_id)
        store_id = self._directory.store_id()
        own = (self._directory.actor_key(key) for of, key in found.actors if of == store_id)
        return Identity(found.role, found.account_id, frozenset(key for key in own if key is not None))

    def _keep(self, session: BrowserSession) -> None:
        data = dict(session) if session.modified else None
        try:
            keep_session(self._private, session.token or "", seen=session.last_seen_at, data=data)
        except StoreError:  # the page is ready: that it was seen is not worth an error
            _log.warning("the private database does not answer: a session was not kept")

    def _set_cookie(self, app: Flask, response: Response, value: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            path="/",
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite="Lax",
        )

    def _delete_cookie(self, app: Flask, response: Response) -> None:
        name, secure = self.get_cookie_name(app), self.get_cookie_secure(app)
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")


def browser_session() -> BrowserSession:
    """The session behind this request, with its type."""
    found = session._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug's own door
    if not isinstance(found, BrowserSession):
        raise TypeError(type(found))
    return found


def sign_in(private: PrivateDatabase, token: str) -> None:
    """From the next request on, this browser is the person of this session token.

    The session it had before, of whomever, ends: its token would open it for days, and nobody could sign out.
    """
    found = browser_session()
    if found.token is not None:
        end_session(private, found.token)
    found.enter(token)


def sign_out(private: PrivateDatabase) -> None:
    """End the session on the server, then in the browser."""
    found = browser_session()
    if found.token is not None:
        end_session(private, found.token)
    found.leave()


def guard_caches(response: Response) -> Response:
    """Nothing that depends on who asks stays in a cache; files that are the same for all may."""
    found = policy_of(current_app, request.endpoint) if request.endpoint else None
    if found is not None and found.asset:
        return response
    if "Vary" in response.headers:
        response.vary.add("Cookie")
    else:
        response.headers["Vary"] = "Cookie"
    opened = browser_session()
    if opened.identity.signed_in or opened.unreadable or opened.modified or hasattr(g, "csrf_token"):
        response.headers["Cache-Control"] = "private, no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    return response
