"""Checks what the worker was given against the contract that the image has beside it."""

import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

SERVICE = "replay-parse-service"
FORBIDDEN = re.compile("must never be set|do not set|leave unset")
EXPECTED_VARIABLES = {"ENV": "production", "CONFIG_DIR": "/app/config"}
# With any other, the client of the broker fails.
ALLOWED_URL_PARAMETERS = {"heartbeat"}


def contract():
    """What the worker reads."""
    return json.loads(Path(__file__).with_name("app-contract.json").read_text())["services"][SERVICE]


def configuration():
    """The image's file, the one that is given over it, and variables. A section of a file replaces a former one whole."""
    result = {}
    for file in contract()["configFiles"]:
        result.update(json.loads(Path(file["path"]).read_text()))
    for key in contract_keys():
        text = os.environ.get(key["env"] or "")
        if text is not None:
            section, _, name = key["path"].partition(".")
            result[section] = {**result.get(section, {}), name: converted(text, key["type"])}
    return result


def converted(text, name):
    """A variable is text, which the application reads as what it needs."""
    if name == "number":
        return int(text)
    return text.lower() == "true" if name == "boolean" else text


def value_at(tree, path):
    """The value at a path such as `minio.bucket`, or None."""
    for key in path.split("."):
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def faults():
    """Everything that was not given as the contract says, each in a line."""
    found = [f"{path} is missing" for path in config_paths() if not path.exists()]
    if not found:
        found = [*key_faults(), *unknown_key_faults(), *url_faults()]
    return [*found, *surplus_config_faults(), *secret_faults(), *variable_faults()]


def config_paths():
    return [Path(file["path"]) for file in contract()["configFiles"]]


def contract_keys():
    return [key for file in contract()["configFiles"] for key in file["keys"]]


def key_faults():
    given = configuration()
    for key in contract_keys():
        value = value_at(given, key["path"])
        # The image's own file has empty texts where something must be given.
        if value is None or (key["required"] and value == ""):
            if key["required"]:
                yield f"{key['path']} ({key['type']}) is missing"
        elif not has_type(value, key["type"]):
            yield f"{key['path']} is of type {type(value).__name__} instead of {key['type']}"


def unknown_key_faults():
    known = {key["path"] for key in contract_keys()}
    given = json.loads(config_paths()[-1].read_text())
    return [f"{config_paths()[-1]}: {leaf} is not read by the application" for leaf in leaves(given) if leaf not in known]


def url_faults():
    url = value_at(configuration(), "transport.url")
    surplus = set(parse_qs(urlparse(str(url)).query)) - ALLOWED_URL_PARAMETERS
    return [f"transport.url has the parameter {name}; only heartbeat is understood" for name in sorted(surplus)]


def surplus_config_faults():
    return [f"{path} should not be there" for path in config_paths()[0].parent.iterdir() if path not in config_paths()]


def secret_faults():
    secrets = contract()["secretFiles"]
    known = [Path(secret["path"]) for secret in secrets]
    for secret, path in zip(secrets, known):
        if not path.exists():
            if secret["required"]:
                yield f"{path} is missing"
        elif "non-empty" in secret["purpose"] and path.read_text().strip() == "":
            yield f"{path} is empty"
    folder = known[0].parent
    for path in sorted(folder.iterdir()) if folder.exists() else []:
        if path not in known:
            yield f"{path} is not read by the application"


def variable_faults():
    for variable in contract()["env"]:
        name = variable["name"]
        value = os.environ.get(name)
        wanted = EXPECTED_VARIABLES.get(name)
        if value is None:
            if variable["required"]:
                yield f"{name} is not set; it must be {wanted}"
        elif variable.get("sensitive") or FORBIDDEN.search(variable["purpose"]):
            yield f"{name} is set; it must not be"
        elif wanted is not None and value != wanted:
            yield f"{name} is {value}; it must be {wanted}"


def leaves(tree):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from (f"{key}.{leaf}" for leaf in leaves(value))
        else:
            yield key


def has_type(value, name):
    kind, detail = re.fullmatch(r"(\w+)(?:\((.*)\))?", name).groups()
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "boolean":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if detail == "url" and value != "":
        return urlparse(value).scheme != ""
    return value in detail.split("|") if detail and "|" in detail else True
