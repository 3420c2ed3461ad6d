import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnRole, CfnUser, IRole, IUser } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { ADDRESS_ACTIONS, BUCKET_ACTIONS, FUNCTION_ACTIONS, MAPPING_ACTIONS, PlaybookActions, ROLE_ACTIONS, STAGE_ACTIONS, USER_ACTIONS } from './containment-baseline';
import { SecureApi } from '../api/secure-api';
import { Place, refuse } from '../core/configuration-error';
import { WebAclDenyList } from '../waf/web-acl-deny-list';

/** What the functions of a containment may do for one target: a statement for each kind, which further targets of the kind join. */
export interface TargetRight {
  readonly kind: 'function' | 'mapping' | 'role' | 'user' | 'bucket' | 'stage' | 'address';
  readonly actions: PlaybookActions;
  readonly resource: string;
  /** Whether IAM looks at the tag of the resource, so that the right ends with the tag. */
  readonly tagged: boolean;
  /** The function that a mapping must start. */
  readonly functionArn?: string;
}

/** A resource that bears the tag. */
export interface TaggedPart {
  readonly construct: IConstruct;
  readonly type: string;
}

/** Something of this app that may be contained: `containment.protect(ContainmentTarget.function(fn))`. */
export class ContainmentTarget {
  /**
   * A function, with its role and what starts it. A role that other functions share is contained with it.
   * @throws ConfigurationError [Containment.Imported] when it was not made in this app: nobody could tag it; or when it is a version or alias
   */
  public static function(fn: IFunction): ContainmentTarget {
    const role = fn.role !== undefined && CfnRole.isCfnRole(fn.role.node.defaultChild) ? fn.role : undefined;
    return new ContainmentTarget(fn, CfnFunction.isCfnFunction(fn.node.defaultChild), () => [
      { kind: 'function', actions: FUNCTION_ACTIONS, resource: fn.functionArn, tagged: true },
      { kind: 'mapping', actions: MAPPING_ACTIONS, resource: mappingsOf(fn), tagged: false, functionArn: fn.functionArn },
      ...role === undefined ? [] : [roleRight(role)],
    ], [
      { construct: fn, type: 'AWS::Lambda::Function' },
      ...role === undefined ? [] : [{ construct: role, type: 'AWS::IAM::Role' }],
    ]);
  }

  /**
   * A role, whose sessions are revoked.
   * @throws ConfigurationError [Containment.Imported] when it was not made in this app: nobody could tag it
   */
  public static role(role: IRole): ContainmentTarget {
    return new ContainmentTarget(role, CfnRole.isCfnRole(role.node.defaultChild), () => [roleRight(role)], [
      { construct: role, type: 'AWS::IAM::Role' },
    ]);
  }

  /**
   * A user, whose access keys are deactivated.
   * @throws ConfigurationError [Containment.Imported] when it was not made in this app: nobody could tag it
   */
  public static user(user: IUser): ContainmentTarget {
    return new ContainmentTarget(user, CfnUser.isCfnUser(user.node.defaultChild), () => [
      { kind: 'user', actions: USER_ACTIONS, resource: user.userArn, tagged: true },
    ], [{ construct: user, type: 'AWS::IAM::User' }]);
  }

  /**
   * A bucket.
   * @throws ConfigurationError [Containment.Imported] when it was not made in this app: nobody could tag it
   */
  public static bucket(bucket: IBucket): ContainmentTarget {
    return new ContainmentTarget(bucket, CfnBucket.isCfnBucket(bucket.node.defaultChild), () => [
      { kind: 'bucket', actions: BUCKET_ACTIONS, resource: bucket.bucketArn, tagged: false },
    ], [{ construct: bucket, type: 'AWS::S3::Bucket' }]);
  }

  /** The stage of a REST API, and the addresses that its web ACL refuses. Without a web ACL only the stage is throttled. */
  public static api(api: SecureApi): ContainmentTarget {
    const { stage, webAcl } = api;
    return new ContainmentTarget(api, true, () => [
      { kind: 'stage', actions: STAGE_ACTIONS, resource: stage.stageArn, tagged: true },
      ...webAcl === undefined ? [] : [webAcl.runTimeDenyList()].flatMap(({ version4Arn, version6Arn }) => (
        [version4Arn, version6Arn].map((resource) => ({ kind: 'address' as const, actions: ADDRESS_ACTIONS, resource, tagged: false })))),
    ], [{ construct: stage, type: 'AWS::ApiGateway::Stage' }], {
      name: `${api.restApi.restApiId}/${stage.stageName}`, denyList: () => webAcl?.runTimeDenyList(),
    });
  }

  private constructor(
    /** @internal */ public readonly _construct: IConstruct,
    private readonly isOfThisApp: boolean,
    /** @internal */ public readonly _rights: () => TargetRight[],
    /** @internal */ public readonly _tagged: readonly TaggedPart[],
    /** @internal */ public readonly _stage?: { readonly name: string; readonly denyList: () => WebAclDenyList | undefined },
  ) {}

  /** @internal */
  public _check(place: Place): void {
    if (this.isOfThisApp) return;
    refuse(place, {
      code: 'Containment.Imported',
      prop: 'protect()',
      must: 'must be given what this app makes: only that bears the tag by which it may be contained',
      got: this._construct.node.path,
      fix: 'pass the function itself instead of a version or alias; protect what is imported from the app that makes it',
    });
  }
}

function roleRight(role: IRole): TargetRight {
  return { kind: 'role', actions: ROLE_ACTIONS, resource: role.roleArn, tagged: true };
}

/** Mappings get their ids when they are made: the condition names the function that they start. */
function mappingsOf(fn: IFunction): string {
  return Stack.of(fn).formatArn({ service: 'lambda', resource: 'event-source-mapping', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
