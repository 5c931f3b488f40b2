"""What somebody probably meant."""

from core.nearest import all_near, nearest


def test_the_nearest_comes_first_and_what_is_far_is_left_out() -> None:
    known = ["Hormuz", "hormone", "Horn", "Suez"]
    assert nearest("hormus", known) == "Hormuz"
    assert all_near("hormus", known, score=60) == ("Hormuz", "hormone", "Horn")
    assert all_near("hormus", known, score=60, limit=1) == ("Hormuz",)
    assert nearest("Malacca", known) is None
    assert nearest("hor", known, score=90) is None


def test_capitals_do_not_matter_and_ties_go_by_the_alphabet() -> None:
    assert nearest("SUEZ", ["Suez"]) == "Suez"
    assert all_near("ab", ["abd", "abc"]) == ("abc", "abd")
