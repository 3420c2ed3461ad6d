"""
The emulator, for one request at a time. DynamoDB looks at a condition and writes in one step; moto does it in two, and a request that another of its
threads takes in between would see the condition hold as well.
"""

import os
import sys
from threading import Lock

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

HOST = "127.0.0.1"
PORT = int(sys.argv[1])

os.environ["MOTO_PORT"] = str(PORT)
emulator = DomainDispatcherApplication(create_backend_app)
turn = Lock()


def one_at_a_time(environ, start_response):
    with turn:
        return list(emulator(environ, start_response))


run_simple(HOST, PORT, one_at_a_time, threaded=True)
