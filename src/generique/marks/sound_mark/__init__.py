"""The sound mark: a pointer of 36 bits in the loudness of small cells of time and pitch."""
