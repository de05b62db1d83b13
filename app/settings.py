"""Knows what an operator can set, where each setting may come from, and what is said of a bad one.

Every setting is an environment variable `FLIPCHART_<NAME>`, or a file `flipchart_<name>` in /run/secrets.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from app.board.limits import Limits
from app.proxies import believed

PREFIX: Final = "FLIPCHART_"
SECRETS: Final = Path("/run/secrets")
KEY_FILE: Final = "secret.key"
KEY_BYTES: Final = 32
DATABASE: Final = re.compile(r"([^@/?#]*@)?(\[[0-9a-fA-F:.]+\]|[^\[\]:/?#@\s]*)(:[0-9]{1,5})?(/[^?#]*)?(\?[^#]*)?")
TEST_LOCALE: Final = "FLIPCHART_TEST_LOCALE"


class BadSettings(Exception):
    """A setting cannot be used. Its text is one sentence for the operator and holds no secret.

    `names` are those of the settings that it is about, where it is about some.
    """

    def __init__(self, sentence: str, names: frozenset[str] = frozenset()) -> None:
        super().__init__(sentence)
        self.names = names


def _supported(url: str) -> str:
    scheme, found, rest = url.partition("://")
    if not found or scheme not in {"sqlite", "postgresql", "postgresql+psycopg", "postgres"}:
        raise ValueError("it must begin with sqlite:/// or postgresql://")
    if scheme == "sqlite":
        return url
    if not DATABASE.fullmatch(rest):
        raise ValueError(
            "it must be an address such as postgresql://user:password@host:5432/flipchart, in whose password the"
            " characters : / ? # @ % are written as %3A %2F %3F %23 %40 %25"
        )
    return f"postgresql://{rest}"


def _broker(url: str) -> str:
    """As its client takes it, which knows Valkey by the name of Redis only."""
    scheme, found, rest = url.partition("://")
    known = {"redis": "redis", "valkey": "redis", "rediss": "rediss", "valkeys": "rediss", "unix": "unix"}
    if not found or scheme not in known:
        raise ValueError("it must begin with redis://, rediss://, valkey://, valkeys:// or unix://")
    if any(not re.match("ssl_|db=", option) for option in rest.partition("?")[2].split("&") if option):
        raise ValueError("after its ? come ssl_ options alone, and name and password before the host")
    place = urlsplit(f"//{rest}" if scheme != "unix" else "//localhost")
    if scheme == "unix" and not rest.rpartition("@")[2].startswith("/"):
        raise ValueError("after unix:// comes the path of a socket")
    numbers = [place.path.removeprefix("/"), *re.findall(r"[?&]db=([^&]*)", rest)]
    if place.hostname and any(not re.fullmatch(r"[0-9]{0,9}", number) for number in numbers):
        raise ValueError("after the host's / comes the number of a database, such as 0")
    if not place.hostname or _port_of(place) == 0:
        raise ValueError("it must be an address such as redis://:password@broker.example.org:6379/0")
    return f"{known[scheme]}://{rest}"


def _port_of(place: SplitResult) -> int | None:
    """0 for what is no port."""
    try:
        return place.port
    except ValueError:
        return 0


def _origin(url: str) -> str:
    if not re.fullmatch(r"https?://[^/?#\s@]+/?", url):
        raise ValueError("it must be an address such as https://flipchart.example.org, without a path")
    return url.rstrip("/")


def _one_directive(sources: str) -> str:
    if re.search(r"[;,\r\n]", sources):
        raise ValueError("it must be a list of sources separated by spaces")
    return sources


def _proxies(stated: str) -> str:
    believed(stated)
    return stated


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value().encode()) < KEY_BYTES:
        raise ValueError(f"it must have at least {KEY_BYTES} characters")
    return key


def _beside(given: dict[str, Any]) -> str:
    return f"sqlite:///{given['data'].absolute() / 'flipchart.db'}"


Characters = Annotated[int, Field(ge=1, le=5000)]


class Settings(BaseSettings):
    """What an operator can set; the defaults run a session on one machine."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True, env_ignore_empty=True
    )

    data: Path = Field(Path("data"), description="The directory that holds the database and the key.")
    database_url: Annotated[str, AfterValidator(_supported)] = Field(
        default_factory=_beside,
        repr=False,
        description="The database; SQLite in the data directory if unset.",
    )
    broker_url: Annotated[str, AfterValidator(_broker)] | None = Field(
        None, repr=False, description="Redis or Valkey, for several processes; these do without if unset."
    )
    processes: int = Field(1, ge=1, le=64, description="Processes that serve; more than one needs PostgreSQL.")
    migrate: bool = Field(
        True, description="Bring the database's tables up to date at the start; `flipchart migrate` does it otherwise."
    )

    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on.")
    public_url: Annotated[str, AfterValidator(_origin)] | None = Field(
        None, description="The address that people see; taken from each request if unset."
    )
    forwarded_allow_ips: Annotated[str, AfterValidator(_proxies)] = Field(
        "127.0.0.1",
        description="The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and networks.",
    )
    frame_ancestors: Annotated[str, AfterValidator(_one_directive)] = Field(
        "'none'", description="The sites that may show Flipchart in a frame, as in a content security policy."
    )

    create_key: SecretStr | None = Field(None, description="Who starts a board must know it; anybody may if unset.")
    secret_key: Annotated[SecretStr, AfterValidator(_long_enough)] | None = Field(
        None, description="Links and cookies are derived from it; kept in the data directory if unset."
    )
    metrics_key: Annotated[SecretStr, AfterValidator(_long_enough)] | None = Field(
        None, description="Whoever asks for /metrics must say it; answered to this machine itself only if unset."
    )
    retention_days: int = Field(90, ge=1, le=36500, description="Days after its last change until a board is erased.")
    log_format: Literal["auto", "json", "console"] = Field(
        "auto", description="JSON lines, or plain lines; plain on a terminal if auto."
    )
    print_links: bool = Field(False, description="Print the links at the start even where no terminal is.")

    smart: bool = Field(
        True,
        description="Compare what notes mean, across languages; bin/setup installs what that takes.",
    )

    max_note: Characters = Field(280, description="Characters in a note.")
    max_headline: Characters = Field(140, description="Characters in a version of a headline.")
    max_title: Characters = Field(120, description="Characters in a title.")
    max_name: Characters = Field(60, description="Characters in a person's name.")
    max_place: Characters = Field(80, description="Characters in a place.")
    max_prompt: Characters = Field(300, description="Characters in a prompt.")
    max_comment: Characters = Field(500, description="Characters in a comment.")
    max_theme: Characters = Field(80, description="Characters in a theme.")
    max_notes: int = Field(10_000, ge=1, le=100_000, description="Notes on a board.")
    max_people: int = Field(5_000, ge=1, le=100_000, description="People on a board.")

    @property
    def on_sqlite(self) -> bool:
        """Whether one process must have the database to itself."""
        return self.database_url.startswith("sqlite")

    @property
    def limits(self) -> Limits:
        """The limits as the rules take them."""
        stated = {name.removeprefix("max_"): value for name, value in self if name.startswith("max_")}
        return Limits(**stated)

    def require_whole_key(self) -> None:
        """Raises BadSettings where there is a key that cannot be used; makes none."""
        if (self.data / KEY_FILE).exists():
            self.key()

    def key(self, *, make: bool = True) -> bytes:
        """The secret that links and cookies are derived from, at least 32 bytes.

        Made once, readable by its owner only, in the data directory when the operator set none; but not for whoever
        only wants to read out what a server has handed out. Raises BadSettings when that file is damaged, can be
        neither read nor written, or is missing and may not be made.
        """
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        if not make and not (self.data / KEY_FILE).exists():
            raise BadSettings(f"There is no key in {self.data / KEY_FILE}: the server that has these boards made one.")
        try:
            return _kept_key(self.data / KEY_FILE)
        except OSError as error:
            why = (error.strerror or "unknown reason").lower()
            raise BadSettings(f"The key in {self.data / KEY_FILE} can be neither read nor made: {why}.") from None


def load(**given: object) -> Settings:
    """The settings in force: what is given here first, then the environment, then /run/secrets.

    A given None counts as not given. Raises BadSettings, one sentence naming each setting that is wrong.
    """
    return _made({name: value for name, value in given.items() if value is not None})


def usable(**given: object) -> tuple[Settings, BadSettings | None]:
    """The settings in force, with the defaults of those that cannot be used, and what is said of these.

    Raises BadSettings where that is about no setting in particular.
    """
    stated = {name: value for name, value in given.items() if value is not None}
    try:
        return _made(stated), None
    except BadSettings as bad:
        if not bad.names:
            raise
        return _made({**stated, **{name: _default(name) for name in bad.names}}), bad


def origin(name: str) -> str:
    """Where a setting comes from: the environment, a file of secrets, or nowhere (its default)."""
    if any(key.lower() == f"{PREFIX}{name}".lower() and value for key, value in os.environ.items()):
        return "environment"
    files = SECRETS.iterdir() if SECRETS.is_dir() else ()
    found = next((file for file in files if file.name.lower() == f"{PREFIX}{name}".lower()), None)
    return str(found) if found else "default"


def unknown_names() -> list[str]:
    """Environment variables that look like settings and are none: most likely a slip of the pen."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {TEST_LOCALE}
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name.upper() not in known)


def _sentence(error: ValidationError) -> str:
    return " ".join(
        f"{PREFIX}{str(wrong['loc'][0]).upper()} cannot be used: {_reason(wrong['msg'])}."
        for wrong in error.errors(include_url=False, include_input=False)
    )


def _reason(message: str) -> str:
    reason = message.removeprefix("Value error, ").rstrip(".")
    return reason[0].lower() + reason[1:]


def _made(stated: dict[str, Any]) -> Settings:
    try:
        return Settings(_secrets_dir=SECRETS if SECRETS.is_dir() else None, **stated)
    except ValidationError as error:
        raise BadSettings(_sentence(error), frozenset(str(wrong["loc"][0]) for wrong in error.errors())) from None
    except SettingsError as error:
        raise BadSettings(f"A file in {SECRETS} cannot be read: {error.__cause__}.") from None


def _default(name: str) -> object:
    if name == "database_url":
        return _beside({"data": Path(os.environ.get(f"{PREFIX}DATA") or "data")})
    return Settings.model_fields[name].get_default()


def _kept_key(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_bytes()
        if len(kept) < KEY_BYTES:
            raise BadSettings(f"The key in {path} is damaged: put it back from a backup.") from None
        return kept
    made = secrets.token_bytes(KEY_BYTES)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # Half a key would be a damaged one at the next start.
        path.unlink()
        raise
    return made
