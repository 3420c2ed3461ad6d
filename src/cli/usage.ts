/** How findings and reports can be written. */
export const FORMATS = ['text', 'json', 'sarif', 'markdown', 'junit', 'html'] as const;
export type Format = typeof FORMATS[number];

const JUDGING = `  --profile NAME           sandbox, production or regulated
                           (default: that of the synthesis, else production)
  --exceptions FILE        accepted findings, in YAML or JSON: finding, at, reason, owner, expires
  --trusted-account ID     an account that the app may trust; again for each
  --today DAY              judge exceptions as of a day, such as 2027-03-01: look ahead in a nightly job`;

const CODES = `Exit codes
  0  judged, and nothing found at the level of --fail-on
  1  judged, and something found
  2  not judged: the command, a file or a template cannot be read`;

const ALL = `cdk-secure-serverless: judges serverless apps, from any CDK app, CloudFormation or SAM template

Usage
  cdk-secure-serverless audit PATH        judge a cloud assembly (cdk.out), a template or a folder of templates
  cdk-secure-serverless report PATH       write what there is to see: pages, SARIF, Markdown
  cdk-secure-serverless explain [RULE]    what a rule wants and why; without one: all of them
  cdk-secure-serverless diff OLD NEW      what changed between two report.json
  cdk-secure-serverless help COMMAND      the options of a command
  cdk-secure-serverless --version

${CODES}

Nothing is sent anywhere, and no AWS account is needed.`;

const AUDIT = `Usage: cdk-secure-serverless audit PATH [options]

Judges a cloud assembly (cdk.out), a CloudFormation or SAM template in JSON or YAML, or all templates in a folder.

${JUDGING}
  -f, --format FORMAT      text, json, sarif, markdown, junit or html (default: text)
  -o, --output FILE        write there instead of to standard output
  --baseline FILE          a report.json: what it holds already does not count, what is new does
  --fail-on LEVEL          error, warning or never (default: error)

${CODES}`;

const REPORT = `Usage: cdk-secure-serverless report PATH [options]

Writes a report of a cloud assembly, a template or a folder of templates: one file for each format. Findings do not change the exit code.

${JUDGING}
  -f, --format FORMAT      html, json, markdown, sarif, junit or text; again, or with commas, for several
                           (default: html,json,markdown,sarif)
  -o, --output FOLDER      (default: security-report)`;

const EXPLAIN = `Usage: cdk-secure-serverless explain [RULE]

Says what a rule finds, why it matters and how to mend it. Findings in brackets may be there: 'StageThrottle[GET /orders]'.`;

const DIFF = `Usage: cdk-secure-serverless diff OLD NEW [options]

Compares two reports (report.json, or assemblies that hold one): new ways in, wider rights, lost layers, lost alarms, new findings, costs.

  -f, --format FORMAT      text, markdown or json (default: text)
  --fail-on-change         exit with 1 when something got weaker`;

/** Help by command. */
export const USAGE = { all: ALL, audit: AUDIT, report: REPORT, explain: EXPLAIN, diff: DIFF } as const;
