import { join } from 'path';
import { ICertificate, Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EdgeDomain, GeoRule, HttpApiAuth, HttpApiFront, SecureFunctionOptions, SecureHttpApi, SecureNodejsFunction, SecureTable } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { Members } from './members';
import { NotesNames } from './notes-names';

export interface NotesApiProps {
  readonly names: NotesNames;
  readonly members: Members;
  readonly certificate: ICertificate;
  readonly hostedZone: IHostedZone;
  /** The origin of the page, the only one whose scripts may call. */
  readonly pageOrigin: string;
  /** What all functions have in common. */
  readonly functions: SecureFunctionOptions;
}

/** The notes of all organizations in one table, and the API that shows each member those of their own. */
export class NotesApi extends Construct {
  /** Where the page calls the API, with a slash at the end. */
  public readonly url: string;

  private readonly table: SecureTable;

  constructor(scope: Construct, id: string, private readonly props: NotesApiProps) {
    super(scope, id);
    this.table = new SecureTable(this, 'Table', {
      partitionKey: { name: 'tenant', type: AttributeType.STRING },
      sortKey: { name: 'noteId', type: AttributeType.STRING },
    });
    const listNotes = this.handler('ListNotes', 'list-notes.ts');
    this.table.allowRead(listNotes);
    const writeNote = this.handler('WriteNote', 'write-note.ts');
    this.table.allowAppend(writeNote);
    const removeNote = this.handler('RemoveNote', 'remove-note.ts');
    this.table.allowDelete(removeNote);

    const { members: { pool, page, scopes }, pageOrigin } = props;
    const api = new SecureHttpApi(this, 'Http', {
      auth: HttpApiAuth.userPool(pool, [page], { scopes: [scopes.read] }),
      cors: { origins: [pageOrigin] },
      ...this.behindCloudFront(),
    });
    api.addRoute('GET', '/notes', listNotes);
    api.addRoute('POST', '/notes', writeNote, { scopes: [scopes.write], throttle: { rate: 50, burst: 25 } });
    api.addRoute('DELETE', '/notes/{id}', removeNote, { scopes: [scopes.write], throttle: { rate: 50, burst: 25 } });
    this.url = api.url;
  }

  private handler(id: string, file: string): SecureNodejsFunction {
    return new SecureNodejsFunction(this, id, {
      ...this.props.functions,
      entry: join(__dirname, '..', 'src', file),
      environment: { NOTES_TABLE: this.table.tableName },
    });
  }

  /** Nobody but CloudFront has a certificate that the API takes, so that nobody gets around the web ACL. */
  private behindCloudFront() {
    const { names: { domainName, clientCertificateArn, countries, truststore }, certificate, hostedZone } = this.props;
    return {
      domain: {
        domainName: `origin.${domainName}`,
        certificate,
        hostedZone,
        mutualTls: { bucket: Bucket.fromBucketName(this, 'Truststore', truststore.bucket), key: truststore.key, version: truststore.version },
      },
      front: HttpApiFront.cloudFront({
        clientCertificate: Certificate.fromCertificateArn(this, 'ClientCertificate', clientCertificateArn),
        domain: EdgeDomain.custom({ domainNames: [`api.${domainName}`], certificate, hostedZone }),
        countries: GeoRule.allowOnly(countries),
      }),
    };
  }
}
