"""The laboratory: reads what two nodes wrote down and says what was lost or doubled."""
