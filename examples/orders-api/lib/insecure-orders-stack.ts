import { join } from 'path';
import { Stack, StackProps } from 'aws-cdk-lib';
import { LambdaIntegration, MethodLoggingLevel, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

const handlers = join(__dirname, '..', 'src');

/**
 * The same shop as OrdersStack, written with plain L2s and without care. Each line that a rule finds says what is wrong with it.
 * It exists to show the findings; never deploy it.
 */
export class InsecureOrdersStack extends Stack {
  private readonly role = this.sharedRole();

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const orders = new Table(this, 'OrdersTable', {
      partitionKey: { name: 'customerId', type: AttributeType.STRING },
      sortKey: { name: 'orderId', type: AttributeType.STRING },
    });
    const receipts = this.publicBucket();

    const placeOrder = this.handler('PlaceOrder', 'place-order.ts', {
      ORDERS_TABLE: orders.tableName,
      RECEIPTS_BUCKET: receipts.bucketName,
      DEBUG: '*', // prints whatever libraries handle, tokens too
      PARTNER_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', // a key pair in plain text: AWS's own documentation example
      PARTNER_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    });
    const readOrders = this.handler('ReadOrders', 'read-orders.ts', { ORDERS_TABLE: orders.tableName });
    const health = this.handler('Health', 'health.ts', {});

    placeOrder.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }); // a second way in, for everybody
    placeOrder.addPermission('Storage', { principal: new ServicePrincipal('s3.amazonaws.com') }); // any bucket of any account

    const api = new RestApi(this, 'Api', {
      deployOptions: { loggingLevel: MethodLoggingLevel.INFO, dataTraceEnabled: true }, // bodies and headers end up in the log; no throttle
    });
    const collection = api.root.addResource('orders');
    collection.addMethod('POST', new LambdaIntegration(placeOrder)); // no authorization, no validation
    collection.addMethod('GET', new LambdaIntegration(readOrders));
    collection.addResource('{id}').addMethod('GET', new LambdaIntegration(readOrders));
    api.root.addResource('health').addMethod('GET', new LambdaIntegration(health));
  }

  private sharedRole(): Role {
    const role = new Role(this, 'Role', { // one role for all: each function may do what any of them may
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
    });
    role.addToPolicy(new PolicyStatement({ actions: ['s3:*', 'dynamodb:*'], resources: ['*'] }));
    return role;
  }

  private publicBucket(): Bucket {
    const bucket = new Bucket(this, 'Receipts', {
      blockPublicAccess: new BlockPublicAccess({
        blockPublicAcls: false,
        blockPublicPolicy: false,
        ignorePublicAcls: false,
        restrictPublicBuckets: false,
      }),
    });
    bucket.addToResourcePolicy(new PolicyStatement({ // every receipt of every customer, for everybody
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
    }));
    return bucket;
  }

  private handler(id: string, file: string, environment: Record<string, string>): Function {
    return new NodejsFunction(this, id, { entry: join(handlers, file), runtime: Runtime.NODEJS_24_X, role: this.role, environment });
  }
}
