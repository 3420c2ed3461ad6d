import { Sighting } from './sighting';
import { AccountUse } from '../../core/third-party/trusted-account';
import { AppModel } from '../../model/resources/app-model';
import { accountIn, isForeign } from '../../model/rights/accounts';
import { isUnresolved } from '../../model/values/values';
import { FunctionPosture } from '../form/app-form';

const FUNCTION = 'AWS::Lambda::Function';
const REGISTRY_ACCOUNT = /^(\d{12})\.dkr\.ecr\./;

/** Code of others that runs in functions of the app: layers, container images and packages in bundles. */
export function codeSeen(app: AppModel, functions: readonly FunctionPosture[]): readonly Sighting[] {
  return [...app.ofType(FUNCTION).flatMap((fn) => [
    ...fn.items('Layers').filter((layer) => !isUnresolved(layer) && app.target(layer) === undefined)
      .flatMap((layer): readonly Sighting[] => layerSeen(app.describe(layer) ?? '<?>', fn.name, app)),
    ...imageSeen(app.describe(fn.property('Code.ImageUri')), fn.name, app),
  ]), ...functions.flatMap(packagesSeen)];
}

/** Layers of the app's own account are its own; of which account it is, the ARN tells. */
function layerSeen(arn: string, at: string, app: AppModel): readonly Sighting[] {
  const account = accountIn(arn);
  if (account === undefined || !isForeign(account, app, [])) return [];
  return [{ kind: 'layer', name: arn, account, at, how: 'runs in the function', use: AccountUse.CODE }];
}

/** An image of a public registry, or of another account. */
function imageSeen(uri: string | undefined, at: string, app: AppModel): readonly Sighting[] {
  if (uri === undefined || uri.startsWith('<')) return [];
  const account = REGISTRY_ACCOUNT.exec(uri)?.[1];
  if (uri.includes('.dkr.ecr.') && !isForeign(account, app, [])) return [];
  return [{ kind: 'image', name: uri, account, at, how: 'is the code of the function', use: AccountUse.CODE }];
}

function packagesSeen({ at, packages = [] }: FunctionPosture): readonly Sighting[] {
  return packages.map(({ name, version, licence }) => (
    { kind: 'package', name: version === undefined ? name : `${name}@${version}`, at, how: `runs in the function${licence === undefined ? '' : `, under ${licence}`}` }));
}
