#!/usr/bin/env bash
# Documents and blobs on the embedded adapters, durable, beside one flush of a file
set -euo pipefail
source infra/setup/packages.sh
need_sdk
exec dotnet run --project benches/Platform.Bench -c Release -- "$@"
