#!/usr/bin/env bash
# bits at equal SSIM: each title's own ladder against the fixed one, over 8 kinds of picture   [SECONDS [CLIP...]]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
need ffmpeg=ffmpeg bwrap=bubblewrap /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf=fonts-dejavu-core
exec dotnet run -c Release --project benches/Pipeline.Bench -- quality "$@"
