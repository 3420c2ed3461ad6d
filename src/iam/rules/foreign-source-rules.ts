import { AccountUse } from '../../core/third-party/trusted-account';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { accountIn, isForeign } from '../../model/rights/accounts';
import { ANY_TYPE, fail, Outcome, pass, Rule, Severity } from '../../model/rule';
import { trustedWith } from '../../model/rule-options';
import { elements, isUnresolved, Value } from '../../model/values/values';
import { AWS_LAYER_ACCOUNTS } from '../account-baseline';

const MACRO = 'AWS::CloudFormation::Macro';

/** Where code comes from: property paths by resource type. */
const CODE_PLACES: { readonly [type: string]: readonly string[] } = {
  'AWS::Lambda::Function': ['Layers', 'Code.S3Bucket', 'Code.ImageUri', 'CodeSigningConfigArn'],
  'AWS::Lambda::LayerVersion': ['Content.S3Bucket'],
  'AWS::StepFunctions::StateMachine': ['DefinitionS3Location.Bucket'],
};

/** Where events come from. */
const EVENT_PLACES: { readonly [type: string]: readonly string[] } = {
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn'],
  'AWS::Pipes::Pipe': ['Source'],
  'AWS::SNS::Subscription': ['TopicArn'],
};

/** Where logs, traces and metrics go. */
const LOG_PLACES: { readonly [type: string]: readonly string[] } = {
  'AWS::CloudWatch::MetricStream': ['FirehoseArn'],
  'AWS::Logs::AccountPolicy': ['PolicyDocument'],
  'AWS::Logs::Delivery': ['DeliveryDestinationArn'],
  'AWS::Logs::DeliveryDestination': ['DestinationResourceArn'],
  'AWS::Logs::Destination': ['TargetArn'],
  'AWS::Logs::SubscriptionFilter': ['DestinationArn'],
  'AWS::Oam::Link': ['SinkIdentifier'],
};

export const FOREIGN_CODE_SOURCE: Rule = {
  id: 'ForeignCodeSource',
  severity: Severity.LOW,
  appliesTo: Object.keys(CODE_PLACES),
  title: 'Code of a function comes from another account',
  why: 'A layer runs inside of the function and sees its requests, variables and credentials; a bucket or registry of somebody else delivers other code tomorrow, or none.',
  fix: 'Copy the layer or the package into your own account, or list the account in TrustedAccounts. Layers that AWS itself publishes are not meant.',
  risks: ['third-party'],
  frameworks: ['prowler awslambda_function_using_cross_account_layers', 'OWASP Serverless S9', 'CSA SAS-06'],
  findingForm: 'property and account',
  check: (resource, app, { options }) => judgePlaces(resource, app, CODE_PLACES, [...trustedWith(AccountUse.CODE, options), ...AWS_LAYER_ACCOUNTS]),
};

export const FOREIGN_EVENT_SOURCE: Rule = {
  id: 'ForeignEventSource',
  severity: Severity.LOW,
  appliesTo: Object.keys(EVENT_PLACES),
  title: 'Events come from a queue, stream or topic of another account',
  why: 'Whoever writes to the source decides what the function works on: its input is as trustworthy as the other account.',
  fix: 'List the account in TrustedAccounts if it is yours or a partner\'s, and let the function check what it gets.',
  risks: ['third-party', 'attack-surface'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-01', 'CSA SAS-06'],
  findingForm: 'property and account',
  check: (resource, app, { options }) => judgePlaces(resource, app, EVENT_PLACES, trustedWith(AccountUse.EVENTS, options)),
};

export const LOG_DATA_ABROAD: Rule = {
  id: 'LogDataAbroad',
  severity: Severity.LOW,
  appliesTo: Object.keys(LOG_PLACES),
  title: 'Logs or metrics go to another account',
  why: 'Logs hold what users sent and what the code did: whoever owns the destination reads along, and nobody here sees who does.',
  fix: 'Send them to a destination in your own account, or list the account of your log archive in TrustedAccounts.',
  risks: ['data-exposure', 'third-party'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: 'property and account',
  check: (resource, app, { options }) => judgePlaces(resource, app, LOG_PLACES, trustedWith(AccountUse.DATA, options)),
};

export const CUSTOM_RESOURCE_ABROAD: Rule = {
  id: 'CustomResourceAbroad',
  severity: Severity.LOW,
  appliesTo: [ANY_TYPE],
  title: 'A custom resource or macro is made by code of another account',
  why: 'Whoever owns the function gets all properties of the resource, says what its attributes are, and decides whether the stack can be updated or removed; a macro '
    + 'writes the template itself.',
  fix: 'Run the function in your own account, or list the account in TrustedAccounts.',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['OWASP Serverless S9', 'CSA SAS-06'],
  findingForm: 'account',
  check: (resource, app, { options }) => {
    const property = resource.type === MACRO ? 'FunctionName' : isCustom(resource) ? 'ServiceToken' : undefined;
    if (property === undefined) return [];
    const trusted = trustedWith(AccountUse.CODE, options);
    return valuesAt(resource, property).map((value): Outcome => {
      const account = accountIn(app.describe(value) ?? '');
      return account !== undefined && isForeign(account, app, trusted) ? fail(`Properties.${property}`, account) : pass();
    });
  },
};

function isCustom({ type }: Resource): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function judgePlaces(
  resource: Resource, app: AppModel, places: { readonly [type: string]: readonly string[] }, trusted: readonly string[],
): readonly Outcome[] {
  return (places[resource.type] ?? []).flatMap((place) => valuesAt(resource, place).map((value): Outcome => {
    const foreign = accountsNamed(app.describe(value) ?? '', place).find((account) => isForeign(account, app, trusted));
    return foreign === undefined ? pass() : fail(`Properties.${place}`, `${place} ${foreign}`);
  }));
}

function valuesAt(resource: Resource, place: string): readonly Value[] {
  return elements(resource.property(place)).filter((one) => !isUnresolved(one));
}

/** The account of an ARN; that of an image in its registry's name; and one that the name of a bucket tells. */
function accountsNamed(text: string, place: string): readonly string[] {
  const account = accountIn(text);
  if (account !== undefined) return [account];
  if (place === 'Code.ImageUri') return /^(\d{12})\.dkr\.ecr\./.exec(text)?.slice(1) ?? [];
  if (place === 'PolicyDocument') return [...text.matchAll(/arn:[a-z-]+:[a-z]+:[a-z0-9-]*:(\d{12}):/g)].map((match) => match[1]);
  return /Bucket$/.test(place) ? [...text.matchAll(/(?<!\d)\d{12}(?!\d)/g)].map(([found]) => found) : [];
}

export const FOREIGN_SOURCE_RULES: readonly Rule[] = [CUSTOM_RESOURCE_ABROAD, FOREIGN_CODE_SOURCE, FOREIGN_EVENT_SOURCE, LOG_DATA_ABROAD];
