import { findSecret, findToken, isPlainSetting, namesSecret, wordsOf } from '../core/secrets/secret-findings';
import { AGENT_ROLES } from '../model/resources/agents';
import { AppModel, TEMPLATE } from '../model/resources/app-model';
import { eachWrittenText, leavesOf } from '../model/resources/leaves';
import { parametersIn, parametersOfStack } from '../model/resources/parameter-use';
import { Resource } from '../model/resources/resource';
import { WEB_FUNCTION_REVISION } from '../model/resources/web-functions';
import { ANY_TYPE, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../model/rule';
import { own, section } from '../model/templates/template-source';
import { Parameter } from '../model/values/parameters';
import { alternatives, at, entries, isUnresolved, Reference, textOf } from '../model/values/values';

/** Nothing shorter is a token. */
const SHORTEST_TOKEN = 14;

/** Judged by `EnvironmentSecret`, which also knows the names. */
const JUDGED_ELSEWHERE: { readonly [type: string]: string } = {
  ...Object.fromEntries(Object.keys(AGENT_ROLES).map((type) => [type, 'EnvironmentVariables'])),
  'AWS::Lambda::Function': 'Environment',
  [WEB_FUNCTION_REVISION]: 'ServiceConfig',
};

/** Packed statistics of aws-cdk-lib. */
const STATISTICS = 'AWS::CDK::Metadata';

/** Functions that put texts together, so that a token can stand in their result and in none of their arguments. */
const BUILDS_TEXT: ReadonlySet<string> = new Set(['Fn::Join', 'Fn::Sub', 'Fn::FindInMap', 'Fn::Select', 'Fn::If']);

/** Properties that are a credential in whatever resource they stand. */
const CREDENTIAL_PROPERTY = /^(?:AccessToken|ApiKeyValue|AuthToken|ClientSecret|[A-Za-z]{0,30}Password|OauthToken|SecretString|SecretToken|client_secret)$/;

export const TEMPLATE_TOKEN: Rule = {
  id: 'TemplateToken',
  severity: Severity.HIGH,
  appliesTo: [ANY_TYPE],
  title: 'A template holds a key or token of a provider',
  why: 'Everybody who can read the template, the repository or the deployment has it: in code, in user data, in a mapping or in a default. '
    + 'Robots look through public and stolen repositories for just these forms.',
  fix: 'Revoke the key, keep its successor in Secrets Manager, and pass the name or ARN of the secret.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['CKV_AWS_45', 'KICS hardcoded_aws_access_key_in_lambda', 'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'kind of the key',
  check: judgeTexts,
};

export const SECRET_PARAMETER: Rule = {
  id: 'SecretParameter',
  severity: Severity.MEDIUM,
  appliesTo: [TEMPLATE],
  title: 'A parameter that takes a secret shows it',
  why: 'The console, the events and each DescribeStacks call show the value of a parameter without NoEcho. A default stands in the template itself.',
  fix: 'Take the ARN or name of a secret instead. Where it must be the value: NoEcho: true, and no Default.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['cfn_nag F23', 'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'name of the parameter, with `Default` after it for a default',
  check: judgeParameters,
};

export const OUTPUT_SECRET: Rule = {
  id: 'OutputSecret',
  severity: Severity.MEDIUM,
  appliesTo: [TEMPLATE],
  title: 'An output of a stack shows a secret',
  why: 'Everybody who may describe or list stacks reads outputs, and pipelines print them into their logs.',
  fix: 'Put out the ARN or name of the secret, never its value.',
  risks: ['data-exposure'],
  frameworks: ['prowler cloudformation_stack_outputs_find_secrets', 'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'name of the output',
  check: judgeOutputs,
};

/** What a template holds besides resources. */
const TEMPLATE_PARTS = ['Description', 'Mappings', 'Metadata', 'Outputs', 'Parameters'];

function judgeTexts(resource: Resource, app: AppModel): RuleResult {
  if (resource.type === STATISTICS) return [];
  const search = new TokenSearch(resource, app.index('texts without a token', () => new Set<string>()));
  const declared = section(resource.declaration, 'Properties');
  if (resource.type === TEMPLATE) {
    for (const name of TEMPLATE_PARTS) search.look(name, name, own(declared, name));
  } else {
    const elsewhere = JUDGED_ELSEWHERE[resource.type];
    for (const name of Object.keys(declared)) if (name !== elsewhere) search.look(name, `Properties.${name}`, own(declared, name));
    search.look('Metadata', 'Metadata', own(resource.declaration, 'Metadata'));
  }
  return search.found.length > 0 || !search.sawText ? search.found : pass();
}

/** Looks for tokens in the texts of one resource, as they were written, and as they are after all functions. */
class TokenSearch {
  public readonly found: Outcome[] = [];
  public sawText = false;

  /** @param harmless texts in which nothing is: most stand in many resources, as names of services, actions, logical ids */
  constructor(private readonly resource: Resource, private readonly harmless: Set<string>) {}

  /** Looks through a part of the declaration, and, where functions build texts in it, at what they come to. */
  public look(name: string, path: string, written: unknown): void {
    if (written === undefined) return;
    let builds = BUILDS_TEXT.has(name);
    eachWrittenText(written, (text, keys) => {
      this.see(text, path, keys);
    }, (key) => {
      builds ||= BUILDS_TEXT.has(key);
    });
    if (!builds || path === 'Metadata') return; // no property
    for (const leaf of leavesOf(this.resource.property(name), path)) this.see(leaf.text, leaf.path);
  }

  private see(text: string, path: string, keys: readonly string[] = []): void {
    if (text.length < SHORTEST_TOKEN) return;
    this.sawText = true;
    if (this.harmless.has(text)) return;
    const kind = findToken(text);
    if (kind === undefined) this.harmless.add(text);
    else this.found.push(fail([path, ...keys].join('.'), kind));
  }
}

/** `EnableApiKey`: what may only be one of a few words of configuration, which stand in the template, is no secret. */
function isSetting({ allowedValues }: Parameter): boolean {
  return allowedValues.length > 0 && allowedValues.every((value) => isPlainSetting(String(value)));
}

function judgeParameters(template: Resource, app: AppModel): RuleResult {
  const declared = [...parametersOfStack(template.stackId, app).values()].filter(({ type }) => /^(?:String|CommaDelimitedList)$/.test(type));
  if (declared.length === 0) return [];
  const inCredentials = app.index('parameters that are credentials', () => parametersInCredentials(app));
  return declared.flatMap((parameter) => {
    const { name } = parameter;
    if (!namesSecret(name) && !inCredentials.has(`${template.stackId} ${name}`)) return [];
    if (isGivenPointer(parameter, app) || isSetting(parameter)) return [pass()];
    const given = typeof parameter.default === 'string' ? parameter.default.trim() : '';
    if (/^(?:arn:|\/[^\s]*\/|alias\/)/.test(given)) return [pass()]; // where a secret is
    return [
      parameter.noEcho || /^\{\{resolve:/.test(given) ? pass() : fail(`Parameters.${name}.NoEcho`, name),
      given === '' || /^\{\{resolve:/.test(given) ? pass() : fail(`Parameters.${name}.Default`, `${name} Default`),
    ];
  });
}

/** CDK gives to nested stacks what they refer to, under names that say of what: the ARN of a secret is none. */
function isGivenPointer({ stackId, name }: Parameter, app: AppModel): boolean {
  return alternatives(app.given(stackId, name)).every((value) => value instanceof Reference && !isPlainSecret(name, value, app));
}

/** What stands beside a password in a secret, and is none itself. */
const BESIDE_SECRET = /account|address|cluster|database|(?:^|_)(?:app|db|env)(?:_|$)|domain|email|engine|environment|host|instance|(?:^|_)id$|issuer|login|mail|name|port|project|region|stage|tenant|ur[il]|user|version/;

/** Parameters that stand alone as the value of a property that is a credential, or in what becomes a secret, as `<stack> <parameter>`. */
function parametersInCredentials(app: AppModel): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: object, stackId: string, depth: number): void => {
    for (const [key, below] of Object.entries(value) as [string, unknown][]) {
      if (typeof below !== 'object' || below === null) continue;
      const isPointer = own(below, 'Ref') !== undefined && Object.keys(below).length === 1;
      if (isPointer && CREDENTIAL_PROPERTY.test(key)) for (const { name } of parametersIn(below, stackId, app)) found.add(`${stackId} ${name}`);
      if (depth < 100) look(below, stackId, depth + 1);
    }
  };
  for (const { declaration, stackId, type } of app.resources) {
    look(section(declaration, 'Properties'), stackId, 0);
    const secret = type === 'AWS::SecretsManager::Secret' ? own(section(declaration, 'Properties'), 'SecretString') : undefined;
    for (const { name } of parametersIn(secret, stackId, app)) if (!BESIDE_SECRET.test(wordsOf(name))) found.add(`${stackId} ${name}`); // within a text, too
  }
  return found;
}

function judgeOutputs(template: Resource, app: AppModel): RuleResult {
  const outputs = section(own(template.declaration, 'Properties'), 'Outputs');
  return entries(template.property('Outputs')).map(([name, output]): Outcome => {
    const location = `Outputs.${name}.Value`;
    const value = at(output, 'Value');
    const found = leavesOf(value, location).some(({ text }) => findSecret(name, text) !== undefined);
    if (found || isPlainSecret(name, value, app)) return fail(location, name);
    if (parametersIn(own(own(outputs, name), 'Value'), template.stackId, app).some(({ noEcho }) => noEcho)) return fail(location, name);
    return namesSecret(name) && isUnresolved(value) ? unresolved(location, name) : pass();
  });
}

/** An attribute that is a secret by its name, or that is put out under the name of one and does not point anywhere. */
function isPlainSecret(name: string, value: unknown, app: AppModel): boolean {
  if (!(value instanceof Reference) || value.attribute === undefined) return false;
  const attribute = wordsOf(value.attribute);
  const type = app.target(value)?.type;
  if (type === 'AWS::AppSync::ApiKey') return attribute === 'api_key';
  return /(?:client_secret|secret_access_key|secret_string|password)$/.test(attribute)
    || (namesSecret(name) && type?.startsWith('AWS::SecretsManager::') === false && attribute === 'value' && textOf(value) !== undefined);
}

export const TEMPLATE_RULES: readonly Rule[] = [OUTPUT_SECRET, SECRET_PARAMETER, TEMPLATE_TOKEN];
