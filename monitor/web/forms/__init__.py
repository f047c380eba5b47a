"""What people may send, checked before an action sees it."""
