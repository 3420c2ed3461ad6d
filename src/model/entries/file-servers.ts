import { RouteAuthorization, weakest } from './route';
import { ingressRulesOf } from '../network/security-group';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { isAny } from '../values/answers';
import { isList, isUnresolved, Value } from '../values/values';

/** A server of Transfer Family, which takes and gives files over SFTP, FTPS, FTP or AS2. */
export const FILE_SERVER = 'AWS::Transfer::Server';

/**
 * Whether the internet reaches a server; undefined when only the deployment knows.
 *
 * | endpoint                                                   | reached |
 * |------------------------------------------------------------|---------|
 * | `PUBLIC`, or none given                                     | yes     |
 * | `VPC` with public addresses, a group of the app lets all in | yes     |
 * | `VPC` with public addresses, anything else                  | unknown |
 * | `VPC` without, `VPC_ENDPOINT`                               | no      |
 *
 * @see https://docs.aws.amazon.com/transfer/latest/userguide/create-server-in-vpc.html
 */
export function isServerOnInternet(server: Resource, app: AppModel): boolean | undefined {
  return isAny(server.alternatives('EndpointType').map((type) => {
    if (isUnresolved(type)) return undefined;
    if (type === undefined || type === 'PUBLIC') return true;
    return type === 'VPC' && server.property('EndpointDetails.AddressAllocationIds') !== undefined ? isOpenToWorld(server, app) : false;
  }));
}

/** Without groups of its own a server has the default one of its network, of which no template tells. */
function isOpenToWorld(server: Resource, app: AppModel): true | undefined {
  const groups = server.items('EndpointDetails.SecurityGroupIds').flatMap((group) => app.target(group) ?? []);
  return groups.some((group) => ingressRulesOf(group, app).some(({ world }) => world === true)) || undefined;
}

/** The protocols that a server speaks; left out, it is SFTP. */
export function protocolsOf(server: Resource): readonly Value[] {
  const protocols = server.items('Protocols');
  return protocols.length === 0 ? ['SFTP'] : protocols;
}

/**
 * Whether a password alone lets somebody in: undefined when only the deployment knows.
 *
 * | users are kept by           | over SFTP                                     | over FTPS, FTP |
 * |-----------------------------|-----------------------------------------------|----------------|
 * | the service                 | keys only                                      |                |
 * | a function, an API          | as `SftpAuthenticationMethods` says, or either | passwords      |
 * | a directory                 | passwords                                      | passwords      |
 *
 * @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_IdentityProviderDetails.html
 */
export function takesPasswords(server: Resource): boolean | undefined {
  return isAny(server.alternatives('IdentityProviderType').map((keeper) => {
    if (isUnresolved(keeper)) return undefined;
    if (keeper === undefined || keeper === 'SERVICE_MANAGED') return false;
    return keeper === 'AWS_DIRECTORY_SERVICE' || isAny(protocolsOf(server).map((protocol) => takesPasswordOver(protocol, server)));
  }));
}

function takesPasswordOver(protocol: Value, server: Resource): boolean | undefined {
  if (isUnresolved(protocol)) return undefined;
  if (protocol !== 'SFTP') return protocol === 'FTP' || protocol === 'FTPS'; // partners of AS2 sign
  return isAny(server.alternatives('IdentityProviderDetails.SftpAuthenticationMethods').map((method) => (
    isUnresolved(method) ? undefined : method !== 'PUBLIC_KEY' && method !== 'PUBLIC_KEY_AND_PASSWORD')));
}

/** Who says which users there are, and what proves them. */
export function serverAuthorization(server: Resource): RouteAuthorization {
  return weakest(server.alternatives('IdentityProviderType').map((keeper) => {
    if (isUnresolved(keeper)) return RouteAuthorization.UNKNOWN;
    return keeper === 'AWS_LAMBDA' || keeper === 'API_GATEWAY' ? RouteAuthorization.LAMBDA : RouteAuthorization.LISTED;
  }));
}

/** Whether a server writes down who comes and what they do; undefined when only the deployment knows. */
export function logsTransfers(server: Resource): boolean | undefined {
  const [role, places] = ['LoggingRole', 'StructuredLogDestinations'].map((name) => server.alternatives(name).map(isGiven));
  if ([role, places].some((answers) => answers.every((answer) => answer === true))) return true;
  return [role, places].some((answers) => !answers.includes(false)) ? undefined : false;
}

function isGiven(value: Value): boolean | undefined {
  return isUnresolved(value) ? undefined : value !== undefined && value !== '' && !(isList(value) && value.length === 0);
}

/** A user whom the service keeps: the server acts for it with its role. */
export interface FileUser {
  readonly server: Resource;
  readonly role: Value;
}

/** The users of the servers of the app; one whose users a function knows gets their roles from it. */
export function usersOf(app: AppModel): readonly FileUser[] {
  return app.ofType('AWS::Transfer::User').flatMap((user) => {
    const server = app.target(user.property('ServerId'));
    return server === undefined ? [] : [{ server, role: user.property('Role') }];
  });
}
