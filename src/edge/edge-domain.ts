import { Token } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnDistribution, Distribution, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct, IConstruct } from 'constructs';
import { TLS_POLICIES } from './edge-baseline';
import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { recordWaiver } from '../core/exceptions/waiver';
import { SecurityProfile } from '../core/profile/security-profile';
import { certificateRegion } from '../core/stacks/certificate-region';
import { isDomainPattern } from '../core/values/domain-name';
import { EDGE_REGION } from '../waf/web-acl-baseline';

/** Names of your own for a distribution. */
export interface EdgeDomainProps {
  /** The names, in lower case, such as `shop.example.com`. The first is the one that `url` shows. */
  readonly domainNames: string[];
  /** Their certificate: one in us-east-1, whatever the region of the stack. Certificates of ACM are free. */
  readonly certificate: ICertificate;
  /**
   * The zone that gets alias records, IPv4 and IPv6, for each name.
   * @default - no records are made: point the names to the distribution yourself
   */
  readonly hostedZone?: IHostedZone;
  /**
   * Whether viewers must speak TLS 1.3, which also agrees on keys that quantum computers cannot break. Clients older than about 2019 are shut out.
   * @default false: TLS 1.2 and 1.3, with the ciphers of TLSv1.2_2021
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
   */
  readonly tls13Only?: boolean;
}

/** Under which name a distribution answers. */
export class EdgeDomain {
  /**
   * Names of your own, over TLS 1.2 or newer.
   * @throws ConfigurationError [EdgeDomain.Name], [EdgeDomain.Certificate] or [EdgeDomain.HostedZone], once the distribution is made
   */
  public static custom(props: EdgeDomainProps): EdgeDomain {
    return new EdgeDomain(props, undefined);
  }

  /**
   * The name that CloudFront makes up, `….cloudfront.net`. With its certificate CloudFront also speaks TLS 1.0 and 1.1 to viewers that ask
   * for it, and nobody can change that. The reason stands in the report.
   * @throws ConfigurationError [EdgeDomain.Reason] when the reason is too short to be judged, once the distribution is made
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValues-security-policy
   */
  public static generated(reason: string): EdgeDomain {
    return new EdgeDomain(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _props: EdgeDomainProps | undefined,
    /** @internal */ public readonly _reason: string | undefined,
  ) {}
}

/**
 * | domain    | profile | what happens |
 * |-----------|---------|--------------|
 * | custom    | any     | checked |
 * | generated | any     | the reason is checked, and recorded outside of sandbox |
 * | none      | sandbox | the name that CloudFront makes up |
 * | none      | others  | refused |
 */
export function checkEdgeDomain(place: Place, scope: IConstruct, domain: EdgeDomain | undefined): void {
  if (domain === undefined && !isSandbox(scope)) {
    refuse(place, {
      code: 'EdgeDomain.Required',
      prop: 'domain',
      must: 'must be given, because CloudFront speaks TLS 1.0 under the name that it makes up itself',
      fix: 'pass EdgeDomain.custom({ domainNames, certificate }), or EdgeDomain.generated(reason)',
    });
  }
  if (domain?._reason !== undefined) {
    checkReason(place, domain._reason, { code: 'EdgeDomain.Reason', prop: 'domain', fix: 'say why this distribution may do without a name of its own' });
  }
  if (domain?._props !== undefined) checkNames(place, domain._props);
}

/** What the distribution needs for its names. */
export function domainSettings(domain: EdgeDomain | undefined) {
  const props = domain?._props;
  if (props === undefined) return {};
  const policy = props.tls13Only === true ? TLS_POLICIES.strictest : TLS_POLICIES.standard;
  return { domainNames: [...props.domainNames], certificate: props.certificate, minimumProtocolVersion: policy as SecurityPolicyProtocol };
}

/** Points the names to the distribution, or says why it has none. */
export function placeDomain(scope: Construct, distribution: Distribution, domain: EdgeDomain | undefined): void {
  const props = domain?._props;
  if (props === undefined) return explainGeneratedName(scope, distribution, domain?._reason);
  const { hostedZone: zone } = props;
  if (zone === undefined) return;
  const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
  props.domainNames.forEach((name, at) => {
    const recordName = `${name}.`;
    new ARecord(scope, `Alias${at === 0 ? '' : at + 1}`, { zone, recordName, target });
    new AaaaRecord(scope, `AliasIpv6${at === 0 ? '' : at + 1}`, { zone, recordName, target });
  });
}

function explainGeneratedName(scope: Construct, distribution: Distribution, reason: string | undefined): void {
  if (reason !== undefined && !isSandbox(scope)) {
    recordWaiver(scope, { control: 'Edge.domain', reason });
    acknowledgeRule(distribution, 'ViewerCertificate', reason);
  }
  acknowledge(distribution.node.defaultChild as CfnDistribution, NagPackId.AWS_SOLUTIONS, 'CFR4',
    reason ?? `The profile '${SecurityProfile.of(scope).name}' does without a domain of one's own, and CloudFront lets nobody set the TLS version of its own name.`);
}

function isSandbox(scope: IConstruct): boolean {
  return SecurityProfile.of(scope).name === 'sandbox';
}

function checkNames(place: Place, { domainNames, certificate, hostedZone }: EdgeDomainProps): void {
  if (domainNames.length === 0) {
    refuse(place, { code: 'EdgeDomain.Name', prop: 'domain.domainNames', must: 'must hold at least one name', got: domainNames, fix: "write it like ['shop.example.com']" });
  }
  for (const name of domainNames) checkName(place, name, hostedZone);
  const region = certificateRegion(certificate);
  if (region === undefined || region === EDGE_REGION) return;
  refuse(place, {
    code: 'EdgeDomain.Certificate',
    prop: 'domain.certificate',
    must: `must lie in ${EDGE_REGION}, the only region from which CloudFront takes certificates`,
    got: region,
    fix: `request one for these names in ${EDGE_REGION}, and import it with Certificate.fromCertificateArn()`,
  });
}

function checkName(place: Place, name: string, zone: IHostedZone | undefined): void {
  if (Token.isUnresolved(name)) return;
  if (!isDomainPattern(name)) {
    refuse(place, { code: 'EdgeDomain.Name', prop: 'domain.domainNames', must: 'must be domain names in lower case', got: name, fix: "write them like 'shop.example.com'" });
  }
  if (zone === undefined || Token.isUnresolved(zone.zoneName)) return;
  const zoneName = zone.zoneName.replace(/\.$/, '');
  if (name === zoneName || name.endsWith(`.${zoneName}`)) return;
  refuse(place, {
    code: 'EdgeDomain.HostedZone', prop: 'domain.hostedZone', must: `must hold the name ${name}`, got: zoneName, fix: 'pass the zone of that name, or leave it out and make the record yourself',
  });
}
