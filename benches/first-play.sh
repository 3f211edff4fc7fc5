#!/usr/bin/env bash
# upload complete to the first frame in Chromium, for masters of 1, 10 and 60 minutes, or for your own   [MINUTES... | MASTER...]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
need ffmpeg=ffmpeg bwrap=bubblewrap chromium=chromium
bash tests/Players/setup.sh
export BENCHES=$PWD/benches
exec dotnet run -c Release --project benches/Pipeline.Bench -- first-play "$@"
