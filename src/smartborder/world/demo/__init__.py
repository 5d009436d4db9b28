"""The demo: two nodes and a day at the border in twenty beats."""
