"""What a browser watches: the event log as server-sent events, one stream per topic, and beside it
who else is in which conversation."""
