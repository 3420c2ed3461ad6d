#!/usr/bin/env bash
# examples/orders-api from TypeScript, Python, Java, C# (where there is a .NET SDK) and Go: languages.sh FOLDER
# Builds the bindings that `npx projen bindings` wrote into .bindings, runs the app in each language, and compares the templates.
# Go has its own newest aws-cdk-lib (older modules are not everywhere), so TypeScript runs a second time beside it, with the same one.
set -euo pipefail
work=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
example="$root/examples/orders-api"
mkdir -p "$work"
export PATH="$root/node_modules/.bin:$PATH" # esbuild bundles the handlers: outside of Node it is looked for there
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 CDK_VALIDATION=false # what is compared is the templates; other steps judge them
peer() { node -p "require('$root/node_modules/$1/package.json').version"; }
# Maps have an order of their own in each language, and mean the same; bundles depend on where the libraries lie.
template() { python3 -m json.tool --sort-keys "$work/$1/Orders.template.json" | sed -E 's/"[0-9a-f]{64}\.zip"/"bundle"/'; }
same() {
  diff <(template "$1") <(template "$2") >"$work/difference" || { head -n 60 "$work/difference"; exit 1; }
  echo "$2: the same template as $1"
}

cd "$example"
CDK_OUTDIR="$work/typescript" tsx --tsconfig ../tsconfig.json bin/app.ts

echo '--- Python'
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "aws-cdk-lib==$(peer aws-cdk-lib)" "constructs==$(peer constructs)" "$root/.bindings/python"
(cd python && CDK_OUTDIR="$work/python" "$work/venv/bin/python" -B app.py)
same typescript python

echo '--- Java'
# Registries that mirror a part of Maven Central list no versions, so ranges become their lower bounds here.
cp -r "$root/.bindings/java" "$work/binding-java"
sed -E -i 's#<version>\[([^,]+),[^<]*\)</version>#<version>\1</version>#' "$work/binding-java/pom.xml"
mvn --quiet --batch-mode -f "$work/binding-java" -Dmaven.repo.local="${MAVEN_REPOSITORY:-$HOME/.m2/repository}" -Dmaven.javadoc.skip=true -Dmaven.source.skip=true install
cp -r java "$work/app-java"
CDK_OUTDIR="$work/java" mvn --quiet --batch-mode -f "$work/app-java" -Dmaven.repo.local="${MAVEN_REPOSITORY:-$HOME/.m2/repository}" \
  -Dcdk.version="$(peer aws-cdk-lib)" -Dshop.home="$example" compile exec:java
same typescript java

echo '--- C#'
if [ -n "$(dotnet --list-sdks 2>/dev/null)" ]; then
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  cp -r "$root/.bindings/dotnet/CdkSecureServerless" "$work/binding-dotnet"
  dotnet build "$work/binding-dotnet" --configuration Release -p:PackageOutputPath="$work/nuget"
  # NuGet takes what it once unpacked for what this version is, and here it is always 0.0.0.
  rm -rf "${NUGET_PACKAGES:-$HOME/.nuget/packages}/cdksecureserverless/0.0.0"
  dotnet build dotnet --output "$work/app-dotnet" -p:BaseIntermediateOutputPath="$work/obj-dotnet/" \
    -p:RestoreAdditionalProjectSources="$work/nuget" -p:CdkVersion="$(peer aws-cdk-lib)"
  CDK_OUTDIR="$work/dotnet" dotnet "$work/app-dotnet/OrdersApi.dll"
  same typescript dotnet
else
  echo 'no .NET SDK here: the C# binding is generated, but neither it nor the app in C# was compiled'
fi

echo '--- Go'
cp -r "$root/.bindings/go/cdksecureserverless" "$work/binding-go"
(cd "$root" && jsii-pacmak --code-only -t go --outdir "$work/nag" node_modules/cdk-nag) # its module is not everywhere either
cp go/go.mod "$work/shop.mod" # what is written goes there, and not into the tree
go mod edit -replace "github.com/cdk-secure-serverless/cdk-secure-serverless-go/cdksecureserverless=$work/binding-go" \
  -replace "github.com/cdklabs/cdk-nag-go/cdknag/v3=$work/nag/go/cdknag" "$work/shop.mod"
newest=$(
  cd go
  go mod tidy -modfile="$work/shop.mod"
  go build -modfile="$work/shop.mod" -o "$work/shop-go" .
  go list -modfile="$work/shop.mod" -m -f '{{.Version}}' github.com/aws/aws-cdk-go/awscdk/v2
)
CDK_OUTDIR="$work/go" "$work/shop-go"

tarball=$(cd "$root" && npm pack --silent --pack-destination "$work")
mkdir -p "$work/beside/node_modules" "$work/beside/examples"
cp -r "$example" "$root/examples/common" "$work/beside/examples/"
cd "$work/beside"
echo '{}' >package.json
npm install --silent --no-audit --no-fund "aws-cdk-lib@${newest#v}" "$work/$tarball" constructs cdk-nag zod @aws-sdk/client-s3 @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb
cd examples/orders-api
CDK_OUTDIR="$work/beside-go" tsx bin/app.ts
same beside-go go
