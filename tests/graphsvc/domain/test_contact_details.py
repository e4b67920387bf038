"""Nobody's address or number gets into what is published, and ordinary figures do."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.contact_details import MOST_TOLD, ContactKind, contact_details

EMAILS = (
    "marie@exemple.fr",
    "écrire à marie.d+asso@ex-emple.co.uk !",
    "marie (at) exemple point fr",
    "marie [arobase] exemple.fr",
    "marie arobase exemple point fr",
    "m\u200barie@exemple.fr",
    "ｍａｒｉｅ＠ｅｘｅｍｐｌｅ．ｆｒ",
    "mailto:marie",
)
PHONES = (
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "0612345678",
    "+33 6 12 34 56 78",
    "+33(0)612345678",
    "0033 1 23 45 67 89",
    "+223 66 75 00 00",
    "00221 77 123 45 67",
    "au 66 75 00 00 le soir",
    "77 123 45 67",
    "appelez le 66750000",
    "Tél. : 01 69 00 00 00",
    "٠٦ ١٢ ٣٤ ٥٦ ٧٨",
    "０６１２３４５６７８",
)
HARMLESS = (
    "de 2012 à 2017",
    "12 500 000 euros",
    "1 234 567,89 €",
    "91 000 Évry",
    "SIREN 219 102 282",
    "W913000001",
    "https://exemple.fr/a?b=2012",
    "10/05/2012 - 12/06/2013",
    "2010 2011 2012 2013",
    "à 14 h 30, le 12 mai",
    "lundi 10.05.2012 et mardi 12.05.2012",
    "du 05-06-2017 au 08-06-2017",
    "les 12, 13 et 14 mai",
    "2 000 000 000 F CFA",
    "ODD 6, 7, 8 et 9",
    "rendez-vous at Paris point final",
)


@pytest.mark.parametrize("text", EMAILS)
def test_an_address_is_found_however_it_is_written(text: str) -> None:
    assert [d.kind for d in contact_details(text)] == [ContactKind.EMAIL]


@pytest.mark.parametrize("text", PHONES)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert [d.kind for d in contact_details(f"Nous sommes là. {text}, merci.")] == [ContactKind.PHONE]


@pytest.mark.parametrize("text", HARMLESS)
def test_dates_amounts_and_addresses_of_pages_are_neither(text: str) -> None:
    assert contact_details(text) == ()


def test_what_was_found_is_told_as_it_was_written() -> None:
    found = contact_details("Marie, 06 12 34 56 78, marie@exemple.fr, marie@exemple.fr")
    assert [d.text for d in found] == ["marie@exemple.fr", "06 12 34 56 78"]


@given(st.emails(domains=st.sampled_from(["exemple.fr", "ville-evry.fr", "asso.org"])))
def test_any_usual_address_is_found(address: str) -> None:
    assert contact_details(f"Écrire à {address} avant mai")


ATTACKS = ["a", "0", "0 ", "a@", "a.", "(", "+1 ", "12 ", "tel ", " ", "00 ", "+", "a-", "1.2-", "@a", "@",
           "@a point ", "tel 1", "@a.", "+1(", "06 12 34 56 7", "(at) a"]  # fmt: skip


@pytest.mark.parametrize("piece", ATTACKS)
def test_the_time_taken_grows_no_faster_than_the_text(piece: str) -> None:
    def taken(size: int) -> float:
        text = piece * (size // len(piece))
        spent = []
        for _ in range(3):
            began = time.thread_time()  # its own: what else the machine does would be counted too
            assert len(contact_details(text)) <= 2 * MOST_TOLD
            spent.append(time.thread_time() - began)
        return min(spent)

    assert taken(40_000) < 12 * taken(10_000) + 0.02  # four times the text; a square would take sixteen
