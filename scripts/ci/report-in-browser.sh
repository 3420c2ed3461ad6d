#!/usr/bin/env bash
# Opens the reports of the examples in headless Chromium; the demos wrote them before. Usage: report-in-browser.sh FOLDER-FOR-SCREENSHOTS
# Takes CHROMIUM if it is set, else what is installed; as root it installs Debian's where there is none.
set -euo pipefail
cd "$(dirname "$0")/../.."
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$browser" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  browser=$(command -v chromium)
fi
[ -n "$browser" ] || { echo 'there is no Chromium: install one, or name it in CHROMIUM'; exit 1; }
npx tsx --tsconfig examples/tsconfig.json scripts/ci/report-in-browser.ts "$browser" "$1"
