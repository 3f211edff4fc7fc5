#!/usr/bin/env bash
# a long title, and whether its sound is with its picture to the end   [MINUTES]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
need ffmpeg=ffmpeg ffprobe=ffmpeg bwrap=bubblewrap prlimit=util-linux
dotnet build -v quiet --nologo tests/Standalone.Tests
LONG_MINUTES=${1:-30} exec artifacts/bin/Standalone.Tests/debug/FlickStream.Standalone.Tests -class '*LongTitleTests' -showLiveOutput -noColor
