"""The parts of ``construct_sample_data.py``: one module a family of series."""
