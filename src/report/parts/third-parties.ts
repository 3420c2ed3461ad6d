import { AppModel } from '../../policy/model/resources/app-model';
import { ThirdParty } from '../form/app-form';

/** Everybody outside of the app's own account who takes part. */
export function thirdPartiesOf(_app: AppModel, _trusted: readonly string[]): readonly ThirdParty[] {
  return [];
}
