import { IGrantable, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CONTAINMENT_TAG, MAPPING_LIST_ACTIONS, TARGETS_IN_POLICY } from './containment-baseline';
import { ContainmentTarget, TargetRight } from './containment-target';
import { acknowledgeRule, acknowledgeWildcardResource } from '../core/exceptions/acknowledgement';
import { allow } from '../iam/exact-access';
import { ServiceRole } from '../iam/service-role';

const MAPPINGS_REASON = 'Mappings get their ids when they are made: the condition names the functions that they start.';
const LIST_REASON = 'lambda:ListEventSourceMappings has no resource-level rights: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html.';

const EXPLAINED: readonly (readonly [string, string, string])[] = [
  ['IamPrivilegeEscalation[iam:PutRolePolicy]', 'iam:PutRolePolicy',
    'Containment denies everything to a role by a policy of it: only to roles that were given to protect(), by ARN and tag, and never to its own.'],
  ['StoreControlRights[s3:PutBucketPolicy]', 's3:PutBucketPolicy',
    'Containment denies writes by the policy of a bucket: only of buckets that were given to protect(), by ARN.'],
  ['StoreControlRights[s3:DeleteBucketPolicy]', 's3:DeleteBucketPolicy',
    'Undoing a containment restores the policy of a bucket: only of buckets that were given to protect(), by ARN.'],
];

/** What one function of a containment may do, and to what. */
export interface RightsProps {
  readonly role: ServiceRole;
  readonly actionsOf: (right: TargetRight) => readonly string[];
  /** The value of the tag that resources must bear; none for who undoes: a lost tag must not make a containment last for ever. */
  readonly tagValue?: string;
  /** Whether it looks for what starts a function. */
  readonly listsMappings?: boolean;
}

/** A statement that further targets join, and what it names so far. */
interface Growing {
  readonly statement: PolicyStatement;
  readonly functions: string[];
}

/**
 * The rights of one function on the targets of its containment: exact ARNs, in policies of so many targets as fit. They stand apart from the
 * policy of the role, on which the function waits when it is deployed, so that a target may be anything of the app.
 */
export class ContainmentRights extends Construct {
  private policy?: ManagedPolicy;
  private count = 0;
  private growing = new Map<string, Growing>();

  constructor(scope: Construct, id: string, private readonly props: RightsProps) {
    super(scope, id);
  }

  public add(target: ContainmentTarget): void {
    if (this.count % TARGETS_IN_POLICY === 0) {
      this.policy = new ManagedPolicy(this, `Policy${this.count / TARGETS_IN_POLICY}`, {
        roles: [this.props.role], document: new PolicyDocument({ minimize: true }),
      });
      this.growing = new Map();
    }
    this.count += 1;
    for (const right of target._rights()) this.give(right);
  }

  private give(right: TargetRight): void {
    const actions = this.props.actionsOf(right);
    if (actions.length === 0) return;
    const known = this.growing.get(right.kind);
    const { statement, functions } = known ?? this.begin(right, actions);
    if (right.functionArn === undefined) {
      statement.addResources(right.resource);
      return;
    }
    functions.push(right.functionArn, `${right.functionArn}:*`);
    statement.addCondition('ArnLike', { 'lambda:FunctionArn': [...functions] });
    if (known !== undefined) return;
    statement.addResources(right.resource);
    acknowledgeWildcardResource(this.policy!, right.resource, MAPPINGS_REASON);
  }

  private begin({ kind, tagged }: TargetRight, actions: readonly string[]): Growing {
    const { tagValue, listsMappings } = this.props;
    const statement = new PolicyStatement({
      actions: [...actions],
      conditions: tagged && tagValue !== undefined ? { StringEquals: { [`aws:ResourceTag/${CONTAINMENT_TAG}`]: tagValue } } : undefined,
    });
    const growing = { statement, functions: [] };
    this.growing.set(kind, growing);
    this.policy!.addStatements(statement);
    this.explain(actions);
    if (kind === 'mapping' && listsMappings === true) {
      allow(this, { grantee: this.policy as IGrantable, actions: MAPPING_LIST_ACTIONS, resources: ['*'], wildcardReason: LIST_REASON });
    }
    return growing;
  }

  /** What the pack says to rights by which somebody could change who may do what: here they are the purpose. */
  private explain(actions: readonly string[]): void {
    for (const [finding, action, reason] of EXPLAINED) {
      if (actions.includes(action)) acknowledgeRule(this.policy!, finding, reason);
    }
  }
}
