"""The only room that talks to a partner: envelopes, outbox, inbox, receipts."""
