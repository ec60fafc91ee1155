"""The tests; what an ``assert`` of their helpers compared is told too."""

import pytest

pytest.register_assert_rewrite("tests.support")
