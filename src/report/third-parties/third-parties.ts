import { accountsSeen } from './accounts';
import { codeSeen } from './code';
import { domainsSeen } from './domains';
import { partnersSeen } from './partners';
import { repositoriesSeen } from './repositories';
import { gathered, KnownParties } from './sighting';
import { AppModel } from '../../model/resources/app-model';
import { FunctionPosture, ThirdParty } from '../form/app-form';

/** Everybody outside of the app's own account who takes part. */
export function thirdPartiesOf(app: AppModel, functions: readonly FunctionPosture[], known: KnownParties): readonly ThirdParty[] {
  return gathered([...accountsSeen(app), ...domainsSeen(app), ...partnersSeen(app), ...repositoriesSeen(app), ...codeSeen(app, functions)], known);
}
