"""Words that stand in one place alone, so that wherever they are found they came from there."""


def canary(state: str) -> str:
    """Words that stand in one note alone."""
    return f"xqz-{state}-zqx"


def name_of(person: str) -> str:
    """A name that is one person's alone."""
    return f"xqzname-{person}-zqx"
