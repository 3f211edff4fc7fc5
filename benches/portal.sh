#!/usr/bin/env bash
# the portal's pages, search box, plays and heartbeats a second, against a bare Kestrel endpoint with the same answers   [SECONDS [PART OF A NAME...]]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
exec dotnet run -c Release --project benches/Portal.Bench -- "$@"
