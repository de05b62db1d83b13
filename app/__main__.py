"""Lets `python -m app` be the command line."""

import gc

if __name__ == "__main__":
    # All that is imported stays; looking through it again and again for what may go takes a fifth of a start.
    gc.disable()
    from app.cli import run

    gc.freeze()
    gc.enable()
    run()
