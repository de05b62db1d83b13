"""Where a thing stands among others: short strings in byte order, with room between any two of them."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def between(low: str, high: str) -> str:
    """A string that sorts after `low` and before `high` in byte order; "" is the open end on either side.

    Fractional indexing: the digits of a fraction in base 62, never ending in "0", so that there is
    always something below. ValueError when `low` does not sort before `high`.
    """
    if high and low >= high:
        raise ValueError(f"{low!r} is not before {high!r}")
    made = ""
    while True:
        at = len(made)
        floor = DIGITS.index(low[at]) if at < len(low) else 0
        ceiling = DIGITS.index(high[at]) if at < len(high) else len(DIGITS)
        if ceiling - floor > 1:
            return made + DIGITS[(floor + ceiling) // 2]
        made += DIGITS[floor]
        if ceiling > floor:
            high = ""
