#!/usr/bin/env bash
# Installs the Python binding from .bindings, which `npx projen bindings` wrote, and runs the tests that a Python user would write against it.
set -euo pipefail
venv=$1
peer() { node -p "require('$1/package.json').version"; }
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check "aws-cdk-lib==$(peer aws-cdk-lib)" "constructs==$(peer constructs)" ./.bindings/python
"$venv/bin/pip" list --disable-pip-version-check | grep -E '^(aws-cdk-lib|cdk-nag|cdk-secure-serverless|constructs|jsii) '
cd "$venv" # nothing of this repository is found from here
for tests in posture hardening; do
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 bin/python -W ignore - <"$OLDPWD/test/fixtures/python-app/${tests}_test.py"
done
