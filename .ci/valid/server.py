"""A server on this machine that records each request and gives the answer that it was told to give."""

import http.server
import threading


class Received:
    """A request as it arrived. The names of its headers are in lower case."""

    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body

    def media_type(self):
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_request(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = b"".join(iter(self.read_chunk, b""))
        else:
            body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.received = Received(self.command, self.path, headers, body)
        answer = self.server.answer
        self.send_response(answer.status)
        if answer.media:
            self.send_header("Content-Type", answer.media)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status not in (204, 304):
            self.wfile.write(answer.body)

    def read_chunk(self):
        chunk = self.rfile.read(int(self.rfile.readline(), 16))
        self.rfile.readline()
        return chunk

    def log_message(self, *_):
        pass


for method in ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"):
    setattr(Handler, f"do_{method}", Handler.handle_request)


class Server(http.server.ThreadingHTTPServer):
    """The server. Set `answer` before a call, and read `received` after it."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = self.received = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        """Returns the base URL with the path of the provider's server."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"
