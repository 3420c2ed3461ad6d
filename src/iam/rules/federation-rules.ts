import { GUEST_CLOSED_SERVICES, SHARED_IDENTITY_PROVIDERS } from './escalation-baseline';
import { judgeTrust } from './trust-rules';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { Access, accessOf } from '../../model/rights/access';
import { boundValues, Closure, closedBy } from '../../model/rights/conditions';
import { Grantee, GranteeKind } from '../../model/rights/grantees';
import { conditionsOf, Statement } from '../../model/rights/iam';
import { Grant, grantsOf } from '../../model/rights/resource-policies';
import { fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { textOf, Value } from '../../model/values/values';

const ROLE = 'AWS::IAM::Role';
const COGNITO = /^cognito-identity([.-][a-z-]+)?\.amazonaws\.com(\.cn)?$/;
const AUDIENCE = /:(aud|app_id|azp|client_id)$/i;
const SUBJECT = /:(sub|repository|repository_id|repository_owner_id|job_workflow_ref|environment|namespace_id|project_id)$/i;
/** `repo:my-org/*`, `repo:my-org/shop*`: what follows the name after a colon is a branch, a tag, an environment or a pull request of one repository. */
const SEVERAL_REPOSITORIES = /^(repo|project_path):[^*?/]+\/[^:]*[*?]/;

/**
 * Every repository may put these first in its subjects; who it is, only the others tell.
 * @see https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
 */
const NAMES_NOBODY = /^(actor|base_ref|context|environment|event_name|head_ref|ref|ref_type|workflow):(?!.*(?:enterprise|job_workflow_ref|repo|repository\w*):)/;

const GUESTS = 'unauthenticated';
const MEMBERS = 'authenticated';

/** What stands for the person who asks, in the name of a resource or the value of a condition. */
const PERSONAL = /\$\{(?:aws:PrincipalTag\/|aws:userid|cognito-identity|graph\.facebook|accounts\.google|www\.amazon)/i;
const NAMES_PERSON = /^(?:dynamodb:LeadingKeys|s3:ExistingObjectTag\/)/i;
const MEANT_FOR_ALL = /\/(?:assets|common|protected|public|shared|static)\//i;
const CHANGES_OF_OBJECTS = ['s3:PutObject', 's3:DeleteObject'];
const ITEM_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:Scan'];

export const COGNITO_TRUST_AUDIENCE: Rule = {
  id: 'CognitoTrustAudience',
  severity: Severity.HIGH,
  appliesTo: [ROLE],
  title: 'A role for users of an identity pool takes in those of other pools, or guests',
  why: 'Everybody can make an identity pool of his own and let it vouch for him: without the audience he becomes the role. Without the kind of authentication, a guest '
    + 'of the own pool becomes the role of those who signed in.',
  fix: 'Ask for cognito-identity.amazonaws.com:aud with the id of the pool (StringEquals), and for cognito-identity.amazonaws.com:amr with authenticated '
    + '(ForAnyValue:StringLike).',
  risks: ['broken-authentication'],
  frameworks: ['FSBP Cognito.2', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'aud or amr',
  check: (role, app) => judgeTrust(role, app, (grant) => {
    if (!federated(grant).some(({ text }) => COGNITO.test(text))) return notApplicable();
    const aud = closedBy(grant.statement, app, (key) => key.endsWith(':aud'));
    return [ofClosure(aud, grant, 'aud'), namesKind(grant.statement) && !isSharedWithGuests(role, grant.statement, app) ? pass() : fail(grant.location, 'amr')];
  }),
};

export const FEDERATED_TRUST_SUBJECT: Rule = {
  id: 'FederatedTrustSubject',
  severity: Severity.HIGH,
  appliesTo: [ROLE],
  title: 'A role takes in everybody who has an identity with a provider',
  why: 'GitHub, GitLab and Google give everybody a token: without a condition on the subject, a workflow of any repository becomes the role. A provider of your own needs '
    + 'at least the audience, or a token for another application does.',
  fix: 'Ask for the subject, such as token.actions.githubusercontent.com:sub with repo:my-org/my-repo:ref:refs/heads/main, and for the audience.',
  risks: ['broken-authentication'],
  frameworks: ['CKV_AWS_358', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'host of the provider',
  check: (role, app) => judgeTrust(role, app, (grant) => federated(grant).filter(({ text }) => isWebIdentity(text)).map(({ text }) => {
    const host = providerHost(text, role, app);
    const isShared = host === undefined || SHARED_IDENTITY_PROVIDERS.includes(host);
    const subjects = closureOfSubjects(grant.statement, app);
    const closure = isShared && host !== undefined && !hasAudienceOnly(host) ? subjects
      : subjects === Closure.CLOSED ? subjects : closedBy(grant.statement, app, (key) => AUDIENCE.test(key));
    return ofClosure(closure, grant, host ?? 'provider');
  })),
};

export const FEDERATED_SUBJECT_BREADTH: Rule = {
  id: 'FederatedSubjectBreadth',
  severity: Severity.LOW,
  appliesTo: [ROLE],
  title: 'Repositories of an organization that nobody named may assume a role',
  why: 'A workflow of the least guarded repository, such as a new one or a fork target that nobody watches, has the rights of the deployment.',
  fix: 'Name the repository, and the branch or environment: repo:my-org/my-repo:environment:production. A role for any branch (repo:my-org/my-repo:*) has no finding, as GitHub '
    + 'documents it: whoever may push to the repository has it, pull requests from forks get no token. For production name an environment that asks for approval.',
  risks: ['over-privilege', 'broken-authentication'],
  frameworks: ['CKV_AWS_358', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the subject as written',
  check: (role, app) => judgeTrust(role, app, (grant) => (federated(grant).length === 0 ? notApplicable()
    : boundValues(grant.statement, /:sub$/i).map((value) => app.describe(value) ?? '')
      .map((text) => (SEVERAL_REPOSITORIES.test(text) ? fail(grant.location, text) : pass())))),
};

export const GUEST_ROLE_RIGHTS: Rule = {
  id: 'GuestRoleRights',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [ROLE],
  title: 'Guests of an identity pool have rights on data or functions of the app',
  why: 'Everybody on the internet is a guest: the pool gives credentials of the role to whoever asks, without a password.',
  fix: 'Let users sign in before they get rights, or put an API between the guest and the data. Events of analytics and monitoring are fine.',
  risks: ['broken-authentication', 'attack-surface', 'data-exposure'],
  frameworks: ['FSBP Cognito.2', 'CKV_AWS_366', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'the action as written',
  check: (role, app) => {
    if (!isForGuests(role, app)) return notApplicable();
    const found = accessOf(role, app).flatMap(closedActions);
    return found.length === 0 ? pass() : found.map((action) => fail('Properties', action));
  },
};

export const MEMBER_ROLE_ISOLATION: Rule = {
  id: 'MemberRoleIsolation',
  severity: Severity.LOW,
  appliesTo: [ROLE],
  title: 'Those who signed in reach what belongs to each other',
  why: 'The identity pool gives all of them the same role, and its rights name no person: whoever signs in reads or overwrites the files and items of everybody else.',
  fix: 'Write who is meant into the right: arn:…/${cognito-identity.amazonaws.com:sub}/* for objects, the condition dynamodb:LeadingKeys with it for items; or put an API '
    + 'between them and the data. What is meant for all of them to read lies below public/ or shared/.',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the right',
  check: (role, app) => {
    if (!attachedAs(MEMBERS, app).has(role.key)) return notApplicable();
    const found = [...new Set(accessOf(role, app).flatMap((access) => sharedRights(access)))];
    return found.length === 0 ? pass() : found.map((right) => fail('Properties', right));
  },
};

/** Rights on what people keep, where nothing says whose it is: with reading, what lies below a place that is meant for all is fine. */
function sharedRights({ statement, element, resource, covers }: Access): readonly string[] {
  if (PERSONAL.test(element) || conditionsOf(statement).some(({ key, values }) => NAMES_PERSON.test(key) || values.some(isPersonal))) return [];
  const isTable = resource?.type.startsWith('AWS::DynamoDB::') === true || element.includes(':dynamodb:');
  const onObjects = MEANT_FOR_ALL.test(element) ? CHANGES_OF_OBJECTS : ['s3:GetObject', ...CHANGES_OF_OBJECTS];
  const first = (isTable ? ITEM_ACTIONS : element.endsWith('*') ? onObjects : []).find((action) => covers(action));
  return first === undefined ? [] : [`${first} on ${resource?.name ?? element}`];
}

function isPersonal(value: Value): boolean {
  return PERSONAL.test(textOf(value) ?? '');
}

function federated(grant: Grant): readonly Grantee[] {
  return grant.grantees.filter(({ kind }) => kind === GranteeKind.FEDERATED);
}

function ofClosure(closure: Closure, { location }: Grant, finding: string): Outcome {
  if (closure === Closure.UNKNOWN) return unresolved(location, finding);
  return closure === Closure.OPEN ? fail(location, finding) : pass();
}

/** One kind of authentication is named, and neither a pattern for both nor a condition that a request without the key satisfies. */
function namesKind(statement: Statement): boolean {
  const kinds = boundValues(statement, /:amr$/i).map((value) => textOf(value) ?? '');
  return kinds.length > 0 && kinds.every((kind) => !/^[*?]/.test(kind) && kind !== '');
}

/** The pool gives the role to those who signed in and to nobody else, and the trust lets guests become it all the same. */
function isSharedWithGuests(role: Resource, statement: Statement, app: AppModel): boolean {
  const takesGuests = boundValues(statement, /:amr$/i).some((value) => (textOf(value) ?? '').startsWith('unauth'));
  return takesGuests && attachedAs(MEMBERS, app).has(role.key) && !attachedAs(GUESTS, app).has(role.key);
}

/** The roles that identity pools give to one kind of users. */
function attachedAs(kind: string, app: AppModel): ReadonlySet<string> {
  return app.index(`roles of the ${kind}`, () => new Set(app.ofType('AWS::Cognito::IdentityPoolRoleAttachment')
    .flatMap((attachment) => attachment.alternatives(`Roles.${kind}`)).flatMap((value) => app.targets(value)).map(({ key }) => key)));
}

/** SAML providers are one organization's; tokens of Cognito have a rule of their own. */
function isWebIdentity(text: string): boolean {
  return !COGNITO.test(text) && !/:saml-provider\//.test(text);
}

/** `arn:…:oidc-provider/token.actions.githubusercontent.com`, the host itself, or a pointer to a provider of the app. */
function providerHost(text: string, role: Resource, app: AppModel): string | undefined {
  const literal = /oidc-provider\/([^/]+)/.exec(text)?.[1] ?? (/^[\w.-]+\.[a-z]+$/.test(text) ? text : undefined);
  if (literal !== undefined && !literal.includes('<')) return literal.toLowerCase();
  const keys = grantsOf(role, app).flatMap(({ statement }) => conditionsOf(statement).map(({ key }) => /^(.*):(aud|sub)$/i.exec(key)?.[1]));
  const declared = app.ofType('AWS::IAM::OIDCProvider').filter((provider) => text.includes(provider.name)).map((provider) => textOf(provider.property('Url')));
  return [...declared, ...keys].find((host) => host !== undefined)?.replace(/^https:\/\//, '').replace(/\/.*$/, '').toLowerCase();
}

/** Apps get audiences of their own from these: the audience tells for which app somebody signed in, and everybody may. */
function hasAudienceOnly(host: string): boolean {
  return ['accounts.google.com', 'graph.facebook.com', 'www.amazon.com'].includes(host);
}

/** Conditions on several keys hold together: one that names somebody is enough. */
function closureOfSubjects(statement: Statement, app: AppModel): Closure {
  const keys = [...new Set(conditionsOf(statement).map(({ key }) => key).filter((key) => SUBJECT.test(key)))];
  const bound = keys.map((key) => boundValues(statement, exactly(key))).filter((values) => values.length > 0);
  if (bound.length === 0) return closedBy(statement, app, (key) => SUBJECT.test(key));
  const found = bound.map((subjects) => closureOfSubject(subjects, app));
  return [Closure.CLOSED, Closure.UNKNOWN].find((closure) => found.includes(closure)) ?? Closure.OPEN;
}

function exactly(key: string): RegExp {
  return new RegExp(`^${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'i');
}

function closureOfSubject(subjects: readonly Value[], app: AppModel): Closure {
  const texts = subjects.map((value) => app.describe(value));
  if (texts.some((text) => text !== undefined && isAnybody(text))) return Closure.OPEN;
  return texts.some((text) => text === undefined || text === '<?>') ? Closure.UNKNOWN : Closure.CLOSED;
}

/** `*`, `environment:production`, `repo:*`, `repo:*:ref:refs/heads/main` and `repo:my*` leave open whose repository it is; `repo:my-org/*` does not. */
function isAnybody(text: string): boolean {
  return /^[*?]/.test(text) || NAMES_NOBODY.test(text) || /^(repo|project_path|organization|repository_owner):[^/:]*[*?]/.test(text);
}

function isForGuests(role: Resource, app: AppModel): boolean {
  return attachedAs(GUESTS, app).has(role.key) || grantsOf(role, app)
    .some(({ statement }) => boundValues(statement, /:amr$/i).some((value) => textOf(value) === GUESTS));
}

/** Reading objects below a named place is how pages get public files. */
function closedActions({ statement, element }: Access): readonly string[] {
  return statement.actions.map((action) => textOf(action) ?? '').filter((action) => {
    const [service, name = ''] = action.toLowerCase().split(':');
    const readsPublicFiles = service === 's3' && name === 'getobject' && /\/[^*]+\/\*$/.test(element);
    return (service === '*' || GUEST_CLOSED_SERVICES.includes(service)) && !readsPublicFiles;
  });
}

export const FEDERATION_RULES: readonly Rule[] = [
  COGNITO_TRUST_AUDIENCE, FEDERATED_SUBJECT_BREADTH, FEDERATED_TRUST_SUBJECT, GUEST_ROLE_RIGHTS, MEMBER_ROLE_ISOLATION,
];
