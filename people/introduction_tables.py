"""The tables of introductions: who asks to meet whom and what came of it, and the contacts shown by consent.

A contact is a row apart: it goes with the account of whoever gave it, and is never part of the request.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from people.tables import Base


class IntroductionRow(Base):
    """A request of one actor to meet another. `about_*`: the announcement or project it is for.

    `open_pair` and `form` are SHA-256: the pair while the request is open (one at a time), and the sending of
    the form (the same sent twice is one). `ask_again_on`: the day from which the page asks what came of it.
    """

    __tablename__ = "introductions"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    store_id: Mapped[str]
    asker_key: Mapped[str]
    other_key: Mapped[str]
    about_kind: Mapped[str | None] = mapped_column(String(20))
    about_key: Mapped[str | None]
    message: Mapped[str] = mapped_column(Text())
    relay: Mapped[str] = mapped_column(String(20))
    relay_key: Mapped[str | None]
    state: Mapped[str] = mapped_column(String(20))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    passed_on_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    introduced_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ask_again_on: Mapped[str | None] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(Text())
    link_id: Mapped[str | None]
    open_pair: Mapped[str | None] = mapped_column(String(64), unique=True)
    form: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (Index(None, "store_id", "asker_key"), Index(None, "store_id", "other_key"))


class ConsentRow(Base):
    """A person agrees that the other side sees how to reach them. `contact` None: the account's address."""

    __tablename__ = "introduction_consents"

    introduction_id: Mapped[str] = mapped_column(
        ForeignKey("introductions.id", ondelete="CASCADE"), primary_key=True
    )
    side: Mapped[str] = mapped_column(String(10), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    contact: Mapped[str | None]
    given_at: Mapped[datetime]
