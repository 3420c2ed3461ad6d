import { CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnServer, CfnServerProps } from 'aws-cdk-lib/aws-transfer';
import { hardened } from '../support/compared';

const server = (props: CfnServerProps = {}) => (stack: Stack) => { new CfnServer(stack, 'Files', props); };
const LOGS = ['arn:aws:logs:eu-west-1:111122223333:log-group:files'];
const said = (make: (stack: Stack) => void) => hardened(make).changes.filter(({ rule }) => rule?.startsWith('FileServer')).map(({ rule, outcome }) => `${rule} ${outcome}`);

describe('What hardening says of file servers', () => {
  test.each<[string, (stack: Stack) => void, string[]]>([
    ['nothing is said', server(), ['FileServerCiphers proposed', 'FileServerLog proposed']],
    ['the author named the oldest policy', server({ securityPolicyName: 'TransferSecurityPolicy-2018-11', structuredLogDestinations: LOGS }), ['FileServerCiphers kept']],
    ['an empty list of logs', server({ securityPolicyName: 'TransferSecurityPolicy-2024-01', structuredLogDestinations: [] }), ['FileServerLog proposed']],
    ['all is there', server({ securityPolicyName: 'TransferSecurityPolicy-2025-03', loggingRole: 'arn:aws:iam::111122223333:role/logs' }), []],
    ['the deployment says it', (stack) => {
      const later = new CfnParameter(stack, 'Later').valueAsString;
      server({ securityPolicyName: later, loggingRole: later })(stack);
    }, []],
  ])('where %s', (_name, make, expected) => {
    expect(said(make)).toEqual(expected);
  });

  test('and nothing is changed', () => {
    const { template } = hardened(server({ protocols: ['SFTP'] }));
    expect(Object.values(template.findResources('AWS::Transfer::Server'))).toEqual([{ Type: 'AWS::Transfer::Server', Properties: { Protocols: ['SFTP'] } }]);
  });
});
