#!/usr/bin/env bash
# Installs the packed library into a CDK app that knows nothing of this repository, and synthesizes it as a user would.
set -euo pipefail
app=$1
root=$PWD
mkdir -p "$app/bin" "$app/src"
npm pack --silent --pack-destination "$app" >/dev/null
cp test/fixtures/fresh-app/app.ts "$app/bin/app.ts"
cp test/fixtures/fresh-app/exceptions.ts "$app/bin/exceptions.ts"
cp test/fixtures/fresh-app/handler.ts "$app/src/handler.ts"
cp test/fixtures/fresh-app/cdk.json "$app/cdk.json"
cd "$app"
npm init -y >/dev/null
npm install --ignore-scripts ./cdk-secure-serverless-*.tgz aws-cdk-lib@2.271.0 constructs@10.5.1 cdk-nag@3.0.2 aws-cdk esbuild tsx typescript@~6.0.3 @types/node@^20
npm ls --omit=dev --depth=1
npx tsc --noEmit --strict --skipLibCheck --module node20 --target es2022 bin/app.ts bin/exceptions.ts
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

# Exceptions as their user meets them, with a moved clock: valid, ending soon, ended, covering nothing, never to be accepted.
synth_exceptions() { # CODE-OF-CDK-SYNTH WORDS-THAT-STAND-IN-THE-OUTPUT DAY [ONE-MORE-FINDING]
  local code=0
  npx cdk synth --quiet --app 'npx tsx bin/exceptions.ts' --output exceptions.out -c "cdk-secure-serverless:today=$3" ${4:+-c "also=$4"} >exceptions.log 2>&1 || code=$?
  grep "$2" exceptions.log || { cat exceptions.log; return 1; }
  test "$code" -eq "$1"
}
synth_exceptions 0 'Nothing in a bucket ever expires' 2030-03-01
if grep 'The exception' exceptions.log; then exit 1; fi
grep '"daysLeft": 121' exceptions.out/security/report.json
npx cdk-secure-serverless audit exceptions.out --today 2030-03-01
synth_exceptions 0 "WARNING The exception for 'BucketAccessLog' at Exchange/Files ends on 2030-06-30, in 20 days" 2030-06-10
synth_exceptions 1 "FATAL The exception for 'BucketAccessLog' at Exchange/Files ended on 2030-06-30: 1 finding counts again" 2030-07-01
synth_exceptions 1 "ends on 2030-06-30, in 546 days: the profile 'production' allows 180 days, that is until 2029-06-29" 2028-12-31
synth_exceptions 0 "WARNING The exception for 'BucketTlsOnly' at Exchange/Files covers nothing" 2030-03-01 BucketTlsOnly
synth_exceptions 1 "FATAL The exception for 'BucketPublicAccess' at Exchange/Files does not hold: nobody may accept this" 2030-03-01 BucketPublicAccess
