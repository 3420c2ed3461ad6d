import { Token } from 'aws-cdk-lib';
import { CfnDBCluster as CfnDocumentCluster } from 'aws-cdk-lib/aws-docdb';
import { CfnDBCluster as CfnGraphCluster } from 'aws-cdk-lib/aws-neptune';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { DOCUMENT_CLUSTER, GRAPH_CLUSTER, IAM_ENGINES, IAM_IN_SOME_VERSIONS, RDS_CLUSTER, RDS_INSTANCE, SMALL_INSTANCE } from './cluster-baseline';
import { followsAnother, isFirstServerless, isOfCluster } from './cluster-kinds';
import { DATABASE_IAM_AUTHENTICATION } from './cluster-rules';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';

const AREA = { area: HardeningArea.DATABASES, rule: DATABASE_IAM_AUTHENTICATION.id } as const;

type Server = CfnDBCluster | CfnDBInstance;

/**
 * Whoever signs in with a password goes on doing so: a user signs in by IAM only once the database knows it as one of IAM.
 *
 * | engine | instances | what is done |
 * |---|---|---|
 * | Aurora, MySQL, PostgreSQL | known, all of a medium size or more | it is set |
 * | the same | smaller, or not known, or a copy of another database | it is proposed: it takes memory |
 * | MariaDB | any | it is proposed: some versions and regions lack it |
 * | others, and Aurora Serverless v1 | any | nothing: they lack it |
 */
const users = (type: string): HardeningStep[] => [
  valueStep<Server>({
    ...AREA,
    type,
    property: 'EnableIAMDatabaseAuthentication',
    when: (server, site) => knowsIam(server) && (signsIn(server, site) !== undefined || hasRoom(server, site)),
    read: ({ enableIamDatabaseAuthentication }) => enableIamDatabaseAuthentication,
    secure: () => true,
    write: (server, secure) => { server.enableIamDatabaseAuthentication = secure; },
    attention: 'Passwords stay valid. Signing in by IAM takes 300 to 1,000 MiB of memory on each instance.',
  }),
  proposalStep<Server>({
    ...AREA,
    type,
    property: 'EnableIAMDatabaseAuthentication',
    when: (server, site) => knowsIam(server) && signsIn(server, site) === undefined && !hasRoom(server, site),
    after: 'true',
    advice: 'Set iamAuthentication to true, if the instances have 300 to 1,000 MiB of memory to spare and their version knows it. Passwords stay valid.',
  }),
];

function knowsIam(server: Server): boolean {
  const { cfnResourceType, engine } = server;
  return engine !== undefined && (IAM_ENGINES[cfnResourceType] ?? []).includes(engine) && !isFirstServerless(server) && !isOfCluster(server);
}

/** What is said about it, by a construct at the last moment too. */
function signsIn(server: Server, site: HardeningSite): unknown {
  return site.overrideOf(server, 'EnableIAMDatabaseAuthentication') ?? site.resolve(server, server.enableIamDatabaseAuthentication);
}

function hasRoom(server: Server, site: HardeningSite): boolean {
  if (server.engine === IAM_IN_SOME_VERSIONS || followsAnother(server)) return false;
  const members = site.once('instances of clusters', () => instancesByCluster(site));
  const instances = CfnDBInstance.isCfnDBInstance(server) ? [server] : members.get(server) ?? [];
  return instances.length > 0 && instances.every(({ dbInstanceClass }) => isRoomy(dbInstanceClass));
}

function isRoomy(size: string | undefined): boolean {
  return size !== undefined && !Token.isUnresolved(size) && !SMALL_INSTANCE.test(size);
}

function instancesByCluster(site: HardeningSite): ReadonlyMap<unknown, readonly CfnDBInstance[]> {
  const found = new Map<unknown, CfnDBInstance[]>();
  for (const instance of site.resources(RDS_INSTANCE) as readonly CfnDBInstance[]) {
    const cluster = site.target(instance, instance.dbClusterIdentifier);
    found.set(cluster, [...found.get(cluster) ?? [], instance]);
  }
  return found;
}

const GRAPH_USERS = proposalStep<CfnGraphCluster>({
  ...AREA,
  type: GRAPH_CLUSTER,
  property: 'IamAuthEnabled',
  when: (cluster, site) => cluster.iamAuthEnabled === undefined && site.overrideOf(cluster, 'IamAuthEnabled') === undefined,
  after: 'true',
  advice: 'Sign the requests of all clients first, and set iamAuthEnabled to true then: Neptune refuses those without a signature from that moment on.',
});

/** CDK joins the reference to the secret from parts, which cdk-nag does not read. */
const DOCUMENT_PASSWORD = findingStep<CfnDocumentCluster>({
  area: HardeningArea.DATABASES,
  type: DOCUMENT_CLUSTER,
  rule: 'CredentialLiteral',
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'DOC3',
  when: (cluster, site) => [cluster.masterUsername, cluster.masterUserPassword].every((value) => {
    const resolved = site.resolve(cluster, value);
    return isIntrinsic(resolved) && JSON.stringify(resolved).includes('{{resolve:secretsmanager:');
  }),
  reason: 'CloudFormation reads the name of the user and the password from Secrets Manager: cdk-nag does not see it, since the reference is joined from parts.',
});

/** What hardening does about how users sign in to databases. */
export const CLUSTER_USER_HARDENING: readonly HardeningStep[] = [...users(RDS_CLUSTER), ...users(RDS_INSTANCE), GRAPH_USERS, DOCUMENT_PASSWORD];
