import { Settings } from './settings';

/** An ARN in its parts. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):([\x21-\x7e]{1,1024})$/;

export function parseArn(text: string): Arn | undefined {
  const match = ARN.exec(text);
  if (match === null) return undefined;
  const [, partition, service, region, account, resource] = match;
  return { partition, service, region, account, resource };
}

/** The ARN of a function without version or alias, if it is one of this account and region. */
export function functionArn(id: string, { account, region }: Settings): string | undefined {
  const arn = parseArn(id);
  if (arn === undefined || arn.service !== 'lambda' || arn.account !== account || arn.region !== region) return undefined;
  const name = /^function:([A-Za-z0-9_-]{1,64})(:[A-Za-z0-9$_-]{1,128})?$/.exec(arn.resource)?.[1];
  return name === undefined ? undefined : `arn:${arn.partition}:lambda:${region}:${account}:function:${name}`;
}

export function functionName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/**
 * The name of a role, from its ARN or that of a session. Names of roles are unique in an account, whatever their path.
 * Roles of AWS's own services cannot be changed, and are left out.
 */
export function roleName(id: string, { account }: Settings): string | undefined {
  const arn = parseArn(id);
  if (arn === undefined || arn.account !== account) return undefined;
  if (arn.service === 'iam') {
    if (/^role\/aws-(service-role|reserved)\//.test(arn.resource)) return undefined;
    return /^role\/(?:[\x21-\x7e]{0,510}\/)?([A-Za-z0-9+=,.@_-]{1,64})$/.exec(arn.resource)?.[1];
  }
  if (arn.service === 'sts') return /^assumed-role\/([A-Za-z0-9+=,.@_-]{1,64})\/[A-Za-z0-9+=,.@_-]{2,64}$/.exec(arn.resource)?.[1];
  return undefined;
}

/** The ARN of a bucket, from its own or that of an object in it. */
export function bucketArn(id: string): string | undefined {
  const arn = parseArn(id);
  if (arn === undefined || arn.service !== 's3' || arn.region !== '' || arn.account !== '') return undefined;
  const name = /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\/.*)?$/.exec(arn.resource)?.[1];
  return name === undefined ? undefined : `arn:${arn.partition}:s3:::${name}`;
}

export function bucketName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** The stages that an ARN of an API means, out of those that are protected: one, or all of its API. */
export function stagesOf(id: string, { account, region, stages }: Settings): readonly string[] {
  const arn = parseArn(id);
  if (arn === undefined || arn.region !== region) return [];
  const [, api, stage] = arn.service === 'apigateway' && arn.account === '' ? /^\/restapis\/([a-z0-9]{1,64})(?:\/stages\/([A-Za-z0-9_-]{1,128}))?$/.exec(arn.resource) ?? []
    : arn.service === 'execute-api' && arn.account === account ? /^([a-z0-9]{1,64})(?:\/([A-Za-z0-9_*-]{1,128}))?(?:\/.*)?$/.exec(arn.resource) ?? []
      : [];
  if (api === undefined) return [];
  return stages.filter((one) => (stage === undefined || stage === '*' ? one.startsWith(`${api}/`) : one === `${api}/${stage}`));
}
