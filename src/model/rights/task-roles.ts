import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { elements } from '../values/values';

/** What keeps tasks of Amazon ECS running. */
export const TASK_SERVICE = 'AWS::ECS::Service';

/** The roles of the app that the containers of a service act with. Whoever starts the tasks acts with another one. */
export function rolesOfService(service: Resource, app: AppModel): readonly Resource[] {
  return app.targets(service.property('TaskDefinition')).filter(({ type }) => type === 'AWS::ECS::TaskDefinition')
    .flatMap((task) => elements(task.property('TaskRoleArn'))).flatMap((role) => app.named(role, 'AWS::IAM::Role') ?? []);
}
