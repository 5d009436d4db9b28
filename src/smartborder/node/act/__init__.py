"""Reports, subjects, findings, decisions, replies, cases and the queue: the act itself."""
