"""What answers say and requests bring, by subject: the schema of the API's documentation."""
