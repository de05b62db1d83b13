"""Which texts say "not", in seven languages, and which pairs of them only one does."""

import pytest

from app.alike.negation import is_one_sided, says_no


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We don't need more buses", "en"),
        ("We don’t need more buses", "en"),
        ("No cars in the centre", "en"),
        ("Nous ne voulons pas de voitures", "fr"),
        ("Sans voitures", "fr"),
        ("N’oubliez personne", "fr"),
        ("El agua no es un negocio", "es"),
        ("Não queremos carros", "pt-BR"),
        ("Keine Autos in der Stadt", "de"),
        ("Niente auto in centro", "it"),
        ("لا نريد السيارات", "ar"),
        # Somebody who writes in a language other than their page's.
        ("Wir brauchen nicht mehr Busse", "en"),
    ],
)
def test_I7_it_says_not(text, language):
    assert says_no(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We need more buses", "en"),
        ("Nothingness and knots, in Notting Hill", "en"),
        ("Árvores no centro", "pt"),
        ("Il faut plus de bus", "fr"),
        ("Une personne, une voix", "fr"),
        ("Por mais parques", "pt"),
        ("", "en"),
        ("نحتاج إلى المزيد من الحافلات", "ar"),
    ],
)
def test_I7_it_does_not(text, language):
    assert not says_no(text, language)


def test_I7_one_side_alone_is_marked():
    yes, no = ("We need more buses", "en"), ("Il ne faut pas plus de bus", "fr")
    assert is_one_sided([yes, no])
    assert not is_one_sided([yes, yes])
    assert not is_one_sided([no, no])
    assert not is_one_sided([])
