"""Rules of dates: days and periods that cannot be, or lie on the wrong side of the meeting."""
