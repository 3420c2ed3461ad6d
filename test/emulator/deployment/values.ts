import { Planned } from './template';

/** The account of moto, and the region that the script chooses. */
export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';

/** A resource that is deployed: its type and its physical id. */
export interface Deployed {
  readonly type: string;
  readonly physicalId: string;
}

/** Values of the properties of resources that are applied without CloudFormation, as CloudFormation would have filled them in. */
export class Values {
  private readonly pseudo: { readonly [name: string]: string };

  constructor(
    public readonly region: string, private readonly deployed: ReadonlyMap<string, Deployed>, private readonly planned: ReadonlyMap<string, Planned>,
  ) {
    this.pseudo = { 'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws', 'AWS::Region': region, 'AWS::URLSuffix': 'amazonaws.com' };
  }

  public resolve(value: unknown): any {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => this.resolve(one));
    const [[name, inner], ...others] = [...Object.entries(value), ['', undefined]];
    if (others.length === 1) {
      if (name === 'Ref') return this.refer(inner as string);
      if (name === 'Fn::GetAtt') return this.attribute(...inner as [string, string]);
      if (name === 'Fn::Join') return (this.resolve(inner[1]) as string[]).join(inner[0] as string);
      if (name === 'Fn::Select') return this.resolve(inner[1])[Number(inner[0])];
      if (name === 'Fn::Split') return (this.resolve(inner[1]) as string).split(inner[0] as string);
      if (name === 'Fn::Sub') return (inner as string).replace(/\$\{([\w:]+)\}/g, (_, id: string) => this.refer(id));
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.resolve(one)]));
  }

  public refer(id: string): string {
    return this.pseudo[id] ?? this.planned.get(id)?.name ?? this.of(id).physicalId;
  }

  private attribute(id: string, attribute: string): string {
    const planned = this.planned.get(id);
    if (planned !== undefined) return planned.attributes(attribute);
    const { type, physicalId } = this.of(id);
    if (attribute !== 'Arn') return `${physicalId}.${attribute}`;
    return arnOf(type, physicalId, this.region);
  }

  private of(id: string): Deployed {
    const found = this.deployed.get(id);
    if (found === undefined) throw new Error(`${id} is not deployed`);
    return found;
  }
}

/** The ARN of a resource, from what CloudFormation calls its physical id. */
export function arnOf(type: string, physicalId: string, region: string): string {
  const last = physicalId.split('/').pop()!;
  switch (type) {
    case 'AWS::S3::Bucket': return `arn:aws:s3:::${physicalId}`;
    case 'AWS::SQS::Queue': return `arn:aws:sqs:${region}:${ACCOUNT}:${last}`;
    case 'AWS::KMS::Key': return `arn:aws:kms:${region}:${ACCOUNT}:key/${last}`;
    case 'AWS::Lambda::Function': return `arn:aws:lambda:${region}:${ACCOUNT}:function:${physicalId}`;
    case 'AWS::IAM::Role': return `arn:aws:iam::${ACCOUNT}:role/${last}`;
    case 'AWS::Logs::LogGroup': return `arn:aws:logs:${region}:${ACCOUNT}:log-group:${physicalId}:*`;
    case 'AWS::DynamoDB::GlobalTable':
    case 'AWS::DynamoDB::Table': return `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${physicalId}`;
    case 'AWS::Events::EventBus': return `arn:aws:events:${region}:${ACCOUNT}:event-bus/${physicalId}`;
    default: return physicalId;
  }
}
