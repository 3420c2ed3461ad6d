import { triggersByFunction } from '../../../src/model/flow/triggers';
import { actorsOf } from '../../../src/report/parts/actors';
import { flowsOf } from '../../../src/report/parts/flows';
import { modelOf, Resources } from '../../policy/support';

const attribute = (logicalId: string, name = 'Arn') => ({ 'Fn::GetAtt': [logicalId, name] });
const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const started = (resources: Resources) => [...triggersByFunction(modelOf({ Print: resource('AWS::Lambda::Function'), ...resources })).values()].flat()
  .map(({ kind, source, declaredBy, asynchronous }) => [kind, source?.logicalId, declaredBy.logicalId, asynchronous]);

const SUBSCRIBER: Resources = {
  Bus: resource('AWS::EventsV2::EventBus', { Name: 'shop' }),
  Heard: resource('AWS::EventsV2::Subscriber', {
    Name: 'print', EventBusArn: attribute('Bus', 'EventBusArn'), InvokeConfiguration: { TargetArn: attribute('Print'), RoleArn: attribute('Role') },
  }),
  Role: resource('AWS::IAM::Role', {
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: attribute('Print') }] } }],
  }),
};

describe('What newer services start', () => {
  test.each<[string, Resources, unknown[]]>([
    ['a subscriber of a bus', SUBSCRIBER, ['rule', 'Bus', 'Heard', false]],
    ['a custom authorizer of IoT', { Ask: resource('AWS::IoT::Authorizer', { AuthorizerFunctionArn: attribute('Print') }) }, ['iot', 'Ask', 'Ask', false]],
    ['an identity provider of Transfer Family', {
      Files: resource('AWS::Transfer::Server', { IdentityProviderType: 'AWS_LAMBDA', IdentityProviderDetails: { Function: attribute('Print') } }),
    }, ['api', 'Files', 'Files', false]],
  ])('%s', (_name, resources, expected) => {
    expect(started(resources)).toEqual([expected]);
  });

  test('is drawn once, and its role is that of the subscriber', () => {
    const model = modelOf({ Print: resource('AWS::Lambda::Function'), ...SUBSCRIBER });
    expect(actorsOf(model).map(({ actor, role }) => `${actor.logicalId} ${role.logicalId}`)).toEqual(['Heard Role']);
    expect(flowsOf(model).filter(({ to }) => to === 'Shop/Print')).toEqual([{ from: 'Shop/Bus', to: 'Shop/Print', kind: 'starts' }]);
  });
});
