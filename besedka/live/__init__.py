"""What a browser watches: the event log as server-sent events, one stream per topic."""
