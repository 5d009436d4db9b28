"""Floor 1: what every other floor may use, and nothing of a border in it.

Pure code only: no clock, no randomness, no files (``resources`` reads our own
package data), no network, no SQL.
"""
