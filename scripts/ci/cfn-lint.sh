#!/usr/bin/env bash
# Judges the templates of the examples with cfn-lint, in a virtual environment of its own. Errors fail, warnings are shown.
set -euo pipefail
venv=$1
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check 'cfn-lint==1.*'
"$venv/bin/cfn-lint" --version
for example in orders-api order-pipeline saas-frontend; do
  mapfile -t templates < <(find "cdk.out/$example" -name '*.template.json' | sort)
  [ "${#templates[@]}" -gt 0 ] || { echo "no template of $example to judge: run the demo first"; exit 1; }
  "$venv/bin/cfn-lint" --non-zero-exit-code error -t "${templates[@]}"
done
