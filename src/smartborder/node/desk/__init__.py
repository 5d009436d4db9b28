"""The officer desk: the queue, cases, hits, decisions, arrivals, outcomes, figures and audit.

Every function takes a session (a transaction with actor and purpose) and notes whom it showed.
"""
