import { PAYMENTS } from './payments-template';
import { add, BlindSeed, breach, env, fault, prop, safe, statements } from '../support';

/** Joined at run time, so that no scanner takes this file for a leak. */
const STRIPE = ['sk_', 'live_', '51Hx9aQ2eR7tY3uI8oP6sD4f'].join('');

export const PAYMENTS_SEED: BlindSeed = {
  name: 'Seven A: payments by hand, with mappings for stages',
  style: 'yaml',
  stacks: { Pay: PAYMENTS },
  mutants: [
    fault('G01', 'the secret of the provider is resolved into a variable, in pieces', ({ Pay }) => {
      env(Pay, 'Charge').PROVIDER = { 'Fn::Join': ['', ['{{resolve:secrets', 'manager:', { Ref: 'ProviderSecretArn' }, ':SecretString:key}}']] };
    }),
    fault('G03', 'the live key of the provider stands in the mapping of stages', ({ Pay }) => {
      Pay.Mappings.Stages.prod.provider = STRIPE;
      Pay.Mappings.Stages.dev.provider = 'none';
      env(Pay, 'Charge').PROVIDER = { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'provider'] };
    }),
    fault('G05', 'the password of the ledger is a parameter with a default, hidden on screen only', ({ Pay }) => {
      Pay.Parameters.LedgerPassword = { Type: 'String', NoEcho: true, Default: 'ledger-pass-2026' };
    }),
    fault('G08', 'production logs all, by the mapping', ({ Pay }) => {
      Pay.Mappings.Stages.prod.level = 'DEBUG';
    }),
    fault('G14', 'the verdict of the gate is kept for all methods, by an If', ({ Pay }) => {
      prop(Pay, 'Authorizer').AuthorizerResultTtlInSeconds = { 'Fn::If': ['IsProd', 300, 0] };
      add(Pay, 'PutPayment', 'AWS::ApiGateway::Method', { ...prop(Pay, 'PostPayment'), HttpMethod: 'PUT' });
    }),
    fault('G15', 'each text opens a call of the gate', ({ Pay }) => {
      delete prop(Pay, 'Authorizer').IdentityValidationExpression;
    }),
    fault('G16', 'the gate reads the token from the address', ({ Pay }) => {
      const gate = prop(Pay, 'Authorizer');
      gate.Type = 'REQUEST';
      delete gate.IdentityValidationExpression;
      gate.IdentitySource = { 'Fn::Join': [',', ['method.request.header.Host', { 'Fn::Sub': 'method.request.querystring.token' }]] };
    }),
    fault('G19', 'a key of the plan is all that payments ask for in production', ({ Pay }) => {
      const post = prop(Pay, 'PostPayment');
      post.AuthorizationType = { 'Fn::If': ['IsProd', 'NONE', 'CUSTOM'] };
      post.AuthorizerId = { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, { Ref: 'Authorizer' }] };
    }),
    fault('G13', 'the preflight lets in every site with its credentials, by the mapping', ({ Pay }) => {
      Pay.Mappings.Stages.prod.origin = '*';
      prop(Pay, 'PreflightPayment').Integration.IntegrationResponses[0]
        .ResponseParameters['method.response.header.Access-Control-Allow-Credentials'] = "'true'";
    }),
    fault('G27', 'charges are called by each API of each account', ({ Pay }) => {
      const called = prop(Pay, 'ChargeCalled');
      delete called.SourceAccount;
      called.SourceArn = { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'execute-api', { Ref: 'AWS::Region' }, '*', '*/*/POST/payments']] };
    }),
    fault('G34', 'a charge may rewrite the code of functions, in lower case', ({ Pay }) => {
      statements(Pay, 'ChargeRole').push({
        Effect: 'Allow', Action: ['lambda:updatefunctioncode'], Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*' },
      });
    }),
    fault('G43', 'settlement takes as much at once as the queue holds', ({ Pay }) => {
      delete prop(Pay, 'SettleFromQueue').ScalingConfig;
      delete prop(Pay, 'Settle').ReservedConcurrentExecutions;
    }),
    fault('G44', 'a settlement is given up after one try, by the mapping', ({ Pay }) => {
      Pay.Mappings.Stages.prod.tries = 1;
      Pay.Mappings.Stages.dev.tries = 1;
      prop(Pay, 'Settlement').RedrivePolicy.maxReceiveCount = { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'tries'] };
    }),
    fault('G46', 'settlement sends to the queue that it is called by, under another name of the right', ({ Pay }) => {
      statements(Pay, 'SettleRole').push({
        Effect: 'Allow',
        Action: 'sqs:Send*',
        Resource: {
          'Fn::Sub': ['arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${name}', {
            name: { 'Fn::GetAtt': ['Settlement', 'QueueName'] },
          }],
        },
      });
      prop(Pay, 'Settle').RecursiveLoop = 'Allow';
    }),
    fault('G56', 'the validator of payments looks at parameters alone', ({ Pay }) => {
      prop(Pay, 'Validator').ValidateRequestBody = 'false';
    }),
    fault('G57', 'the model of a payment takes more fields than it names, in a part that stands deeper', ({ Pay }) => {
      prop(Pay, 'PaymentModel').Schema.properties.customer = { type: 'object', properties: { name: { type: 'string', maxLength: 80 } } };
    }),
    fault('G60', 'who sends a bad body is told what the validator thinks', ({ Pay }) => {
      prop(Pay, 'BadBody').ResponseTemplates['application/json'] = '{"message":"$context.error.validationErrorString"}';
    }),
    fault('G61', 'partners have neither a limit nor a quota', ({ Pay }) => {
      const plan = prop(Pay, 'Partners');
      delete plan.Throttle;
      plan.Quota = { Ref: 'AWS::NoValue' };
    }),
    fault('G62', 'the firewall counts in production, rule by rule', ({ Pay }) => {
      const [rate, common, known] = prop(Pay, 'Firewall').Rules;
      rate.Action = { 'Fn::If': ['IsProd', { Count: {} }, { Block: {} }] };
      common.OverrideAction = { Count: {} };
      known.OverrideAction = { Count: {} };
    }),
    fault('G64', 'large bodies go past the firewall unread', ({ Pay }) => {
      prop(Pay, 'Firewall').Rules.push({
        Name: 'scripts',
        Priority: 4,
        Action: { Block: {} },
        Statement: {
          AndStatement: {
            Statements: [
              {
                ByteMatchStatement: {
                  FieldToMatch: { Method: {} }, PositionalConstraint: 'EXACTLY', SearchString: 'POST', TextTransformations: [{ Priority: 0, Type: 'NONE' }],
                },
              },
              { XssMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } },
            ],
          },
        },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'scripts', SampledRequestsEnabled: false },
      });
    }),
    fault('G69', 'bodies of payments are traced by a setting of one method', ({ Pay }) => {
      prop(Pay, 'ApiStage').MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/payments', LoggingLevel: 'INFO', DataTraceEnabled: 'true' });
    }),
    fault('G71', 'the access log keeps the key of each partner', ({ Pay }) => {
      const setting = prop(Pay, 'ApiStage').AccessLogSetting;
      setting.Format = setting.Format.replace('{', '{"partner":"$context.identity.apiKey",');
    }),
    fault('G75', 'nobody is told of failed charges: the alarm watches another function', ({ Pay }) => {
      prop(Pay, 'ChargeErrors').Dimensions[0].Value = { Ref: 'Settle' };
    }),
    breach('sqs.tls', 'the queue of settlements takes messages in the clear', ({ Pay }) => {
      prop(Pay, 'QueueRules').PolicyDocument.Statement[0].Resource = [{ 'Fn::GetAtt': ['SettlementDead', 'Arn'] }];
    }),
    breach('kms.rotation', 'the key is not turned in production', ({ Pay }) => {
      prop(Pay, 'DataKey').EnableKeyRotation = { 'Fn::If': ['IsProd', false, true] };
    }),
  ],
  variants: [
    safe('the test stage logs all', ({ Pay }) => {
      Pay.Mappings.Stages.dev.level = 'DEBUG';
    }),
    safe('the verdict of the gate is kept for the one method there is', ({ Pay }) => {
      prop(Pay, 'Authorizer').AuthorizerResultTtlInSeconds = 60;
    }),
    safe('a rule of the firewall is tried by counting, beside those that block', ({ Pay }) => {
      prop(Pay, 'Firewall').Rules.push({
        Name: 'linux',
        Priority: 5,
        OverrideAction: { Count: {} },
        Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesLinuxRuleSet' } },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'linux', SampledRequestsEnabled: false },
      });
    }),
    safe('the name of a secret is a variable', ({ Pay }) => {
      env(Pay, 'Charge').PROVIDER_SECRET_NAME = 'payments/provider';
    }),
    safe('one statement refuses what is not needed, with a star', ({ Pay }) => {
      statements(Pay, 'ChargeRole').push({ Effect: 'Deny', NotAction: ['dynamodb:*', 'sqs:*', 'logs:*', 'xray:*', 'kms:*', 'secretsmanager:*'], Resource: '*' });
    }),
    safe('settlement is bound by its mapping alone', ({ Pay }) => {
      delete prop(Pay, 'Settle').ReservedConcurrentExecutions;
    }),
  ],
};
