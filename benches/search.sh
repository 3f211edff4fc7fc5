#!/usr/bin/env bash
# searching titles, typos found   [--titles FILE] [--queries FILE] | [--generate TITLES] [--requests N]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
exec dotnet run -c Release --project benches/Search.Bench -- "$@"
