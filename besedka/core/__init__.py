"""The ground under every room: settings, database, time, errors. No business word lives here."""
