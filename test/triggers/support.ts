import { App, CfnResource, Environment, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecureFunctionOptions } from '../../src/function/function-options';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { Json, line } from '../support/api';
import { templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

export const HERE: Environment = { account: '111122223333', region: 'eu-west-1' };

/** A shop with one of each source, all encrypted with the key of the stack. */
export class Shop {
  public readonly stack: Stack;
  public readonly fn: SecureFunction;

  constructor(options: SecureFunctionOptions = {}, env?: Environment) {
    this.stack = testStack({ env });
    this.fn = aFunction(this.stack, 'Handler', options);
  }

  public queue(id = 'Jobs'): SecureQueue {
    return new SecureQueue(this.stack, id);
  }

  public topic(): Topic {
    return new Topic(this.stack, 'News', { masterKey: StackDataKey.of(this.stack) });
  }

  public table(): Table {
    return new Table(this.stack, 'Customers', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: StackDataKey.of(this.stack),
    });
  }

  public data(): Stream {
    return new Stream(this.stack, 'Clicks', { encryptionKey: StackDataKey.of(this.stack) });
  }

  public bucket(): SecureBucket {
    return new SecureBucket(this.stack, 'Receipts');
  }

  public bus(): EventBus {
    return new EventBus(this.stack, 'Bus');
  }

  /** The resource of a construct, as rendered. */
  public resource(construct: IConstruct): Json {
    const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild as CfnResource;
    return templateOf(this.stack).toJSON().Resources[this.stack.getLogicalId(resource)];
  }

  public properties(construct: IConstruct): Json {
    return this.resource(construct).Properties;
  }

  /** Statements that were added to the role of the function, one line each: actions, resources, conditions. */
  public rights(): string[] {
    return statementLines(Object.values(templateOf(this.stack).findResources('AWS::IAM::Policy', {
      Properties: { Roles: [this.stack.resolve(this.fn.role!.roleName)] },
    })).flatMap((policy: Json) => policy.Properties.PolicyDocument.Statement));
  }

  /** The validation errors of the whole app. */
  public errors(): string[] {
    return errorsOf(this.stack);
  }
}

export function errorsOf(stack: Stack): string[] {
  (stack.node.root as App).synth({ skipValidation: true, force: true });
  return stack.node.root.node.findAll().flatMap((node) => node.node.validate());
}

export function statementLines(statements: Json[]): string[] {
  return statements.map(({ Action, Resource, Condition, Principal }) => [
    [Action].flat().join(' '),
    ...Principal === undefined ? [] : [line(Principal.Service ?? Principal.AWS)],
    ...Resource === undefined ? [] : [[Resource].flat().map(line).join(' ')],
    ...Object.entries(Condition ?? {}).flatMap(([operator, keys]) => Object.entries(keys as Json)
      .map(([key, value]) => `${operator} ${key}=${[value].flat().map(line).join(',')}`)),
  ].join(' | '));
}
