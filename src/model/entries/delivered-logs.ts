import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';

/** Whether CloudWatch Logs delivers the logs of a resource that has no setting for them: of distributions, and of gateways for agents. */
export function deliversLogs({ key }: Resource, app: AppModel): boolean {
  return app.index('resources with delivered logs', () => new Set(app.ofType('AWS::Logs::DeliverySource')
    .flatMap((source) => app.targets(source.property('ResourceArn'))).map((source) => source.key))).has(key);
}
