"""Who is here, whichever process they came to: one person is one person, and who is gone is gone everywhere soon."""

import time

import pytest

from app.realtime.here import HOLDS, PAUSE, Here
from app.realtime.neighbours import Alone
from tests.realtime.between import Between

BEAT = 10.0


class Clock:
    now = 1_000.0

    def __call__(self):
        return self.now


class Processes:
    """Some processes that serve one board."""

    def __init__(self, *names):
        self.between, self.clock, self.screens = Between(), Clock(), {}
        self.here, self.early = {}, []
        for name in names:
            self.opens(name)

    def opens(self, name):
        neighbour = self.between.process(name)
        neighbour.listen(lambda board, kind, process, said: self._hear(name, kind, process, said))
        self.here[name] = Here("board", neighbour, lambda: self.screens.get(name, 0), self.clock)
        early, self.early = self.early, []
        for said in early:
            self._hear(*said)

    def _hear(self, name, kind, process, said):
        if name not in self.here:
            self.early.append((name, kind, process, said))
        elif kind == "who":
            self.here[name].say()
        else:
            self.here[name].heard(process, said)

    def later(self, seconds):
        self.clock.now += seconds
        for here in self.here.values():
            here.say_soon()

    def beat(self, *names):
        self.clock.now += BEAT
        return [self.here[name].beat() for name in names]


def test_Y9_tabs_in_two_processes_are_one_person():
    them = Processes("one", "two")
    one, two = them.here["one"], them.here["two"]
    one.count("lyon", 1)
    two.count("lyon", 1)
    them.later(PAUSE)
    assert one.people == two.people == {"lyon": 2}
    one.count("lyon", -1)
    them.later(PAUSE)
    assert one.people == two.people == {"lyon": 1}
    two.count("lyon", -1)
    them.later(PAUSE)
    assert not one.people and not two.people


def test_who_opens_a_board_is_told_at_once_who_is_there():
    them = Processes("one")
    them.here["one"].count("lyon", 1)
    them.later(PAUSE)
    them.screens["one"] = 2
    them.opens("two")
    assert them.here["two"].people == {"lyon": 1} and them.here["two"].screens == 2


def test_Y10_the_people_of_a_killed_process_are_gone_within_45_seconds():
    them = Processes("one", "two", "three")
    for name, person in (("one", "lyon"), ("two", "dakar"), ("three", "quito")):
        them.here[name].count(person, 1)
    them.later(PAUSE)
    killed_at = them.clock.now
    while "quito" in them.here["one"].people:
        them.beat("one", "two")
    assert them.clock.now - killed_at <= 45
    assert them.here["one"].people == them.here["two"].people == {"lyon": 1, "dakar": 1}


def test_two_lost_beats_make_nobody_go():
    them = Processes("one", "two")
    them.here["two"].count("dakar", 1)
    them.later(PAUSE)
    them.between.cut = {"two"}
    them.beat("two", "one"), them.beat("two", "one")
    assert them.here["one"].people == {"dakar": 1}


def test_Y10_while_the_broker_is_away_nobody_goes_and_afterwards_all_is_said_anew():
    them = Processes("one", "two")
    one, two = them.here["one"], them.here["two"]
    one.count("lyon", 1), two.count("dakar", 1), two.count("accra", 1)
    them.later(PAUSE)
    them.between.cut = {"one", "two"}
    one.turned(lost=True), two.turned(lost=True)
    for _ in range(12):
        them.beat("one", "two")
    two.count("accra", -1)
    assert one.people == {"lyon": 1, "dakar": 1, "accra": 1}
    them.between.cut = set()
    one.turned(lost=False), two.turned(lost=False)
    assert one.people == two.people == {"lyon": 1, "dakar": 1}


def test_a_thousand_who_join_are_told_once_a_second_and_cheaply():
    them = Processes("one", "two")
    one, two = them.here["one"], them.here["two"]
    began = time.thread_time()
    for number in range(1_000):
        one.count(f"{number:032x}", 1)
        them.later(0.01)
    them.later(PAUSE)
    assert len(two.people) == 1_000
    told = len(them.between.kinds("here"))
    assert told <= 12, "ten seconds"
    # Both sides of it, with reading and writing: some milliseconds of each second.
    assert (time.thread_time() - began) / told < 0.1


def test_very_many_are_told_more_rarely():
    them = Processes("one", "two")
    for number in range(4_000):
        them.here["one"].count(str(number), 1)
    them.later(PAUSE)
    said = len(them.between.kinds("here"))
    them.here["one"].count("one more", 1)
    them.later(PAUSE), them.later(PAUSE)
    assert len(them.between.kinds("here")) == said
    them.later(2 * PAUSE)
    assert "one more" in them.here["two"].people


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"people": {"lyon": 1}},
        {"people": {"lyon": -1}, "screens": 0},
        {"people": {"lyon": 10**9}, "screens": 0},
        {"people": {"lyon": "1"}, "screens": 0},
        {"people": {"x" * 65: 1}, "screens": 0},
        {"people": 7, "screens": 0},
        {"people": {}, "screens": None},
    ],
)
def test_what_is_no_such_thing_changes_nothing(said):
    here = Processes("one").here["one"]
    with pytest.raises((KeyError, TypeError, ValueError)):
        here.heard("two", said)
    assert not here.people


def test_where_there_is_no_other_process_nothing_is_said_and_one_count_is_kept():
    here = Here("board", Alone(), lambda: 0, Clock())
    here.count("lyon", 1)
    here.beat()
    assert here.people == {"lyon": 1}
    assert HOLDS + BEAT <= 45
