import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { classifyLogsOf } from './classified-logs';
import { checkClassification } from './classify';
import { DataClassification } from './data-classification';
import { maskMore } from '../logging/encrypted-log-group';

/**
 * Says what kinds of data pass through a route: the function behind it hides them in its logs, and so do the logs of the API, which hold paths.
 * Those of the API have no alarm: who calls decides what stands in a path.
 */
export function classifyRoute(
  api: IConstruct, logGroups: readonly LogGroup[], handler: IFunction, classification: DataClassification | undefined,
): void {
  if (classification === undefined) return;
  checkClassification(api, classification);
  for (const logGroup of logGroups) maskMore(logGroup, classification._identifiers);
  classifyLogsOf(handler, classification, api);
}
