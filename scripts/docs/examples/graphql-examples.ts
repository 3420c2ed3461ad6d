import { aws_appsync as appsync, aws_wafv2 as waf } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const GRAPHQL_EXAMPLES: RuleExamples = {
  GraphqlApiKey: {
    violates(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'API_KEY' });
    },
    passes(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
    },
  },
  GraphqlCacheIdentity: {
    violates(stack) {
      const api = new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
      new appsync.CfnApiCache(stack, 'Cache', { apiId: api.attrApiId, apiCachingBehavior: 'PER_RESOLVER_CACHING', ttl: 60, type: 'SMALL' });
      const cachingConfig = { ttl: 60, cachingKeys: ['$context.arguments.id'] };
      new appsync.CfnResolver(stack, 'Order', { apiId: api.attrApiId, typeName: 'Query', fieldName: 'order', cachingConfig });
    },
    passes(stack) {
      const api = new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
      new appsync.CfnApiCache(stack, 'Cache', { apiId: api.attrApiId, apiCachingBehavior: 'PER_RESOLVER_CACHING', ttl: 60, type: 'SMALL' });
      const cachingConfig = { ttl: 60, cachingKeys: ['$context.identity.userArn', '$context.arguments.id'] };
      new appsync.CfnResolver(stack, 'Order', { apiId: api.attrApiId, typeName: 'Query', fieldName: 'order', cachingConfig });
    },
  },
  GraphqlCacheEncryption: {
    violates(stack) {
      new appsync.CfnApiCache(stack, 'Cache', {
        apiId: 'abc', apiCachingBehavior: 'FULL_REQUEST_CACHING', ttl: 60, type: 'SMALL', atRestEncryptionEnabled: false, transitEncryptionEnabled: false,
      });
    },
    passes(stack) {
      new appsync.CfnApiCache(stack, 'Cache', {
        apiId: 'abc', apiCachingBehavior: 'FULL_REQUEST_CACHING', ttl: 60, type: 'SMALL', atRestEncryptionEnabled: true, transitEncryptionEnabled: true,
      });
    },
  },
  GraphqlIntrospection: {
    violates(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
    },
    passes(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', introspectionConfig: 'DISABLED' });
    },
  },
  GraphqlLimits: {
    violates(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
    },
    passes(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', queryDepthLimit: 8, resolverCountLimit: 100 });
    },
  },
  GraphqlLogging: {
    violates(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
    },
    passes(stack) {
      const logConfig = { fieldLogLevel: 'ERROR', excludeVerboseContent: true, cloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs' };
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', logConfig });
    },
  },
  GraphqlPublicFields: {
    violates(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', additionalAuthenticationProviders: [{ authenticationType: 'API_KEY' }] });
    },
    passes(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', additionalAuthenticationProviders: [{ authenticationType: 'AWS_LAMBDA' }] });
    },
  },
  GraphqlTracing: {
    violates(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
    },
    passes(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', xrayEnabled: true });
    },
  },
  GraphqlVerboseLog: {
    violates(stack) {
      const logConfig = { fieldLogLevel: 'ALL', cloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs' };
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', logConfig });
    },
    passes(stack) {
      const logConfig = { fieldLogLevel: 'ALL', excludeVerboseContent: true, cloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs' };
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM', logConfig });
    },
  },
  GraphqlWebAcl: {
    violates(stack) {
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
    },
    passes(stack) {
      const api = new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_IAM' });
      const webAclArn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1';
      new waf.CfnWebACLAssociation(stack, 'Guard', { resourceArn: api.attrArn, webAclArn });
    },
  },
};
