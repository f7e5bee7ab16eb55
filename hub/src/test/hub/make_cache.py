"""Makes the folder 'cache' beside this file: what the hub's own Python library leaves of one small
repository, which this script serves itself. Its symbolic links, which not every copy of a source
tree keeps, are lines of the file 'links', a name and where it leads. Run it with huggingface_hub
installed:

    python make_cache.py
"""

import hashlib
import http.server
import os
import pathlib
import shutil
import threading

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CONFIG = b'{"architectures": ["LlamaForCausalLM"]}'
WEIGHTS = bytes(i % 251 for i in range(2000))
SHA_256 = hashlib.sha256(WEIGHTS).hexdigest()
GIT_BLOB = hashlib.sha1(b"blob %d\0" % len(CONFIG) + CONFIG).hexdigest()
CACHE = pathlib.Path(__file__).resolve().parent / "cache"
LINKS = CACHE.parent / "links"


class Repository(http.server.BaseHTTPRequestHandler):
    """/org/model/resolve/REV/FILE: small files at once, large ones from another host."""

    def do_GET(self):
        name = self.path.rsplit("/", 1)[1]
        large = name == "model.safetensors"
        self.send_response(302 if large else 200)
        self.send_header("X-Repo-Commit", COMMIT)
        if large:
            self.send_header("X-Linked-Etag", f'"{SHA_256}"')
            self.send_header("X-Linked-Size", str(len(WEIGHTS)))
            self.send_header("Location", f"http://localhost:{self.server.server_port}/content")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = WEIGHTS if name == "content" else CONFIG
        self.send_header("ETag", f'"{GIT_BLOB}"')
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    do_HEAD = do_GET

    def log_message(self, *arguments):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Repository)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["HF_ENDPOINT"] = f"http://127.0.0.1:{server.server_port}"
    from huggingface_hub import hf_hub_download

    shutil.rmtree(CACHE, ignore_errors=True)
    for name in ("config.json", "model.safetensors"):
        hf_hub_download("org/model", name, cache_dir=CACHE)
    server.shutdown()
    shutil.rmtree(CACHE / ".locks")
    (CACHE / "CACHEDIR.TAG").unlink(missing_ok=True)
    links = sorted(path for path in CACHE.rglob("*") if path.is_symlink())
    LINKS.write_text("".join(f"{path.relative_to(CACHE)} {os.readlink(path)}\n" for path in links))
    for link in links:
        link.unlink()


if __name__ == "__main__":
    main()
