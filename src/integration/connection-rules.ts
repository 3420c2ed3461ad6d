import { findSecret, namesSecret } from '../core/secrets/secret-findings';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { expectProperty, fail, Outcome, pass, Rule, Severity, unresolved } from '../model/rule';
import { alternatives, at, elements, isTrue, isUnresolved, textOf, Value } from '../model/values/values';

const CONNECTION = 'AWS::Events::Connection';

/** Where a connection holds the credentials themselves. */
const CREDENTIALS = [
  'AuthParameters.ApiKeyAuthParameters.ApiKeyValue',
  'AuthParameters.BasicAuthParameters.Password',
  'AuthParameters.OAuthParameters.ClientParameters.ClientSecret',
];

/** Where a connection holds what it adds to each request. */
const ADDED_PARAMETERS = ['AuthParameters.InvocationHttpParameters', 'AuthParameters.OAuthParameters.OAuthHttpParameters']
  .flatMap((path) => ['BodyParameters', 'HeaderParameters', 'QueryStringParameters'].map((list) => `${path}.${list}`));

/** CloudFormation reads the value at deployment, from a store that keeps secrets. */
const DYNAMIC_REFERENCE = /^\{\{resolve:(secretsmanager|ssm-secure):[^{}]+\}\}$/;

export const API_DESTINATION_TRANSPORT: Rule = {
  id: 'ApiDestinationTransport',
  severity: Severity.MEDIUM,
  appliesTo: ['AWS::Events::ApiDestination'],
  title: 'An API destination sends events and credentials over plain HTTP',
  why: 'Everybody on the way reads the events and the credentials of the connection, and can call the other side in your name.',
  fix: 'Use an InvocationEndpoint that begins with https://.',
  risks: ['data-exposure', 'third-party'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-03'],
  check: (destination, app) => destination.alternatives('InvocationEndpoint').map((endpoint) => {
    const text = (app.describe(endpoint) ?? '').toLowerCase();
    if (text.startsWith('https://')) return pass();
    return isUnresolved(endpoint) || text.startsWith('<') ? unresolved('Properties.InvocationEndpoint') : fail('Properties.InvocationEndpoint');
  }),
};

export const CONNECTION_SECRET: Rule = {
  id: 'ConnectionSecret',
  severity: Severity.HIGH,
  appliesTo: [CONNECTION],
  title: 'The credentials of a connection stand in the template',
  why: 'Everybody who may read the template, its history or the output of the pipeline can call the other side in your name.',
  fix: 'Keep the value in Secrets Manager and write {{resolve:secretsmanager:…}} (SecretValue.secretsManager); replace the value that stood here.',
  risks: ['misconfiguration', 'data-exposure', 'third-party'],
  frameworks: ['OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'name of the property, or of the added header, query or body parameter',
  check: (connection, app) => [...CREDENTIALS.flatMap((path) => judgeCredential(connection, path, app)), ...ADDED_PARAMETERS.flatMap((path) => (
    judgeAdded(connection, path, app)))],
};

export const CONNECTION_TOKEN_TRANSPORT: Rule = {
  id: 'ConnectionTokenTransport',
  severity: Severity.MEDIUM,
  appliesTo: [CONNECTION],
  title: 'A connection fetches its tokens over plain HTTP',
  why: 'Everybody on the way reads the client secret and the token, and can call the other side in your name.',
  fix: 'Use an AuthorizationEndpoint that begins with https://.',
  risks: ['data-exposure', 'third-party'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-03'],
  check: (connection) => expectProperty(connection, 'AuthParameters.OAuthParameters.AuthorizationEndpoint', (endpoint) => (
    !/^http:/i.test(textOf(endpoint) ?? ''))),
};

function judgeCredential(connection: Resource, path: string, app: AppModel): readonly Outcome[] {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return connection.alternatives(path).filter((value) => value !== undefined)
    .map((value) => judgeValue(value, app, `Properties.${path}`, name, () => true));
}

/** A parameter is a secret if its author says so, if its name does, or if its value has the form of one. */
function judgeAdded(connection: Resource, path: string, app: AppModel): readonly Outcome[] {
  return connection.items(path).flatMap((parameter, index) => {
    const key = textOf(at(parameter, 'Key')) ?? '';
    const marked = elements(at(parameter, 'IsValueSecret')).some(isTrue);
    const secret = (text: string): boolean => marked || findSecret(key, text) !== undefined || (/^authorization$/i.test(key) && text.includes(' '));
    return alternatives(at(parameter, 'Value')).filter((value) => marked || !isUnresolved(value) || namesSecret(key))
      .map((value) => judgeValue(value, app, `Properties.${path}.${index}.Value`, key, secret));
  });
}

function judgeValue(value: Value, app: AppModel, location: string, finding: string, isSecret: (text: string) => boolean): Outcome {
  if (isUnresolved(value)) return unresolved(location, finding);
  const text = app.describe(value) ?? '';
  if (text === '' || DYNAMIC_REFERENCE.test(text.replace(/<[^<>]*>/g, '_'))) return pass();
  if (/^<[^<>]*>$/.test(text)) return text === '<?>' ? unresolved(location, finding) : pass();
  return isSecret(text) ? fail(location, finding) : pass();
}

export const CONNECTION_RULES: readonly Rule[] = [API_DESTINATION_TRANSPORT, CONNECTION_SECRET, CONNECTION_TOKEN_TRANSPORT];
