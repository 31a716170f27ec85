"""A TLS front on loopback: terminates TLS, passes bytes on. Microsoft's libraries refuse authorities without https."""

import asyncio
import ssl
import subprocess
import threading


def make_certificate(folder):
    """A certificate for localhost that signs itself; answers the paths of certificate and key."""
    certificate, key = folder / "front.pem", folder / "front.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    return certificate, key


class Front:
    """Listens at once, forwards once `target` is known: the tenant must be told our port when it starts."""

    def __init__(self, certificate, key):
        self.target = None
        self.port = None
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait()

    def _run(self, ready):
        asyncio.run(self._serve(ready))

    async def _serve(self, ready):
        server = await asyncio.start_server(self._connection, "localhost", 0, ssl=self._context, family=2)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await server.serve_forever()

    async def _connection(self, reader, writer):
        try:
            upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_copy(reader, upstream_writer), _copy(upstream_reader, writer))


async def _copy(source, sink):
    try:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    except (ConnectionError, ssl.SSLError):
        pass
    finally:
        try:
            sink.close()
        except (ConnectionError, ssl.SSLError, RuntimeError):
            pass
