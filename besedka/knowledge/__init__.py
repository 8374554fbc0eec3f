"""What the assistant may answer from: documents, their chunks and the search over them."""
