"""Every page and state of Flipchart, each made by the acts that lead to it; each is looked at in every language."""

from collections.abc import Callable, Mapping

from tests.browser.hour.alike import ALIKE
from tests.browser.hour.before import BEFORE
from tests.browser.hour.billboards import BILLBOARDS
from tests.browser.hour.comforts import COMFORTS
from tests.browser.hour.drafting import DRAFTING
from tests.browser.hour.facilitating import FACILITATING
from tests.browser.hour.following import FOLLOWING
from tests.browser.hour.grouping import GROUPING
from tests.browser.hour.house import House
from tests.browser.hour.looking import Look
from tests.browser.hour.outside import OUTSIDE
from tests.browser.hour.projected import PROJECTED
from tests.browser.hour.rehearsed import REHEARSED
from tests.browser.hour.resulting import RESULTING
from tests.browser.hour.staged import STAGED
from tests.browser.hour.together import TOGETHER
from tests.browser.hour.voting import VOTING
from tests.browser.hour.writing import WRITING

State = Callable[[House, str], Look]
LANGUAGES = ("fr", "en", "es", "xx")
STATES: Mapping[str, State] = {
    state.__name__: state
    for state in (
        *OUTSIDE,
        *BEFORE,
        *WRITING,
        *DRAFTING,
        *TOGETHER,
        *VOTING,
        *BILLBOARDS,
        *FACILITATING,
        *GROUPING,
        *COMFORTS,
        *REHEARSED,
        *STAGED,
        *PROJECTED,
        *ALIKE,
        *FOLLOWING,
        *RESULTING,
    )
}
