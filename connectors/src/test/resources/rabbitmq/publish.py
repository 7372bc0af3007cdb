"""Publishes numbered jobs as the producers do, each until the broker has confirmed it: publish.py URL FIRST COUNT"""
import json
import sys
import time

import pika

url, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


PATIENCE_S = 180


def connect():
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
            channel.confirm_delivery()
            return channel
        except pika.exceptions.AMQPError:
            if time.monotonic() > deadline:
                sys.exit("the broker is gone")
            time.sleep(0.2)  # The broker is being restarted.


channel = connect()
for number in range(first, first + count):
    user = "user.%d@example.org" % (number % 5000)
    job = {
        "job_id": "job-%d" % number,
        "user_id": user,
        "session_id": "session-%d" % (number % 5000),
        "user_message": "I moved to town number %d." % number,
        "assistant_response": "How is it?",
        "timestamp": "2026-05-02T10:00:00.%06d" % (number % 1000000),
        "metadata": {"channel": "chat"},
        "priority": number % 4,
        "retry_count": 0,
        "max_retries": 3,
        "created_at": "2026-05-02T10:00:00",
    }
    while True:
        try:
            channel.basic_publish(
                "memory_reflection_exchange",
                "reflection." + user,
                json.dumps(job),
                pika.BasicProperties(
                    delivery_mode=2,
                    priority=number % 4,
                    content_type="application/json",
                    headers={"traceparent": "00-%032x-%016x-01" % (number + 1, number + 1), "nothing": None},
                ),
                mandatory=True,
            )
            break
        except (pika.exceptions.AMQPConnectionError, pika.exceptions.AMQPChannelError):
            channel = connect()
        except pika.exceptions.UnroutableError:
            time.sleep(0.2)  # The connector has not declared the queue yet.
print(count)
