"""What this process knows of a board: as it is kept, one batch further, its newest entries and its answers."""

from collections.abc import Iterable
from dataclasses import replace

from app.board.board import Board
from app.board.entries import Entry, without_pen
from app.board.keeping import Answer, Loaded, News
from app.realtime.history import History


class Known:
    """`board` is what is kept and may be read at any time; `ahead` is what is being decided."""

    def __init__(self, loaded: Loaded) -> None:
        self.adopt(loaded)

    def adopt(self, loaded: Loaded) -> None:
        """Forget everything and know this."""
        self.board = loaded.board
        self.history = History(loaded.entries)
        self.answers = dict(loaded.answers)
        self.take_back()

    def take_back(self) -> None:
        """Put the board ahead back to what is kept: nobody saw anything of it."""
        board = self.board
        self.ahead = Board(board.id, epoch=board.epoch, seq=board.seq, records=board.records())

    def commit(self, entries: Iterable[Entry]) -> None:
        """What was decided on the board ahead is kept now."""
        for entry in entries:
            self.board.apply(entry.after)
            self.board.advance(entry.seq)
            self.history.add(replace(entry, before=without_pen(entry.before), after=without_pen(entry.after)))
            self.answers[entry.actor, entry.id] = Answer(seq=entry.seq, digest=entry.digest, made=entry.made)

    def follows(self, news: News) -> bool:
        """Whether these news, read after this board's seq, lead from here to where the board is kept."""
        return news.epoch == self.board.epoch and self.board.seq + len(news.entries) == news.seq

    def follow(self, entries: Iterable[Entry]) -> None:
        """What others decided is kept: what was decided here on another board than theirs comes to nothing."""
        level = self.ahead.seq == self.board.seq
        for entry in entries:
            self.commit((entry,))
            if level:
                self.ahead.apply(entry.after)
                self.ahead.advance(entry.seq)
        if not level:
            self.take_back()
