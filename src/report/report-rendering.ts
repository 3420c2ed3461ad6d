/** What a synthesis makes of the report for people and tools, beside `security/report.json`. */
export enum ReportRendering {
  /** `report.html`: one page to open, with the attack surface as a picture; it needs no network. */
  HTML = 'html',
  /** `report.sarif`: the findings as SARIF 2.1.0, for code scanning services and editors. */
  SARIF = 'sarif',
  /** `report.md`: short enough for a comment on a pull request. */
  MARKDOWN = 'markdown',
  /** `report.junit.xml`: for CI servers that show test results. */
  JUNIT = 'junit',
}
