"""What the company sells, as its channels tell."""
