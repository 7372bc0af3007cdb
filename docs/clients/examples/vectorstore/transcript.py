#!/usr/bin/env python3
"""Stores a transcript, waits until it is reflected, and prints what became of it."""

import json
import os
import sys
import time
import urllib.request

BASE = os.environ.get("MEMORY_URL", "http://127.0.0.1:8080") + "/api/memory/demo"
HEADERS = {"Content-Type": "application/json"}
if "REFLECTOR_API_KEY" in os.environ:
    HEADERS["Authorization"] = "Bearer " + os.environ["REFLECTOR_API_KEY"]


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data, HEADERS)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


stored = call("/store_raw", {
    "session_data": """User: I moved to Lisbon last week and my dog Biscuit came along.
Assistant: How is it?
User: Warm. Please always answer me in short sentences.""",
    "session_id": "lisbon",
    "metadata": {"user_id": "ada", "channel": "web"},
})
print("store_raw:", json.dumps(stored))

deadline = time.monotonic() + 60
while True:
    status = call(f"/processing_status?raw_memory_id={stored['raw_memory_id']}&user_id=ada")
    if status["status"] == "completed":
        break
    if time.monotonic() > deadline:
        sys.exit("not reflected within a minute: " + json.dumps(status))
    time.sleep(0.5)
print("processing_status:", json.dumps(status))

for session in call("/hierarchy?session_id=lisbon")["hierarchy"]:
    print("session", session["session_id"], "of", session["user_id"])
    for memory in session["discrete_memories"]:
        print("  ", memory["tier"] + ":", memory["content"])
    for raw in session["raw_memories"]:
        for message in raw["messages"]:
            print("  ", message["role"], "said:", message["content"])
