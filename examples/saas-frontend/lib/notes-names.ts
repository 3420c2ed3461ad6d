/** What exists before the stack does. `cdk.json` holds placeholders; the README says how to get each. */
export interface NotesNames {
  /** The name of the page. Callers reach the API at `api.` below it, and CloudFront reaches it at `origin.` below it. */
  readonly domainName: string;
  /** The public zone of that name. */
  readonly hostedZoneId: string;
  /** A certificate of ACM in us-east-1 for the name and for those one step below it. */
  readonly certificateArn: string;
  /** The certificate that CloudFront shows to the API, imported into ACM in us-east-1. */
  readonly clientCertificateArn: string;
  /** The one authority whose certificates the API takes: a PEM file in a bucket. */
  readonly truststore: { readonly bucket: string; readonly key: string; readonly version: string };
  /** The sign-in pages are at `<prefix>.auth.us-east-1.amazoncognito.com`; the prefix must be free in the region. */
  readonly signInPrefix: string;
  /** The role of the pipeline that brings the files of the page. */
  readonly deployRole: string;
  /** Where members are, as two capital letters each: CloudFront answers nobody else. */
  readonly countries: string[];
  /** Who is told when an alarm goes off. */
  readonly alarmEmail: string;
}
