import { leastPrivilege, roleOf, rolesIn } from './entry-layers';
import { EntryPoint } from './entry-point';
import { isServerOnInternet, logsTransfers, serverAuthorization, usersOf } from '../../model/entries/file-servers';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';

/** Files are taken as they come, and AWS throttles nothing. No way in where only a network reaches it. */
export function fileServer(server: Resource, app: AppModel): readonly EntryPoint[] {
  if (isServerOnInternet(server, app) === false) return [];
  const handler = app.functionBehind(server.property('IdentityProviderDetails.Function'));
  const users = usersOf(app).filter((user) => user.server === server);
  const roles = [...new Set([...roleOf(handler, app), ...users.flatMap(({ role }) => rolesIn(role, app))])];
  return [{
    kind: 'file-server',
    declaredBy: server,
    location: 'Properties.IdentityProviderType',
    handler,
    roles,
    layers: {
      authorization: serverAuthorization(server),
      validation: null,
      throttle: null,
      webAcl: null,
      logging: logsTransfers(server),
      leastPrivilege: leastPrivilege(handler, roles, app),
    },
  }];
}

