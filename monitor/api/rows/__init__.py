"""What the API says of each kind of thing: from rows that one may see to plain values."""
