"""Documents set in pages by Typst: one PDF, tagged for screen readers, from a template and plain data."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def set_in_pages(template: str, data: dict[str, Any], day: date) -> bytes:
    """The PDF of a template of this folder (`letters`) and its data; the same on the same day.

    The data reach the template as JSON: nothing in them is ever read as markup. Accessible (PDF/UA-1), unless
    a character has no glyph in the fonts that come with Typst: then tagged without the label of the standard.
    """
    from typst import TypstError

    try:
        return _compiled(template, data, day, labelled=True)
    except TypstError:
        return _compiled(template, data, day, labelled=False)


def set_as_picture(template: str, data: dict[str, Any], day: date, *, dots_per_inch: int) -> bytes:
    """The same template as one PNG; it must make one page."""
    return _made(template, data, day, format="png", ppi=dots_per_inch)


def _compiled(template: str, data: dict[str, Any], day: date, *, labelled: bool) -> bytes:
    return _made(template, data, day, pdf_standards="ua-1" if labelled else None)


def _made(template: str, data: dict[str, Any], day: date, **form: Any) -> bytes:
    import typst

    set_: Any = typst.compile  # its stubs want one type for the source and for the folder
    made = set_(
        (_FOLDER / f"{template}.typ").read_bytes(),
        root=str(_FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        **form,
    )
    if not isinstance(made, bytes):
        raise TypeError(template)  # what the library promises for one document of one page, or one PDF
    return made
