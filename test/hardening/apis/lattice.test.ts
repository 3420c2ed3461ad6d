import { CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnAccessLogSubscription, CfnService } from 'aws-cdk-lib/aws-vpclattice';
import { hardened } from '../support/compared';

const service = (authType?: string) => (stack: Stack) => new CfnService(stack, 'Orders', { name: 'orders', authType });
const logged = (authType?: string) => (stack: Stack) => {
  new CfnAccessLogSubscription(stack, 'Log', {
    resourceIdentifier: service(authType)(stack).attrId, destinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:orders',
  });
};
const said = (make: (stack: Stack) => void) => hardened(make).changes.filter(({ rule }) => rule?.startsWith('Lattice')).map(({ rule, outcome }) => `${rule} ${outcome}`);

describe('What hardening says of services of VPC Lattice', () => {
  test.each<[string, (stack: Stack) => void, string[]]>([
    ['nothing is there', service(), ['LatticeServiceAuth proposed', 'LatticeAccessLog proposed']],
    ['nobody is asked', logged('NONE'), ['LatticeServiceAuth proposed']],
    ['callers sign, and are written down', logged('AWS_IAM'), []],
    ['the deployment says it', (stack) => { logged(new CfnParameter(stack, 'Who').valueAsString)(stack); }, []],
  ])('where %s', (_name, make, expected) => {
    expect(said(make)).toEqual(expected);
  });

  test('and nothing is changed', () => {
    const { template } = hardened(service('NONE'));
    template.hasResourceProperties('AWS::VpcLattice::Service', { AuthType: 'NONE' });
    template.resourceCountIs('AWS::VpcLattice::AccessLogSubscription', 0);
  });
});
