"""Nothing is passed over where everything must be there."""

import pytest

from tests.machine import missing


def test_what_is_missing_is_skipped_by_name_at_home_and_fails_where_nothing_may_be_missing(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        missing("no Chromium")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        missing("no Chromium")
