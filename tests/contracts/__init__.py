"""What every implementation of a port must do: one set of tests for all of them."""

import pytest

pytest.register_assert_rewrite("tests.contracts.store_contract", "tests.contracts.store_machine")
