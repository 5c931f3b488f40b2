"""Countries and towns by what people write."""

import pytest

from core.errors import BadInput
from render.geography.names import country_name, find_country
from render.geography.towns import find_town


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("TUR", "TUR"), ("tr", "TUR"), ("Turkey", "TUR"), ("Turkiye", "TUR"), ("Türkiye", "TUR"), ("Kosovo", "XKX"), ("XK", "XKX"),
        ("Somaliland", "SOL"), ("N. Cyprus", "CYN"), ("South Korea", "KOR"), ("Iran", "IRN"), ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"), ("United Kingdom", "GBR"), ("Palestine", "PSE"), ("Bolivia", "BOL"),
    ],
)  # fmt: skip
def test_countries(written: str, code: str) -> None:
    assert find_country(written) == code


def test_an_unknown_country_gets_the_nearest() -> None:
    with pytest.raises(BadInput, match=r"no country 'Turky'; did you mean TUR \(Türkiye\)\?"):
        find_country("Turky")
    with pytest.raises(BadInput, match="write an ISO code"):
        find_country("Zzzzzzz")


def test_names_are_short_enough_for_maps() -> None:
    assert [country_name(code) for code in ("IRN", "GBR", "KOR", "COD", "ARE", "XKX", "DEU")] == [
        "Iran", "United Kingdom", "South Korea", "DR Congo", "UAE", "Kosovo", "Germany",
    ]  # fmt: skip


def test_towns() -> None:
    assert find_town("Aden").country == "YEM"
    assert find_town("Djibouti").capital
    assert not find_town("Rotterdam").capital
    assert (round(find_town("Istanbul").lon), round(find_town("Istanbul").lat)) == (29, 41)


def test_a_town_that_is_not_there_and_one_that_is_there_twice() -> None:
    with pytest.raises(BadInput, match="did you mean"):
        find_town("Rotterdamm")
    with pytest.raises(BadInput, match=r"2 towns are called 'Hyderabad'.*India.*Pakistan"):
        find_town("Hyderabad")
    with pytest.raises(BadInput, match=r"8 towns are called 'Springfield'.*; give lon and lat: .*; and 4 more"):
        find_town("Springfield")
    assert find_town("Hyderabad", "PAK").country == "PAK"
    with pytest.raises(BadInput, match="no town 'Aden' in Germany"):
        find_town("Aden", "DEU")
