"""What is shown can be had, and the newest board is the one that is shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import pytest

from render import watch_board
from render.watch_board import Board, Card, Pictures


def test_shown_pictures_stay_however_many_and_the_longest_unused_of_the_others_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch_board, "KEPT_PICTURES", 3)
    board, picture = Board(), np.zeros((8, 8, 3), np.uint8)
    cards: list[Card] = []
    for number in range(10):
        board.pictures[f"shown{number}"] = picture
        cards.append(Card(f"scene{number}", "title", picture=f"shown{number}"))
        board.publish(cards, busy="drawing")
    for number in range(5):
        board.pictures[f"other{number}"] = picture
    assert all(board.pictures.get(card.picture) for card in cards)
    assert [known(board.pictures, f"other{number}") for number in range(5)] == [False, False, True, True, True]
    board.publish([], busy="")
    board.pictures["new"] = picture
    assert not known(board.pictures, "shown0")
    assert known(board.pictures, "new")


def known(pictures: Pictures, name: str) -> bool:
    return pictures.get(name) is not None


class SlowCards(Sequence[Card]):
    """Cards that are looked at for as long as one likes."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __len__(self) -> int:
        return 1

    @overload
    def __getitem__(self, index: int) -> Card: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Card]: ...
    def __getitem__(self, index: int | slice) -> Card | Sequence[Card]:
        raise IndexError(index)

    def __iter__(self) -> Iterator[Card]:
        self.begun.set()
        self.go_on.wait(5)
        yield Card("old", "title")


def test_an_older_board_does_not_come_after_a_newer_one() -> None:
    board, cards = Board(), SlowCards()
    old = threading.Thread(target=board.publish, args=(cards,), kwargs={"busy": "drawing"})
    new = threading.Thread(target=board.publish, args=([Card("new", "title")],), kwargs={"busy": ""})
    old.start()
    assert cards.begun.wait(5)
    new.start()
    new.join(0.2)
    cards.go_on.set()
    old.join(5)
    new.join(5)
    assert [card["id"] for card in board.document["cards"]] == ["new"]
    assert board.document["busy"] == ""
