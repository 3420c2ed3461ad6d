import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { Value } from '../values/values';

/** The keys of the app that a value points to, also through an alias. */
export function keysAt(value: Value, app: AppModel): readonly Resource[] {
  return app.targets(value).flatMap((target) => (target.type === 'AWS::KMS::Alias' ? app.targets(target.property('TargetKeyId')) : [target]))
    .filter(({ type }) => type === 'AWS::KMS::Key');
}
