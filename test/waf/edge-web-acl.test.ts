import { Size, Stack } from 'aws-cdk-lib';
import { SecureWebAcl, SecureWebAclProps } from '../../src/waf/secure-web-acl';
import { StackEdgeWebAcl } from '../../src/waf/stack-edge-web-acl';
import { StackWebAcl } from '../../src/waf/stack-web-acl';
import { WebAclScope } from '../../src/waf/web-acl-scope';
import { Json, only } from '../support/api';
import { PROFILES, templateOf, testStack, unexplained } from '../support/apps';
import { audit } from '../support/self-audit';

const VIRGINIA = { region: 'us-east-1' };

function edgeAcl(stack: Stack, props: SecureWebAclProps = {}): SecureWebAcl {
  return new SecureWebAcl(stack, 'Acl', { webAclScope: WebAclScope.CLOUDFRONT, ...props });
}

describe('a web ACL for CloudFront', () => {
  test('runs the same rules as a regional one', () => {
    const [regional, edge] = [WebAclScope.REGIONAL, WebAclScope.CLOUDFRONT].map((webAclScope) => {
      const stack = testStack({ env: VIRGINIA });
      new SecureWebAcl(stack, 'Acl', { webAclScope }).expectBodies();
      return only(templateOf(stack), 'AWS::WAFv2::WebACL');
    });
    expect(edge).toEqual({ ...regional, Scope: 'CLOUDFRONT', Description: 'Guards the distributions of Shop/Acl' });
    expect(regional.Scope).toBe('REGIONAL');
  });

  test('has its lists in its own scope', () => {
    const stack = testStack({ env: VIRGINIA });
    edgeAcl(stack, { ipDenyList: ['192.0.2.0/24'] });
    expect(only(templateOf(stack), 'AWS::WAFv2::IPSet').Scope).toBe('CLOUDFRONT');
  });

  test('looks deeper into the bodies that CloudFront passes on', () => {
    const stack = testStack({ env: VIRGINIA });
    edgeAcl(stack).allowLargerBodies('^/upload$', Size.kibibytes(40));
    expect(only(templateOf(stack), 'AWS::WAFv2::WebACL').AssociationConfig).toEqual({ RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: 'KB_48' } } });
  });

  test('is watched by metrics without a region, and logs beside itself', () => {
    const stack = testStack({ env: VIRGINIA });
    edgeAcl(stack);
    const template = templateOf(stack);
    expect(only(template, 'AWS::CloudWatch::Alarm').Dimensions.map((one: Json) => one.Name).sort()).toEqual(['Rule', 'WebACL']);
    expect(JSON.stringify(only(template, 'AWS::WAFv2::LoggingConfiguration').LogDestinationConfigs)).toContain(':logs:us-east-1:');
    expect(JSON.stringify(only(template, 'AWS::Logs::LogGroup').LogGroupName)).toContain('aws-waf-logs-');
  });

  test('fails in another region than us-east-1', () => {
    expect(() => edgeAcl(testStack({ env: { region: 'eu-west-1' } }))).toThrow(
      "'webAclScope' must not be CLOUDFRONT in a stack outside of us-east-1, the only region where such a web ACL can be made, got \"eu-west-1\"; "
      + "make the web ACL in a stack with env.region 'us-east-1' [SecureWebAcl.Region, at 'Shop/Acl']");
    expect(() => StackEdgeWebAcl.of(testStack({ env: { region: 'eu-west-1' } }))).toThrow('[SecureWebAcl.Region, at \'Shop/SharedSecurity/EdgeWebAcl\']');
  });

  test('stops the deployment of a stack without a region to another one', () => {
    const rules = (webAclScope: WebAclScope) => {
      const stack = testStack();
      new SecureWebAcl(stack, 'Acl', { webAclScope });
      return Object.entries(templateOf(stack).toJSON().Rules as Json).filter(([id]) => id !== 'CheckBootstrapVersion');
    };
    expect(rules(WebAclScope.CLOUDFRONT)).toMatchObject([[expect.any(String), { Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } }] }]]);
    expect(rules(WebAclScope.REGIONAL)).toStrictEqual([]);
  });

  test('fails to protect what is regional', () => {
    const stack = testStack({ env: VIRGINIA });
    expect(() => edgeAcl(stack).protect(stack, 'Association', 'arn:aws:apigateway:us-east-1::/restapis/1/stages/prod')).toThrow(
      "'protect' must not be called on a web ACL for CloudFront; pass it to the distribution with EdgeWebAcl.of(acl) [SecureWebAcl.Scope, at 'Shop/Acl']");
  });

  test('is another one for the stack than the regional one', () => {
    const stack = testStack({ env: VIRGINIA });
    expect(StackEdgeWebAcl.of(stack)).toBe(StackEdgeWebAcl.of(stack));
    expect(StackEdgeWebAcl.of(stack)).not.toBe(StackWebAcl.of(stack));
    expect(unexplained(audit(stack))).toStrictEqual([]);
  });

  test('fails to be replaced after it is in use', () => {
    const stack = testStack({ env: VIRGINIA });
    StackEdgeWebAcl.of(stack);
    expect(() => StackEdgeWebAcl.use(stack, edgeAcl(stack))).toThrow(
      "'EdgeWebAcl' must be replaced before a construct uses it; call use() right after the app or stack is made [EdgeWebAcl.AlreadyInUse, at 'Shop']");
  });

  test.each(PROFILES)('has no finding in the profile %s', (_, profile) => {
    const stack = testStack({ profile: profile(), env: VIRGINIA });
    edgeAcl(stack);
    expect(unexplained(audit(stack))).toStrictEqual([]);
  });
});
