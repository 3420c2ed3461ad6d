#!/usr/bin/env bash
# Judges from outside look at every construct and every example, and cfn-lint at the samples of the property tests:
# judges.sh FOLDER [ARGUMENTS OF scripts/judges/run.ts]
# They are fetched into FOLDER, from PyPI and npm; the list of what each may find stands in test/judges.
set -euo pipefail
folder=$1
shift
node_modules/.bin/tsx scripts/bundle-handlers.ts >/dev/null
node_modules/.bin/tsx --tsconfig examples/tsconfig.json scripts/judges/run.ts --tools "$folder" "$@"
node_modules/.bin/tsx --tsconfig examples/tsconfig.json scripts/judges/samples.ts --tools "$folder"
