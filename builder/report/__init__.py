"""A build as a static site that opens from disk."""
