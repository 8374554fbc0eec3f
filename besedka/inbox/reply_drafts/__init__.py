"""What people have begun to write, kept for every device of theirs. Nobody else reads it."""
