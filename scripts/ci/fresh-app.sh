#!/usr/bin/env bash
# Installs the packed library into a CDK app that knows nothing of this repository, and synthesizes it as a user would.
set -euo pipefail
app=$1
root=$PWD
mkdir -p "$app/bin" "$app/src"
npm pack --silent --pack-destination "$app" >/dev/null
cp test/fixtures/fresh-app/app.ts "$app/bin/app.ts"
cp test/fixtures/fresh-app/handler.ts "$app/src/handler.ts"
cp test/fixtures/fresh-app/cdk.json "$app/cdk.json"
cd "$app"
npm init -y >/dev/null
npm install --ignore-scripts ./cdk-secure-serverless-*.tgz aws-cdk-lib@2.271.0 constructs@10.5.1 cdk-nag@3.0.2 aws-cdk esbuild tsx typescript@~6.0.3 @types/node@^20
npm ls --omit=dev --depth=1
npx tsc --noEmit --strict --skipLibCheck --module node20 --target es2022 bin/app.ts
npx cdk synth --quiet
test -s cdk.out/security/report.json

# The command of the package, as npx finds it: the same app passes, a template with an open door does not, and what cannot be read is told apart.
npx cdk-secure-serverless --version
npx cdk-secure-serverless audit cdk.out
printf '%s\n' 'Resources:' '  Url:' '    Type: AWS::Lambda::Url' '    Properties: { AuthType: NONE, TargetFunctionArn: orders }' >open.yaml
code=0; npx cdk-secure-serverless audit open.yaml --format sarif --output open.sarif || code=$?
test "$code" -eq 1 && grep -q FunctionUrlAuth open.sarif
code=0; npx cdk-secure-serverless audit missing.yaml || code=$?
test "$code" -eq 2
