"""Conversations: what customers wrote, who answers, and what was answered."""
