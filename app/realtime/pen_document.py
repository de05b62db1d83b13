"""The words of one version under several hands: a yjs document, how it is kept, and what is taken into it."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

from pycrdt import Doc, Text

from app.board.records import Version
from app.board.writing import tidy
from app.realtime.pen_merging import merged, replaced
from app.realtime.pen_updates import TEXT, NotUnderstood, Update, erasing, read, vector

NOTHING = b"\0\0"
# In UTF-16 units: four times what is kept, so that two who paste at once lose nothing.
MOST_TEXT = 2_000
# Bytes of the whole document, with what was deleted; beyond it a new one begins from the words.
MOST_STATE = 12 * 1024

# Of a person: is nothing of theirs to stay?
Gone = Callable[[str], bool]


class TooMuch(Exception):
    """More words than a version may ever have."""


@dataclass(slots=True)
class Document:
    """`generation` names the document: states of the same one can be merged, those of different ones must not be.

    `owners` says whose hand each yjs writer is, so that nobody writes as somebody else.
    """

    generation: str
    doc: "Doc[Text]" = field(default_factory=Doc)
    owners: dict[int, str] = field(default_factory=dict)
    # What was only heard of other processes and is not kept: of each yjs writer, from which unit to before which.
    theirs: list[tuple[int, int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, epoch: str, version_id: str, version: Version | None) -> "Document":
        """The document that is kept with the version, or a new one that begins with its words.

        A new one is the same in every process: its name, and who wrote its first words, follow from the version.
        """
        kept = _kept(version) if version is not None else None
        return kept or cls._begun(epoch, version_id, version)

    @classmethod
    def _begun(cls, epoch: str, version_id: str, version: Version | None) -> "Document":
        text, seq = (version.text, version.text_seq) if version is not None else ("", 0)
        digest = blake2b(f"{epoch}|{version_id}|{seq}|{text}".encode(), digest_size=12).digest()
        writer = int.from_bytes(digest[:4], "big")
        begun = cls(digest.hex(), owners={writer: ""})
        if text:
            begun.doc.apply_update(_first_words(writer, text))
        return begun

    @property
    def _words(self) -> Text:
        words: Text = self.doc.get(TEXT, type=Text)
        return words

    @property
    def text(self) -> str:
        """As it is being written: not tidied, maybe too long, maybe none."""
        return str(self._words)

    def own_text(self, gone: Gone) -> str:
        """The same without what other processes have yet to keep: who hears of a stroke does not write it again.

        And without what was written by whoever is `gone`, as far as it is known whose hand it was.
        """
        erased = {writer for writer, person in self.owners.items() if gone(person)}
        ranges = [each for each in self.theirs if each[0] not in erased]
        ranges += [(writer, 0, end) for writer, end in vector(self.vector()).items() if writer in erased]
        copy = Document(self.generation)
        copy.doc.apply_update(self.doc.get_update())
        copy.doc.apply_update(erasing(ranges))
        return copy.text

    @property
    def kept(self) -> str:
        """As a version keeps it."""
        return f"{self.generation}.{b64encode(self.doc.get_update()).decode()}"

    @property
    def is_full(self) -> bool:
        """Has so much been written and deleted that it should begin anew from its words?"""
        return len(self.doc.get_update()) > MOST_STATE

    def vector(self) -> bytes:
        """What it knows, for yjs's first step."""
        return bytes(self.doc.get_state())

    def missing(self, known: bytes) -> bytes:
        """What somebody lacks who knows that much. Raises NotUnderstood."""
        vector(known)
        return bytes(self.doc.get_update(known))

    def take(self, update: bytes, person: str, *, claims: bool, here: bool = True) -> bool:
        """Take in what a person's page wrote; whether there is anything new in it. `claims`: that is their own hand.

        Not `here`: at another process. Raises NotUnderstood and TooMuch, and then nothing of it is taken.
        """
        known = vector(self.vector())
        found = read(update, known)
        if any(self.owners.get(writer, person) != person for writer in found.writes):
            raise NotUnderstood
        if len(self.text.encode("utf-16-le")) // 2 + found.fresh > MOST_TEXT and found.fresh:
            raise TooMuch
        if claims:
            self.owners.update(dict.fromkeys(found.writes, person))
        new = self._apply(update, found)
        if not here:
            self.theirs += [(writer, known.get(writer, 0), found.ends[writer]) for writer in found.writes]
        return new

    def _apply(self, update: bytes, found: Update) -> bool:
        before = self.doc.get_update()
        try:
            self.doc.apply_update(update)
        except ValueError:
            raise NotUnderstood from None
        return bool(found.writes) or self.doc.get_update() != before

    def merge(self, version: Version) -> tuple[bytes, str] | None:
        """Take in what another process kept of the same document: what is new in it, and the words it kept.

        None for another document.
        """
        other = self.settle(version)
        if other is None or other.generation != self.generation:
            return None
        update = bytes(other.doc.get_update(self.doc.get_state()))
        self.doc.apply_update(update)
        return update, other.text

    def settle(self, version: Version) -> "Document | None":
        """What is kept now is nobody's to keep any more; answers with what is."""
        kept = _kept(version)
        if kept is not None and self.theirs:
            known = vector(kept.vector())
            self.theirs = [each for each in self.theirs if each[2] > known.get(each[0], 0)]
        return kept

    def reword(self, before: str, after: str) -> None:
        """Do to these words what made `after` of `before`."""
        now = self.text
        for first, last, put in reversed(replaced(now, merged(before, after, now))):
            self._replace(now, first, last, put)

    def _replace(self, now: str, first: int, last: int, put: str) -> None:
        """Only the characters that differ: what is written again would be there twice where two do so."""
        gone = now[first:last]
        start = _alike(gone, put)
        end = _alike(gone[start:][::-1], put[start:][::-1])
        first, last, put = first + start, last - end, put[start : len(put) - end]
        words = self._words
        if last > first:
            del words[_bytes(now, first) : _bytes(now, last)]
        if put:
            words.insert(_bytes(now, first), put)


def _kept(version: Version) -> Document | None:
    """The document that was kept, unless the words became others without it."""
    generation, _, state = version.pen.partition(".")
    if not state:
        return None
    kept = Document(generation)
    try:
        kept.doc.apply_update(b64decode(state))
    except ValueError:
        return None
    return kept if tidy(kept.text) == version.text else None


def _first_words(writer: int, text: str) -> bytes:
    doc: Doc[Text] = Doc(client_id=writer)
    doc.get(TEXT, type=Text).insert(0, text)
    return bytes(doc.get_update())


def _bytes(text: str, at: int) -> int:
    """pycrdt counts the bytes of UTF-8."""
    return len(text[:at].encode())


def _alike(one: str, other: str) -> int:
    """How many characters are the same from the beginning on."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))
