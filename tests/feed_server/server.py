#!/usr/bin/env python3
"""An HTTPS server that misbehaves as publishers' servers do, and the test program run against it.

Usage: server.py TEST_PROGRAM [arguments]. Makes a certificate authority and certificates by openssl in a temporary
folder, serves on loopback, runs the program with LIAISON_TEST_PORT, LIAISON_TEST_BAD_PORTS and LIAISON_TEST_CA, and
ends with its exit code. The path of a request names the misbehaviour.
"""
import gzip
import http.server
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

LIST = b"<list>" + b"".join(b"<entry id='%d'>NAME %d</entry>\n" % (i, i * 7919) for i in range(40_000)) + b"</list>"
BOMB = gzip.compress(b"\0" * (64 << 20))  # 64 KB
HOST = "feeds.test.example"
seen = {}
lock = threading.Lock()


def count(key):
    with lock:
        seen[key] = seen.get(key, 0) + 1
        return seen[key]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body=b"", headers=(), length=None):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self):
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def do_GET(self):
        name, _, query = self.path[1:].partition("?")
        key = self.path
        try:
            getattr(self, "do_" + name.replace(".", "_").replace("/", "_"))(query, key)
        except AttributeError:
            self.reply(404, b"no such thing")
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError, OSError):
            self.close_connection = True

    # -- well-behaved ------------------------------------------------------------------------------------------------
    def do_good(self, query, key):
        if self.headers.get("If-None-Match") == '"v1"':
            return self.reply(304)
        self.reply(200, LIST, [("ETag", '"v1"'), ("Last-Modified", "Tue, 04 Nov 2025 05:06:07 GMT"), ("Content-Type", "text/xml")])

    def do_gzip(self, query, key):
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            return self.reply(200, gzip.compress(LIST), [("Content-Encoding", "gzip")])
        self.reply(200, LIST)

    def do_hello(self, query, key):
        self.reply(200, self.headers.get("User-Agent", "").encode())

    def do_robots_txt(self, query, key):
        self.reply(404)

    # -- what servers do -----------------------------------------------------------------------------------------------
    def do_firewall(self, query, key):  # 403 keyed on the User-Agent
        agent = self.headers.get("User-Agent", "")
        self.reply(200, LIST) if agent.startswith("Mozilla") else self.reply(403, b"<html>denied</html>")

    def do_html(self, query, key):
        self.reply(200, b"<!DOCTYPE html><html><body>Please log in</body></html>", [("Content-Type", "text/html")])

    def do_empty(self, query, key):
        self.reply(200, b"")

    def do_status(self, query, key):
        self.reply(int(query))

    def do_truncated(self, query, key):  # breaks off, always
        self.reply(200, LIST[:300_000], length=len(LIST))
        self.hang_up()

    def do_reset_once(self, query, key):  # breaks off, then serves ranges
        wanted = self.headers.get("Range")
        head = [("ETag", '"v7"'), ("Accept-Ranges", "bytes")]
        if wanted and self.headers.get("If-Range") == '"v7"':
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            return self.reply(206, LIST[start:], head + [("Content-Range", f"bytes {start}-{len(LIST) - 1}/{len(LIST)}")])
        self.reply(200, LIST[:300_000], head, length=len(LIST))
        self.hang_up()

    def do_changed_meanwhile(self, query, key):  # breaks off; the rest asked for is of another version
        if count(key) == 1:
            self.reply(200, b"OLD" * 100_000, [("ETag", '"old"'), ("Accept-Ranges", "bytes")], length=len(LIST))
            return self.hang_up()
        self.reply(200, LIST, [("ETag", '"new"')])

    def do_wrong_range(self, query, key):  # answers another range than asked for
        if self.headers.get("Range"):
            return self.reply(206, LIST[:10], [("Content-Range", f"bytes 0-9/{len(LIST)}"), ("ETag", '"v7"')])
        if count(key) == 1:
            self.reply(200, LIST[:300_000], [("ETag", '"v7"')], length=len(LIST))
            return self.hang_up()
        self.reply(200, LIST, [("ETag", '"v7"')])

    def do_short_length(self, query, key):  # Content-Length smaller than the body
        self.reply(200, LIST, length=1_000)
        self.close_connection = True

    def do_drip(self, query, key):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(60):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.25)

    def do_silent(self, query, key):
        time.sleep(20)

    def do_endless(self, query, key):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while True:
            self.wfile.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    def do_promised_too_much(self, query, key):
        self.reply(200, b"x" * 1000, length=10**12)

    def do_bomb(self, query, key):
        self.reply(200, BOMB, [("Content-Encoding", "gzip")])

    def do_not_gzip(self, query, key):
        self.reply(200, b"plain text", [("Content-Encoding", "gzip")])

    def do_always_gzip(self, query, key):
        self.reply(200, gzip.compress(LIST), [("Content-Encoding", "gzip")])

    def do_headers(self, query, key):
        self.reply(200, b"x", [(f"X-{i}", "y" * 1_000) for i in range(90)] * 4)

    def do_long_header(self, query, key):
        self.reply(200, b"x", [("X-Long", "y" * 400_000)])

    def do_garbage(self, query, key):
        self.wfile.write(b"\x00\x01\x02 this is not HTTP\r\n\r\n")
        self.close_connection = True

    def do_close(self, query, key):
        self.hang_up()

    def do_loop(self, query, key):
        self.reply(302, headers=[("Location", "/loop")])

    def do_hops(self, query, key):
        left = int(query)
        self.reply(301 if left % 2 else 308, headers=[("Location", f"/hops?{left - 1}" if left > 1 else "/good")])

    def do_to(self, query, key):
        self.reply(302, headers=[("Location", query)])

    def do_busy(self, query, key):  # 429 with Retry-After, twice
        if count(key) <= 2:
            return self.reply(429, headers=[("Retry-After", "7")])
        self.reply(200, LIST)

    def do_busy_until(self, query, key):
        self.reply(503, headers=[("Retry-After", "Fri, 31 Dec 2027 23:59:59 GMT")])

    def do_flaky(self, query, key):  # 500, 502, then good
        number = count(key)
        return self.reply({1: 500, 2: 502}[number]) if number <= 2 else self.reply(200, LIST)

    def do_midnight(self, query, key):  # 403 at exactly 00:00
        self.reply(403)

    def do_claims_unchanged(self, query, key):  # 304 to an unconditional request
        self.reply(304)

    def do_hashes(self, query, key):
        import hashlib
        right = hashlib.sha256(LIST).hexdigest()
        self.reply(200, f"<table><tr><td>LIST.XML</td><td>{right if query == 'right' else '0' * 64}</td></tr></table>".encode())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):  # clients hang up on purpose
        pass


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def certificate(folder, name, hosts, days="30", signed=True):
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={hosts[0]}")
    with open(os.path.join(folder, f"{name}.ext"), "w", encoding="ascii") as out:
        out.write("subjectAltName=" + ",".join(f"DNS:{host}" for host in hosts) + "\n")
    if signed:
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days,
                "-extfile", f"{name}.ext", "-out", f"{name}.pem")
    else:
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-signkey", f"{name}.key", "-days", days, "-extfile", f"{name}.ext",
                "-out", f"{name}.pem")


def serve(folder, name, address="127.0.0.1", port=0):
    server_class = Server
    if ":" in address:
        server_class = type("Server6", (Server,), {"address_family": socket.AF_INET6})
    server = server_class((address, port), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, f"{name}.pem"), os.path.join(folder, f"{name}.key"))
    # The handshake belongs to the thread of the connection, so that a client that stalls holds up nobody.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main():
    folder = tempfile.mkdtemp(prefix="liaison-feed-server-")
    try:
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
                "-subj", "/CN=liaison test authority", "-addext", "basicConstraints=critical,CA:TRUE")
        certificate(folder, "good", [HOST, "other.test.example"])
        certificate(folder, "wrong_host", ["elsewhere.test.example"])
        certificate(folder, "self_signed", [HOST], signed=False)
        certificate(folder, "expired", [HOST], days="-1")
        port = serve(folder, "good")
        try:
            serve(folder, "good", "::1", port)
            ipv6 = "1"
        except OSError:
            ipv6 = ""
        bad = [serve(folder, name) for name in ("wrong_host", "self_signed", "expired")]
        environment = dict(os.environ, LIAISON_TEST_PORT=str(port), LIAISON_TEST_BAD_PORTS=" ".join(map(str, bad)),
                           LIAISON_TEST_CA=os.path.join(folder, "ca.pem"), LIAISON_TEST_IPV6=ipv6)
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
