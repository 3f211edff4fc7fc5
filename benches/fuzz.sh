#!/usr/bin/env bash
# broken and hostile masters through a whole FlickStream, and whether each ends as promised and harms nothing   [COUNT] [--seed N] [--only NUMBER]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
need ffmpeg=ffmpeg ffprobe=ffmpeg bwrap=bubblewrap prlimit=util-linux strace=strace
count=2000
while [[ $# -gt 0 ]]; do
  case $1 in
    --seed) export FUZZ_SEED=$2; shift 2 ;;
    --only) export FUZZ_ONLY=$2; shift 2 ;;
    *) count=$1; shift ;;
  esac
done
dotnet build -v quiet --nologo tests/Standalone.Tests
FUZZ_COUNT=$count exec nice artifacts/bin/Standalone.Tests/debug/FlickStream.Standalone.Tests -class '*FuzzTests' -explicit on -showLiveOutput -noColor
