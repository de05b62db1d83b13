"""What our two protocol classes rely on in the server that they are made of: gone or changed, and this fails first."""

import inspect
from importlib.metadata import version

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from app.listening import Http, Socket

HTTP = {
    "connection_made": "(self, transport)",
    "connection_lost": "(self, exc)",
    "pause_writing": "(self)",
    "resume_writing": "(self)",
    "data_received": "(self, data)",
    "handle_websocket_upgrade": "(self)",
    "on_message_begin": "(self)",
    "on_headers_complete": "(self)",
    "on_body": "(self, body)",
    "on_message_complete": "(self)",
    "shutdown": "(self)",
}
SOCKET = {
    "connection_made": "(self, transport)",
    "connection_lost": "(self, exc)",
    "pause_writing": "(self)",
    "resume_writing": "(self)",
    "data_received": "(self, data)",
    "handle_connect": "(self, event)",
    "handle_events": "(self)",
    "send_receive_event_to_app": "(self)",
    "handle_parser_exception": "(self)",
    "handle_ping": "(self)",
    "handle_close": "(self, event)",
    "keepalive_timeout": "(self)",
    "stop_keepalive": "(self)",
    "shutdown": "(self)",
}
USED_OF_HTTP = {
    "loop", "transport", "parser", "cycle", "pipeline", "timeout_keep_alive_task", "connections", "ws_protocol_class",
}  # fmt: skip
USED_OF_SOCKET = {
    "loop", "transport", "conn", "queue", "close_sent", "close_timer", "read_paused", "handshake_initiated",
    "frames", "curr_msg_data_type",
}  # fmt: skip
USED_OF_CONNECTION = {"events", "handshake_exc", "data_to_send", "send_close", "extensions", "available_extensions"}


def shape(found: object) -> str:
    """A function's parameters, without their types."""
    signature = inspect.signature(found)  # type: ignore[arg-type]
    plain = [each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()]
    return str(signature.replace(parameters=plain, return_annotation=inspect.Signature.empty))


@pytest.mark.parametrize(("stock", "expected"), [(HttpToolsProtocol, HTTP), (WebSocketsSansIOProtocol, SOCKET)])
def test_what_we_override_is_there_and_is_called_as_before(stock: type, expected: dict[str, str]):
    assert {name: shape(getattr(stock, name)) for name in expected if hasattr(stock, name)} == expected


@pytest.mark.parametrize(("ours", "listed"), [(Http, HTTP), (Socket, SOCKET)])
def test_nothing_that_we_override_is_missing_from_that_list(ours: type, listed: dict[str, str]):
    stock = HttpToolsProtocol if ours is Http else WebSocketsSansIOProtocol
    mine = {name for cls in ours.__mro__ if cls.__module__.startswith("app.") for name in vars(cls)}
    overridden = {name for name in mine if hasattr(stock, name) and not name.startswith("__")}
    assert overridden <= set(listed), overridden - set(listed)


async def test_what_we_read_of_a_connection_is_there():
    config = uvicorn.Config(lambda: None, log_config=None)  # type: ignore[arg-type]
    config.load()
    http = HttpToolsProtocol(config, ServerState(), {})
    socket = WebSocketsSansIOProtocol(config, ServerState(), {})
    assert {name for name in USED_OF_HTTP if not hasattr(http, name)} == set()
    assert {name for name in USED_OF_SOCKET if not hasattr(socket, name)} == set()
    assert {name for name in USED_OF_CONNECTION if not hasattr(socket.conn, name)} == set()
    assert "response_complete" in RequestResponseCycle.__init__.__code__.co_names


def test_the_server_is_the_one_that_all_this_was_read_in():
    assert version("uvicorn") == "0.54.0"
