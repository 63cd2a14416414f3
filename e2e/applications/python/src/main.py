"""Stands in for the application that parses replays: a Celery worker with its one task."""

import hashlib
import json
import os
import sys
from pathlib import Path
from urllib.parse import urlparse

import celery
from kombu import Connection, Producer

import contract
from bucket import Bucket

VERSION = os.environ.get("VERSION", "none")
SECRETS = Path("/app/secret")
PARSER_VERSION = "3"

if VERSION == "crashes":
    sys.exit("this version crashes at its start")
FAULTS = contract.faults()
if FAULTS:
    sys.exit("\n".join(FAULTS))

CONFIG = contract.configuration()
URL = CONFIG["transport"]["url"]
TLS = {"server_hostname": urlparse(URL).hostname} if URL.startswith("amqps") else None

app = celery.Celery(
    broker=URL,
    backend=CONFIG["celery"]["backend"],
    task_default_queue=CONFIG["transport"]["celery-queue"],
    broker_use_ssl=TLS,
)


def secret(name):
    path = SECRETS / name
    return path.read_text().strip() if path.exists() else ""


BUCKET = Bucket(
    CONFIG["minio"]["hostname"],
    CONFIG["minio"].get("secure", False),
    CONFIG["minio"]["bucket"],
    CONFIG["minio"].get("accessKey") or secret("minio-access.txt"),
    secret("minio-secret.txt"),
)


def send(queue, message):
    """Sends by the default exchange. The worker may not declare these queues: their readers do."""
    with Connection(URL, ssl=TLS) as connection:
        Producer(connection).publish(json.dumps(message), routing_key=queue)


def downloaded(path):
    """The replay by way of the scratch folder, so that one that cannot be written is noticed."""
    file = Path(CONFIG["tempDir"]) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(BUCKET.get(path))
    content = file.read_bytes()
    file.unlink()
    return content


@app.task(name="parseReplay", bind=True)
def parse_replay(task, replayObjectPath, progressQueue=None):
    """Writes what a replay says beside it, and returns where."""
    progress(task, progressQueue, "Pending", 10)
    replay = downloaded(replayObjectPath)
    name = Path(replayObjectPath).stem
    output = f"{CONFIG['minio']['parsed_object_prefix']}/v{PARSER_VERSION}/{name}.json"
    parsed = {"replay": replay.decode(), "sha256": hashlib.sha256(replay).hexdigest(), "version": VERSION}
    BUCKET.put(output, json.dumps(parsed).encode())
    progress(task, progressQueue, "Complete", 100)
    send(CONFIG["transport"]["analytics_queue"], measurement(task, name))
    return {"parserVersion": PARSER_VERSION, "outputPath": output, "worker": task.request.hostname}


def progress(task, queue, status, value):
    if queue:
        send(queue, {"taskId": task.request.id, "status": status, "progress": {"value": value, "message": status}})


def measurement(task, name):
    tags = [["taskId", task.request.id], ["hash", name], ["parser", CONFIG["parser"]]]
    return {"pattern": "analytics", "data": {"name": "parseReplay", "tags": tags, "booleans": [["success", True]]}}
