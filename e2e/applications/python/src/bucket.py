"""Reads and writes objects, addressed by path and signed by hand: no library of S3 is pure Python and small."""

import hashlib
import hmac
import re
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

FIRST_REGION = "us-east-1"
ALGORITHM = "AWS4-HMAC-SHA256"


class Bucket:
    """A bucket; before anything else it is asked for its region, as the application's client does."""

    def __init__(self, host, secure, name, access_key, secret_key):
        self._host = host
        self._scheme = "https" if secure else "http"
        self._name = name
        self._access_key = access_key
        self._secret_key = secret_key
        self._known_region = None

    def get(self, key):
        return self._send("GET", f"/{self._name}/{key}", region=self._region())

    def put(self, key, body):
        self._send("PUT", f"/{self._name}/{key}", body, region=self._region())

    def _region(self):
        if self._known_region is None:
            answer = self._send("GET", f"/{self._name}", query="location=").decode()
            found = re.search("<LocationConstraint[^>]*>([^<]+)<", answer)
            self._known_region = found.group(1) if found else FIRST_REGION
        return self._known_region

    def _send(self, method, path, body=b"", query="", region=FIRST_REGION):
        headers = self._signed_headers(method, quote(path), body, query, region)
        url = f"{self._scheme}://{self._host}{quote(path)}{'?' + query if query else ''}"
        request = Request(url, data=body if method == "PUT" else None, headers=headers, method=method)
        try:
            # The certificates are those of SSL_CERT_FILE, which Python minds by itself.
            with urlopen(request, timeout=10) as response:
                return response.read()
        except HTTPError as error:
            raise RuntimeError(f"{method} {url}: {error.code} {error.read().decode()}") from None

    def _signed_headers(self, method, path, body, query, region):
        time = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        day = time[:8]
        digest = hashlib.sha256(body).hexdigest()
        headers = {"host": self._host, "x-amz-content-sha256": digest, "x-amz-date": time}
        names = ";".join(headers)
        lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
        request = "\n".join([method, path, query, lines, names, digest])
        scope = f"{day}/{region}/s3/aws4_request"
        text = "\n".join([ALGORITHM, time, scope, hashlib.sha256(request.encode()).hexdigest()])
        key = f"AWS4{self._secret_key}".encode()
        for part in (day, region, "s3", "aws4_request"):
            key = _keyed(key, part)
        credential = f"Credential={self._access_key}/{scope}, SignedHeaders={names}"
        return {**headers, "authorization": f"{ALGORITHM} {credential}, Signature={_keyed(key, text).hex()}"}


def _keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
