#!/usr/bin/env bash
# Finds a Chromium for the browser tests; installs the system's package when there is none.
set -euo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then exit 0; fi
done

as_root=()
if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null; then as_root=(sudo); fi

# Japanese names need a font with Japanese glyphs.
if command -v apt-get >/dev/null; then
  echo 'installing chromium with apt-get'
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
elif command -v dnf >/dev/null; then
  "${as_root[@]}" dnf install -y -q chromium google-noto-sans-cjk-fonts
elif command -v pacman >/dev/null; then
  "${as_root[@]}" pacman -S --noconfirm --needed chromium noto-fonts-cjk
else
  echo 'no Chromium here and no package manager that is known: install one; its tests skip' >&2
fi
