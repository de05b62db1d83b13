"""Saves, has the disk fail during a commit, and saves again: a process of its own, because it limits its own files."""

import resource
import sys
from pathlib import Path

from app.board.keeping import OutcomeUnknown
from app.store.opening import open_store
from tests.store.given import a_board, entry, note


def main(place: Path) -> None:
    """Fail unless the second save is unknown and the third is saved."""
    store = open_store(f"sqlite:///{place}/flipchart.db", data=place)
    store.create(a_board("b"), title="T", code_hash="c", at=1.0)
    written = max(path.stat().st_size for path in place.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, resource.RLIM_INFINITY))
    try:
        store.save("b", before=0, entries=[entry(1, note("n9", "x" * 50_000))])
    except OutcomeUnknown:
        pass
    else:
        sys.exit("the disk failed, and nobody noticed")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    head = store.heads(["b"])["b"][0]
    store.save("b", before=head, entries=[entry(head + 1, note("n9"), id="again")])
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
