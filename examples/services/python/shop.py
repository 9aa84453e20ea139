"""A shop that knows nothing of ldfi. OpenTelemetry's own instrumentation passes the context of a request on."""

import os

import requests
from flask import Flask

app = Flask(__name__)


def ask(path, otherwise):
    """What the prices service answers; something else where it does not, or not in time."""
    try:
        answer = requests.get(os.environ["PRICES_URL"] + path, timeout=4)
        answer.raise_for_status()
        return answer.json()
    except requests.ConnectionError:
        return otherwise
    except requests.HTTPError:
        return otherwise


@app.get("/product")
def product():
    # Bug: what a lost connection leaves of an answer is neither of the two errors.
    return {"price": ask("/price", "on request"), "discount": ask("/discount", 0)}


if __name__ == "__main__":
    app.run(port=int(os.environ["PORT"]), threaded=True)
