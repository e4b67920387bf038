"""A file to keep, as the answer of a page."""

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def attachment(content: bytes, mimetype: str, name: str) -> Response:
    """The content under a name that the browser proposes."""
    answer = Response(content, content_type=mimetype)  # a charset said in it is not said twice
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
