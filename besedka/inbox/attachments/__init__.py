"""Pictures that a person of ours brings to send."""
