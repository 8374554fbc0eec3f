"""All that is known of one contact, on one card."""
