#!/usr/bin/env bash
# upload complete to published, against plain ffmpeg commands for the same rungs   [ROUNDS [SECONDS]]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
need ffmpeg=ffmpeg bwrap=bubblewrap
exec dotnet run -c Release --project benches/Pipeline.Bench -- transcode "$@"
