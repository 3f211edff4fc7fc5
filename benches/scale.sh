#!/usr/bin/env bash
# the job board: claims and completions a second, with 10 to 1,000 workers, 1,000 and 100,000 steps waiting   [SECONDS [FOLDER]]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
exec dotnet run -c Release --project benches/Board.Bench -- "$@"
