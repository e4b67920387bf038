"""Headers of every answer: a strict content security policy with a nonce, and what goes with it."""

import secrets

from flask import Flask, Response, current_app, g

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ONLY_HTTPS = "max-age=63072000; includeSubDomains"


def nonce() -> str:
    """The nonce of this request, for the scripts the site itself writes."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def allow_embedding() -> None:
    """Let the sites named by MAILLAGE_EMBED_HOSTS show this answer, and only it, in a frame of theirs."""
    g.embedders = tuple(current_app.config.get("MAILLAGE_EMBED_HOSTS", ()))


def content_policy() -> str:
    """Nothing from another host, no inline code without this request's nonce."""
    embedders = " ".join(g.get("embedders", ())) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce()}'",
            f"style-src 'self' 'nonce-{nonce()}'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {embedders}",
            "object-src 'none'",
        )
    )


def install_headers(app: Flask, *, secure: bool) -> None:
    """Add the headers to every answer, errors included. `secure`: served by HTTPS only."""
    fixed = _FIXED if not secure else {**_FIXED, "Strict-Transport-Security": _ONLY_HTTPS}

    def add(response: Response) -> Response:
        headers = response.headers
        said = {name.lower() for name, _ in headers}
        for name, value in {"Content-Security-Policy": content_policy(), **fixed}.items():
            if name.lower() not in said:
                headers.add(name, value)
        if g.get("embedders"):  # this header knows no list of sites: the policy above says them
            del headers["X-Frame-Options"]
        return response

    app.after_request(add)
    app.context_processor(lambda: {"csp_nonce": nonce})
