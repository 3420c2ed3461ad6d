#!/usr/bin/env bash
# Runs the unit tests against the newest aws-cdk-lib and constructs, in a copy of the checkout, but for those of the corpus: its templates are
# written down, so that CDK has no part in them. Last line: "newest: ok".
set -euo pipefail
copy=$1
mkdir -p "$copy"
git archive HEAD | tar -x -C "$copy"
cp -a node_modules "$copy/"
cd "$copy"
npm install --no-save --legacy-peer-deps --ignore-scripts aws-cdk-lib@latest constructs@latest
node -p "'aws-cdk-lib ' + require('aws-cdk-lib/package.json').version + ', constructs ' + require('constructs/package.json').version"
npx jest --ci --testPathIgnorePatterns /node_modules/ /test/corpus/
echo 'newest: ok'
