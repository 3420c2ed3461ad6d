import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';
import { Replacements, Schemas } from './replaced';

/** The schemas call only stores stateful. These lose something too. */
const ALSO_STATEFUL: { readonly [type: string]: string } = {
  'AWS::ApiGateway::ApiKey': 'its value was given to callers',
  'AWS::ApiGateway::DomainName': 'DNS records point at its regional name',
  'AWS::ApiGateway::RestApi': 'callers know its URL',
  'AWS::ApiGatewayV2::Api': 'callers know its URL',
  'AWS::ApiGatewayV2::DomainName': 'DNS records point at its regional name',
  'AWS::AppSync::GraphQLApi': 'callers know its URL',
  'AWS::CloudFront::Distribution': 'callers and DNS records know its domain name',
  'AWS::Cognito::IdentityPool': 'holds identities',
  'AWS::Cognito::UserPoolClient': 'apps carry its id',
  'AWS::Cognito::UserPoolDomain': 'apps carry its name',
  'AWS::Cognito::UserPoolGroup': 'holds who belongs to it',
  'AWS::ECR::Repository': 'holds images',
  'AWS::Events::Archive': 'holds events',
  'AWS::Events::EventBus': 'other accounts send to its ARN',
  'AWS::Lambda::Url': 'callers know its URL',
  'AWS::SNS::Topic': 'holds subscriptions made outside of the template',
  'AWS::SSM::Parameter': 'holds a value that may have been changed since',
  'AWS::StepFunctions::StateMachine': 'holds the history of its executions',
};

/**
 * What the schemas miss. The service refuses to change these after creation, so that a deployment fails: no better than a replacement.
 * KMS and DynamoDB say so in the documentation of the properties, Cognito in its error (aws-amplify/amplify-cli#4227).
 */
const ALSO_ALWAYS: { readonly [type: string]: readonly string[] } = {
  'AWS::Cognito::UserPool': ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'],
  'AWS::DynamoDB::Table': ['LocalSecondaryIndexes'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
};

/**
 * Types that are younger than the schemas, from the documentation of CloudFormation, since the oldest `aws-cdk-lib` of this library has no class of them.
 * An entry goes as soon as the schemas know its type.
 */
const YOUNGER: { readonly [type: string]: Replacements } = {
  // callers know its domain name
  'AWS::Lambda::WebFunctionEndpoint': { stateful: true, always: ['EndpointName', 'EndpointType', 'FunctionName', 'Regions'], sometimes: [] },
  'AWS::Lambda::WebFunctionRevision': {
    stateful: false, always: ['BuildConfig', 'Description', 'FunctionName', 'KmsKeyArn', 'ServiceConfig'], sometimes: [],
  },
};

/** Attributes can be added, but none of those that are there can be changed. */
const ALSO_SOMETIMES: { readonly [type: string]: readonly string[] } = {
  'AWS::Cognito::UserPool': ['Schema'],
  'AWS::DynamoDB::Table': ['AttributeDefinitions'],
};

type Properties = { readonly [name: string]: Property };

/** Reads the schemas of all resource types once; 0.7 s. */
export class ReplacementSchemas implements Schemas {
  private readonly database: SpecDatabase = loadAwsServiceSpecSync();

  /** Undefined where the schemas do not know the type: custom resources, or types younger than the data. */
  public of(type: string): Replacements | undefined {
    const [resource] = this.database.lookup('resource', 'cloudFormationType', 'equals', type);
    if (resource === undefined) return YOUNGER[type];
    if (type in YOUNGER) throw new Error(`the schemas know ${type}: its entry in YOUNGER has had its day`);
    const always = [...(resource.additionalReplacementProperties ?? []).map((path) => path.join('.')), ...ALSO_ALWAYS[type] ?? []];
    const sometimes = [...ALSO_SOMETIMES[type] ?? []];
    this.collect(resource.properties, '', new Set(), (path, kind) => (kind === 'yes' ? always : sometimes).push(path));
    const sorted = (paths: readonly string[]): string[] => [...new Set(paths)].sort();
    return { stateful: resource.isStateful === true || type in ALSO_STATEFUL, always: sorted(always), sometimes: sorted(sometimes) };
  }

  /** Stops at what always replaces: a change below it is a change of it. A type that holds itself is entered once. */
  private collect(properties: Properties, prefix: string, entered: ReadonlySet<string>, add: (path: string, kind: string) => void): void {
    for (const [name, { causesReplacement, type }] of Object.entries(properties)) {
      const path = `${prefix}${name}`;
      if (causesReplacement === 'yes' || causesReplacement === 'maybe') add(path, causesReplacement);
      if (causesReplacement === 'yes') continue;
      for (const id of referenced(type).filter((reference) => !entered.has(reference))) {
        this.collect(this.database.get('typeDefinition', id).properties, `${path}.`, new Set([...entered, id]), add);
      }
    }
  }
}

/** The ids of the named types that a type is made of. */
function referenced(type: PropertyType): string[] {
  switch (type.type) {
    case 'ref': return [type.reference.$ref];
    case 'array':
    case 'map': return referenced(type.element);
    case 'union': return type.types.flatMap(referenced);
    default: return [];
  }
}
