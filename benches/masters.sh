#!/usr/bin/env bash
# every master of the matrix, also those that ./test leaves out because they differ little from others
set -euo pipefail
export FLICKSTREAM_TEST_MASTERS=all
exec ./test MasterTests
