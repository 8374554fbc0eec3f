"""Prometheus metrics of the main path. Names follow `besedka_<room>_<what>_<unit>`."""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call] # the library types not all of it

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

HTTP_REQUESTS = Counter(
    "besedka_http_requests_total", "HTTP requests answered", ["method", "route", "status"]
)
HTTP_SECONDS = Histogram(
    "besedka_http_request_seconds", "Time to answer an HTTP request", ["route"], buckets=_FAST
)
WEBHOOKS = Counter("besedka_channels_webhooks_total", "Webhooks received", ["kind", "result"])
WEBHOOK_ACK_SECONDS = Histogram(
    "besedka_channels_webhook_ack_seconds", "Webhook arrival to durable 200", buckets=_FAST
)
CHANNEL_REQUESTS = Counter(
    "besedka_channels_requests_total", "Requests to channel APIs", ["kind", "operation", "result"]
)
CHANNEL_REQUEST_SECONDS = Histogram(
    "besedka_channels_request_seconds", "Time of a channel API request", ["kind"], buckets=_FAST
)
RECOVERED = Counter(
    "besedka_channels_recovered_total", "Messages that webhooks missed", ["kind", "by"]
)
MESSAGES = Counter("besedka_inbox_messages_total", "Messages written", ["direction", "author"])
DELIVERIES = Counter("besedka_inbox_deliveries_total", "Deliveries to channels", ["result"])
JOBS_RUN = Counter("besedka_jobs_run_total", "Job runs", ["name", "result"])
JOB_SECONDS = Histogram("besedka_jobs_run_seconds", "Time of a job run", ["name"], buckets=_FAST)
JOB_WAIT_SECONDS = Histogram(
    "besedka_jobs_wait_seconds", "Due time to start of a job", ["queue"], buckets=_FAST
)
JOBS_OLDEST_DUE_SECONDS = Gauge("besedka_jobs_oldest_due_seconds", "Age of the oldest due job")
JOBS_DEAD = Gauge("besedka_jobs_dead", "Jobs that gave up and wait for a person")
TURNS = Counter("besedka_assistant_turns_total", "Turns of the assistant", ["outcome"])
TURN_SECONDS = Histogram("besedka_assistant_turn_seconds", "Time of a turn", buckets=_FAST)
LIVE_READERS = Gauge("besedka_live_readers", "Open live streams")
EVENTS = Counter("besedka_events_total", "Events published", ["type"])
