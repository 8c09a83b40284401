"""What the holder of a work says of text and data mining, read from texts and fields as given."""
