import { RemovalPolicy } from 'aws-cdk-lib';
import { IScheduleGroup, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct, IConstruct } from 'constructs';
import { SharedPart } from '../../core/stacks/shared-part';

const part = new SharedPart<IScheduleGroup>('ScheduleGroup', (scope: Construct, id: string) => new ScheduleGroup(scope, id, { removalPolicy: RemovalPolicy.DESTROY }));

/**
 * The group in which the schedules of a stack stand. Their roles trust EventBridge Scheduler only in the name of this group: it is the
 * finest that the service offers, and in the group `default` stand the schedules of everybody in the account. It costs nothing.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export class StackScheduleGroup {
  /** The group that serves a construct. */
  public static of(scope: IConstruct): IScheduleGroup {
    return part.of(scope);
  }

  /**
   * Makes an existing group serve `scope` and everything below it.
   * @throws ConfigurationError [ScheduleGroup.AlreadyInUse] when a construct below already uses another group
   */
  public static use(scope: IConstruct, group: IScheduleGroup): void {
    part.use(scope, group);
  }

  private constructor() {}
}
