"""From a file to an IssueDocument, without Django."""
