export const CONTAINER_CLUSTER = 'AWS::ECS::Cluster';
export const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

/**
 * What shows how clusters, services and tasks fare, and its values that are good enough. The one that is set measures each service, `enhanced` each task
 * and each container besides, all of which CloudWatch bills: what it costs grows with how much runs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html
 */
export const CONTAINER_INSIGHTS = { setting: 'containerInsights', standard: 'enabled', accepted: ['enabled', 'enhanced'] };
