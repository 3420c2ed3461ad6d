import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AlarmRecipient, ContentSecurityPolicy, EdgeDomain, GeoRule, SecureWebsite, StackAlarmTopic, WebsiteFallback } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { Members } from './members';
import { NotesApi } from './notes-api';
import { NotesNames } from './notes-names';
import { functionDemands } from '../../common/regulated';

export interface NotesStackProps extends StackProps {
  readonly names: NotesNames;
}

/** Notes for organizations: a page, the API that it calls, and the people who sign in. */
export class NotesStack extends Stack {
  constructor(scope: Construct, id: string, { names, ...props }: NotesStackProps) {
    // CloudFront takes its web ACL, its certificates and its alarms from us-east-1 only: there, one stack holds all.
    super(scope, id, { ...props, env: { ...props.env, region: 'us-east-1' } });
    StackAlarmTopic.notify(this, AlarmRecipient.email(names.alarmEmail));

    const pageOrigin = `https://${names.domainName}`;
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', names.certificateArn);
    const hostedZone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { zoneName: names.domainName, hostedZoneId: names.hostedZoneId });
    const functions = functionDemands(this, { concurrency: 20 });

    const members = new Members(this, 'Members', { names, pageUrl: `${pageOrigin}/`, functions });
    const api = new NotesApi(this, 'Api', { names, members, certificate, hostedZone, pageOrigin, functions });
    const site = new SecureWebsite(this, 'Site', {
      domain: EdgeDomain.custom({ domainNames: [names.domainName], certificate, hostedZone }),
      countries: GeoRule.allowOnly(names.countries),
      fallback: WebsiteFallback.none(), // the page is one file
      headers: { contentSecurityPolicy: ContentSecurityPolicy.site().with({ connectSrc: [api.url, members.signInUrl] }) },
    });
    site.allowDeploy(new ManagedPolicy(this, 'Deploy', {
      description: 'Brings the files of the page', roles: [Role.fromRoleName(this, 'Pipeline', names.deployRole)],
    }));

    new CfnOutput(this, 'SiteBucket', { value: site.bucket.bucketName, description: 'Where the files of the page go' });
    new CfnOutput(this, 'SiteDistribution', { value: site.distribution.distributionId, description: 'Whose cache to empty afterwards' });
    new CfnOutput(this, 'PageConfig', { value: this.pageConfig(members, api, site), description: 'The config.json of the page' });
  }

  /** What the page must know. Nothing of it is secret. */
  private pageConfig({ page, scopes, signInUrl }: Members, api: NotesApi, site: SecureWebsite): string {
    return this.toJsonString({
      apiUrl: api.url.replace(/\/$/, ''),
      clientId: page.userPoolClientId,
      loginUrl: signInUrl,
      redirectUrl: site.url,
      scopes: ['openid', scopes.read, scopes.write],
    });
  }
}
