#!/usr/bin/env bash
# one server that is killed again and again while masters flow, and whether any byte is lost or left over   [KILLS]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
need ffmpeg=ffmpeg ffprobe=ffmpeg bwrap=bubblewrap prlimit=util-linux
dotnet build -v quiet --nologo tests/Standalone.Tests
CRASH_KILLS=${1:-50} exec artifacts/bin/Standalone.Tests/debug/FlickStream.Standalone.Tests -class '*CrashTests' -showLiveOutput -noColor
