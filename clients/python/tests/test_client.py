"""What the hand-made layer does, against a server and campaigns that are made up."""

import io
import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import piecrust as pc
from piecrust.campaign import Campaign
from piecrust.transport import Transport


@pytest.fixture
def server():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Authorization"]))
            body = json.dumps({"detail": "there is no campaign 'x', expected one of a, b"}).encode()
            self.send_response(404)
            self.send_header("Content-Type", "application/problem+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    asked = []
    http = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}", asked
    http.shutdown()
    http.server_close()


def test_a_refusal_is_one_sentence(server):
    address, asked = server
    with pytest.raises(pc.Refused, match="^there is no campaign 'x', expected one of a, b$") as refused:
        pc.Client(address + "/", "secret").campaign("a/b").status()
    assert refused.value.status == 404
    assert asked == [("/api/v1/campaigns/a%2Fb", "Bearer secret")]


def test_no_server_is_one_sentence():
    with pytest.raises(pc.PieCrustError, match="^http://127.0.0.1:9 does not answer: .*refused"):
        Transport("http://127.0.0.1:9", "t").json("GET", "/api/v1/session")


def test_connect_needs_an_address_and_a_token(monkeypatch):
    monkeypatch.delenv("PIECRUST_SERVER", raising=False)
    monkeypatch.delenv("PIECRUST_API_TOKEN", raising=False)
    with pytest.raises(pc.PieCrustError, match="no address is given"):
        pc.connect()
    with pytest.raises(pc.PieCrustError, match="no token is given"):
        pc.connect("http://127.0.0.1:9")


def test_start_says_where_it_looked(monkeypatch, tmp_path):
    monkeypatch.delenv("PIECRUST_BIN", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pc.NotStarted, match="no 'piecrust' on the PATH, expected PIECRUST_BIN"):
        pc.start(home=tmp_path)
    with pytest.raises(pc.NotStarted, match="cannot be started, expected the launcher"):
        pc.start(tmp_path, home=tmp_path)


def test_start_hands_on_why_the_program_ended(tmp_path):
    (tmp_path / "piecrust").write_text("#!/bin/sh\necho 'piecrust: no Java found' >&2\nexit 2\n")
    (tmp_path / "piecrust").chmod(0o755)
    with pytest.raises(pc.NotStarted, match="did not start: piecrust: no Java found"):
        pc.start(tmp_path, home=tmp_path)


class Made:
    """An API whose campaign goes through these states."""

    def __init__(self, *states, files=()):
        self.states = list(states)
        self.files = dict(files)
        self.exported = 0

    def get_campaign(self, id):
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        ended = state in ("FINISHED", "FAILED")
        return {
            "id": id,
            "name": "made",
            "state": state,
            "message": "too many prompts failed" if state == "FAILED" else "",
            "createdAt": "2026-01-01T00:00:00Z",
            "finishedAt": "2026-01-01T00:00:01Z" if ended else None,
            "stages": [],
        }

    def export_campaign(self, id, format):
        self.exported += 1
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, lines in self.files.items():
                archive.writestr(name, "".join(json.dumps(line) + "\n" for line in lines))
        return out.getvalue()


def test_wait_ends_with_the_campaign():
    heard = []
    campaign = Campaign(Made("QUEUED", "RUNNING", "RUNNING", "FINISHED"), "made-1")
    assert campaign.wait(progress=lambda status: heard.append(status["state"])) is campaign
    assert heard == ["QUEUED", "RUNNING", "FINISHED"]


def test_wait_says_why_it_is_not_finished():
    with pytest.raises(pc.NotFinished, match="^campaign m is failed: too many prompts failed$"):
        Campaign(Made("RUNNING", "FAILED"), "m").wait()
    with pytest.raises(pc.NotFinished, match="^campaign m is paused for budget$"):
        Campaign(Made("PAUSED_FOR_BUDGET"), "m").wait()
    with pytest.raises(pc.NotFinished, match="^campaign m is running after 0 s$"):
        Campaign(Made("RUNNING"), "m").wait(timeout=0)


FILES = {
    "results.jsonl": [
        {"task": "ioi", "method": "fap", "k": 2, "kl_last": {"n": 3, "mean": 0.5, "low": 0.25, "high": 1.0}}
    ],
    "prompts.jsonl": [
        {"task": "ioi", "prompt": 0, "text": "When Mary", "tokens": [], "corrupted_tokens": [], "text_sha1": ""}
    ],
    "outcomes.jsonl": [
        {"task": "ioi", "prompt": 0, "method": "fap", "k": 2, "kl_last": 0.5},
        {"task": "ioi", "prompt": 0, "method": "random", "k": 2, "kl_last": 4.0},
    ],
    "features.jsonl": [{"id": 8, "layer": 1, "feature": 2, "description": "says \u2028 so"}],
}


def test_tables_are_data_frames():
    campaign = Campaign(Made("FINISHED", files=FILES), "made-1")
    assert campaign.features_df().description.tolist() == ["says \u2028 so"]
    results = campaign.results_df().iloc[0]
    assert (results.kl_last, results.kl_last_low, results.kl_last_n) == (0.5, 0.25, 3)
    prompts = campaign.prompts_df()
    assert prompts.text.tolist() == ["When Mary", "When Mary"]
    assert prompts.kl_last.tolist() == [0.5, 4.0]
    assert campaign.ratings_df().empty


def test_results_are_asked_for_anew_until_the_campaign_has_ended():
    made = Made("RUNNING", "FINISHED", files=FILES)
    campaign = Campaign(made, "made-1")
    for _ in range(3):
        campaign.features_df()
    assert made.exported == 2
