import { aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const visibilityConfig = { cloudWatchMetricsEnabled: true, metricName: 'front', sampledRequestsEnabled: true };
const common = { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } };
const badInputs = { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesKnownBadInputsRuleSet' } };
const flood = { rateBasedStatement: { limit: 1000, aggregateKeyType: 'IP' } };
const scope = 'REGIONAL';
const defaultAction = { allow: {} };

export const WAF_EXAMPLES: RuleExamples = {
  WebAclCore: {
    violates(stack) {
      new wafv2.CfnWebACL(stack, 'Front', {
        scope, defaultAction, visibilityConfig, rules: [{ name: 'flood', priority: 0, action: { block: {} }, statement: flood, visibilityConfig }],
      });
    },
    passes(stack) {
      new wafv2.CfnWebACL(stack, 'Front', {
        scope,
        defaultAction,
        visibilityConfig,
        rules: [
          { name: 'common', priority: 0, overrideAction: { none: {} }, statement: common, visibilityConfig },
          { name: 'bad-inputs', priority: 1, overrideAction: { none: {} }, statement: badInputs, visibilityConfig },
        ],
      });
    },
  },
  WebAclCount: {
    violates(stack) {
      new wafv2.CfnWebACL(stack, 'Front', {
        scope, defaultAction, visibilityConfig, rules: [{ name: 'common', priority: 0, overrideAction: { count: {} }, statement: common, visibilityConfig }],
      });
    },
    passes(stack) {
      new wafv2.CfnWebACL(stack, 'Front', {
        scope, defaultAction, visibilityConfig, rules: [{ name: 'common', priority: 0, overrideAction: { none: {} }, statement: common, visibilityConfig }],
      });
    },
  },
  WebAclLog: {
    violates(stack) {
      new wafv2.CfnWebACL(stack, 'Front', { scope, defaultAction, visibilityConfig });
    },
    passes(stack) {
      const acl = new wafv2.CfnWebACL(stack, 'Front', { scope, defaultAction, visibilityConfig });
      new wafv2.CfnLoggingConfiguration(stack, 'Log', {
        resourceArn: acl.attrArn, logDestinationConfigs: ['arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-shop'],
      });
    },
  },
  WebAclMetrics: {
    violates(stack) {
      new wafv2.CfnWebACL(stack, 'Front', { scope, defaultAction, visibilityConfig: { ...visibilityConfig, cloudWatchMetricsEnabled: false } });
    },
    passes(stack) {
      new wafv2.CfnWebACL(stack, 'Front', { scope, defaultAction, visibilityConfig: { ...visibilityConfig, cloudWatchMetricsEnabled: true } });
    },
  },
  WebAclOversize: {
    violates(stack) {
      const statement = { xssMatchStatement: { fieldToMatch: { body: { oversizeHandling: 'CONTINUE' } }, textTransformations: [{ priority: 0, type: 'NONE' }] } };
      new wafv2.CfnWebACL(stack, 'Front', {
        scope, defaultAction, visibilityConfig, rules: [{ name: 'script', priority: 0, action: { block: {} }, statement, visibilityConfig }],
      });
    },
    passes(stack) {
      const statement = { xssMatchStatement: { fieldToMatch: { body: { oversizeHandling: 'MATCH' } }, textTransformations: [{ priority: 0, type: 'NONE' }] } };
      new wafv2.CfnWebACL(stack, 'Front', {
        scope, defaultAction, visibilityConfig, rules: [{ name: 'script', priority: 0, action: { block: {} }, statement, visibilityConfig }],
      });
    },
  },
  WebAclPartial: {
    violates(stack) {
      const rules = [
        { name: 'common', priority: 0, overrideAction: { none: {} }, statement: common, visibilityConfig },
        { name: 'flood', priority: 1, action: { count: {} }, statement: flood, visibilityConfig },
      ];
      new wafv2.CfnWebACL(stack, 'Front', { scope, defaultAction, visibilityConfig, rules });
    },
    passes(stack) {
      const rules = [
        { name: 'common', priority: 0, overrideAction: { none: {} }, statement: common, visibilityConfig },
        { name: 'flood', priority: 1, action: { block: {} }, statement: flood, visibilityConfig },
      ];
      new wafv2.CfnWebACL(stack, 'Front', { scope, defaultAction, visibilityConfig, rules });
    },
  },
  WebAclRate: {
    violates(stack) {
      new wafv2.CfnWebACL(stack, 'Front', {
        scope, defaultAction, visibilityConfig, rules: [{ name: 'common', priority: 0, overrideAction: { none: {} }, statement: common, visibilityConfig }],
      });
    },
    passes(stack) {
      const statement = { rateBasedStatement: { limit: 2000, aggregateKeyType: 'IP' } };
      new wafv2.CfnWebACL(stack, 'Front', {
        scope, defaultAction, visibilityConfig, rules: [{ name: 'flood', priority: 0, action: { block: {} }, statement, visibilityConfig }],
      });
    },
  },
  WebAclRedaction: {
    violates(stack) {
      new wafv2.CfnLoggingConfiguration(stack, 'Log', { resourceArn: 'arn:aws:wafv2:…', logDestinationConfigs: ['arn:aws:s3:::aws-waf-logs-shop'] });
    },
    passes(stack) {
      new wafv2.CfnLoggingConfiguration(stack, 'Log', {
        resourceArn: 'arn:aws:wafv2:…',
        logDestinationConfigs: ['arn:aws:s3:::aws-waf-logs-shop'],
        redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }],
      });
    },
  },
};
