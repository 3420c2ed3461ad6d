import { CREDENTIAL_PATHS, PASS_THROUGH_PATHS } from './credential-baseline';
import { findSecret, namesSecret } from '../core/secrets/secret-findings';
import { PROOF_HEADER_PATTERN } from '../model/entries/edge-behaviors';
import { Leaf, leavesOf } from '../model/resources/leaves';
import { Resource } from '../model/resources/resource';
import { ANY_TYPE, CUSTOM_TYPES, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../model/rule';
import { own, section } from '../model/templates/template-source';
import { alternatives, at, elements, entries, isUnresolved, Reference, Text, textOf, Value } from '../model/values/values';

/** What tells the helper scripts of CloudFormation how to sign in where they fetch files. */
const AUTHENTICATION = 'AWS::CloudFormation::Authentication';
const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const CUSTOM_RESOURCE = 'AWS::CloudFormation::CustomResource';
/** What CDK itself writes into custom resources: a hash that changes with a function, and once more what a revision of a web function says. */
const WRITTEN_BY_CDK: { readonly [type: string]: string } = {
  'Custom::CrossRegionStringParameterReader': 'RefreshToken', 'Custom::S3ObjectCopy': 'Configuration',
};
const GRAPHQL_API = 'AWS::AppSync::GraphQLApi';

/** Values that are filled in when a request runs: JSONPath, JSONata, mapping expressions, placeholders. */
const FILLED_IN = /^(?:\$|\{%|<|method\.|context\.|integration\.|stageVariables\.)/;

/** The end of a name under which one side shows the other who it is. */
const PROVES_SENDER = /(?:^|[-_.])(?:hmac|signature|verification|verify)$/i;

const DYNAMIC_SECRET = /\{\{resolve:(?:secretsmanager|ssm-secure):/;

export const CREDENTIAL_LITERAL: Rule = {
  id: 'CredentialLiteral',
  severity: Severity.HIGH,
  appliesTo: [...Object.keys(CREDENTIAL_PATHS), GRAPHQL_API].sort(),
  title: 'A template holds the password or key with which a resource authenticates',
  why: 'Everybody who can read the template, its history or the log of the pipeline can sign in as the resource, or at it.',
  fix: 'Put the value into Secrets Manager and refer to it with a dynamic reference ({{resolve:secretsmanager:…}}, secretValueFromJson), '
    + 'or let the service make and keep it (ManageMasterUserPassword). Rotate the value that stood here.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['cfn_nag F23', 'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'path of the property',
  check: (resource) => (resource.type === GRAPHQL_API ? judgeGraphql(resource)
    : CREDENTIAL_PATHS[resource.type].map((path) => judgeCredential(resource, path))),
};

export const PASS_THROUGH_SECRET: Rule = {
  id: 'PassThroughSecret',
  severity: Severity.LOW,
  appliesTo: [...Object.keys(PASS_THROUGH_PATHS), CUSTOM_RESOURCE, CUSTOM_TYPES],
  title: 'A secret stands in a field that a service passes on',
  why: 'Everybody who may describe the resource reads it, and so does everybody who reads the logs of its executions. A dynamic reference hides it from the template only.',
  fix: 'Pass the ARN of the secret, and let the code that needs the value read it.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: [
    'FSBP ECS.8', 'CT.ECS.PR.12', 'cdk-nag AwsSolutions-ECS2', 'prowler apigateway_restapi_no_secrets_in_stage_variables',
    'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07',
  ],
  findingForm: 'name under which the value stands',
  check: (resource) => {
    const leaves = passedOnBy(resource).flatMap((path) => leavesOf(resource.property(path), `Properties.${path}`));
    return leaves.map((leaf) => judgePassedOn(resource, leaf));
  },
};

export const METADATA_CREDENTIALS: Rule = {
  id: 'MetadataCredentials',
  severity: Severity.HIGH,
  appliesTo: [ANY_TYPE],
  title: 'The metadata of a resource hold credentials',
  why: 'Everybody who may describe the stack reads metadata, and so does everybody who reads the template or its history.',
  fix: 'Name a role in the place of keys and passwords (roleName), or resolve them from Secrets Manager.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['cfn_nag W1', 'KICS cloudformation_specifying_credentials_not_safe', 'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'name of the credential and of its property',
  check: judgeMetadata,
};

/** Everything that a custom resource is given goes to its function, in an event that functions like to log. */
function passedOnBy(resource: Resource): readonly string[] {
  return PASS_THROUGH_PATHS[resource.type] ?? Object.keys(section(resource.declaration, 'Properties'))
    .filter((name) => name !== 'ServiceToken' && name !== WRITTEN_BY_CDK[resource.type]);
}

/** Read as it is written first: few resources have such metadata, and resolving those of all others takes time. */
function judgeMetadata(resource: Resource): RuleResult {
  if (own(own(resource.declaration, 'Metadata'), AUTHENTICATION) === undefined) return [];
  return entries(at(resource.attribute('Metadata'), AUTHENTICATION)).flatMap(([name, credential]) => (
    ['accessKeyId', 'password', 'secretKey'].map((property): Outcome => {
      const values = alternatives(at(credential, property));
      const location = `Metadata.${AUTHENTICATION}.${name}.${property}`;
      if (values.some(isWritten)) return fail(location, `${name} ${property}`);
      return values.some(isUnresolved) ? unresolved(location, `${name} ${property}`) : pass();
    })));
}

function judgeCredential(resource: Resource, path: string): Outcome {
  const location = `Properties.${path.replaceAll('.*', '')}`;
  const finding = path.replaceAll('.*', '');
  const values = valuesAt([resource.property(path.split('.')[0])], path.split('.').slice(1));
  if (values.some(isWritten)) return fail(location, finding);
  return values.some(isUnresolved) ? unresolved(location, finding) : pass();
}

function valuesAt(values: readonly Value[], path: readonly string[]): readonly Value[] {
  const options = values.flatMap(alternatives).filter((value) => value !== undefined && value !== null);
  if (path.length === 0) return options;
  const [next, ...rest] = path;
  const unknown = options.filter(isUnresolved);
  const known = options.filter((value) => !isUnresolved(value));
  return [...unknown, ...valuesAt(next === '*' ? known.flatMap(elements) : known.map((value) => at(value, next)), rest)];
}

/** A text in the template. What points to a resource, or is resolved from a store of secrets, is none. */
function isWritten(value: Value): boolean {
  if (value instanceof Reference || isUnresolved(value)) return false;
  const text = textOf(value);
  if (text === undefined || text.trim() === '' || DYNAMIC_SECRET.test(text)) return false;
  return !(value instanceof Text) || !/^(?:<[^<>]*>)*$/.test(text);
}

function judgeGraphql(api: Resource): RuleResult {
  return entries(api.property('EnvironmentVariables')).map(([name, value]): Outcome => {
    const location = `Properties.EnvironmentVariables.${name}`;
    if (alternatives(value).some((option) => !isUnresolved(option) && findSecret(name, textOf(option) ?? '') !== undefined)) return fail(location, name);
    return namesSecret(name) && alternatives(value).some(isUnresolved) ? unresolved(location, name) : pass();
  });
}

function judgePassedOn(resource: Resource, leaf: Leaf): Outcome {
  const name = leaf.name.split('.').pop()!;
  const isStatic = /^'.*'$/.test(leaf.text.trim());
  const text = isStatic ? leaf.text.trim().slice(1, -1) : leaf.text;
  if (DYNAMIC_SECRET.test(text)) return fail(leaf.path, name);
  if (FILLED_IN.test(text) || name.endsWith('$')) return pass();
  const isHeader = /authorization$/i.test(name) && (isStatic || resource.type !== 'AWS::ApiGateway::Method') && /^(?:basic|bearer) \S/i.test(text);
  return isHeader || findSecret(name, text) !== undefined || provesSender(resource, leaf, text) ? fail(leaf.path, name) : pass();
}

/** A random value in a header that only a distribution and its origin know, whatever they call it, or under the name of a proof. */
function provesSender(resource: Resource, leaf: Leaf, text: string): boolean {
  const isProof = resource.type === DISTRIBUTION ? leaf.path.endsWith('.HeaderValue') && PROOF_HEADER_PATTERN.test(leaf.name) : PROVES_SENDER.test(leaf.name);
  return isProof && findSecret('secret', text) !== undefined;
}

export const CREDENTIAL_RULES: readonly Rule[] = [CREDENTIAL_LITERAL, METADATA_CREDENTIALS, PASS_THROUGH_SECRET];
