import { aws_cognito as cognito, aws_wafv2 as waf } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const IDENTITY_EXAMPLES: RuleExamples = {
  ClientAdminScope: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', allowedOAuthScopes: ['aws.cognito.signin.user.admin'] });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', allowedOAuthScopes: ['openid', 'orders/read'] });
    },
  },
  ClientCallbackUrl: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', callbackUrLs: ['https://example.com'] });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', callbackUrLs: ['https://shop.example.org/in'] });
    },
  },
  ClientImplicitGrant: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', allowedOAuthFlows: ['implicit'] });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', allowedOAuthFlows: ['code'] });
    },
  },
  ClientPasswordFlow: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
    },
  },
  ClientTokenLifetime: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', refreshTokenValidity: 365 });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', refreshTokenValidity: 30 });
    },
  },
  ClientTokenRevocation: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', enableTokenRevocation: false });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', enableTokenRevocation: true });
    },
  },
  ClientTokenRotation: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123' });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', refreshTokenRotation: { feature: 'ENABLED' } });
    },
  },
  ClientUserExistence: {
    violates(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123' });
    },
    passes(stack) {
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: 'eu-west-1_AbCdEf123', preventUserExistenceErrors: 'ENABLED' });
    },
  },
  ClientWriteAttributes: {
    violates(stack) {
      const schema = [{ name: 'role', attributeDataType: 'String', mutable: true }];
      const customers = new cognito.CfnUserPool(stack, 'Customers', { schema });
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: customers.ref });
    },
    passes(stack) {
      const schema = [{ name: 'role', attributeDataType: 'String', mutable: true }];
      const customers = new cognito.CfnUserPool(stack, 'Customers', { schema });
      new cognito.CfnUserPoolClient(stack, 'Shop', { userPoolId: customers.ref, writeAttributes: ['email', 'name'] });
    },
  },
  IdentityClassicFlow: {
    violates(stack) {
      new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: false, allowClassicFlow: true });
    },
    passes(stack) {
      new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: false });
    },
  },
  IdentityPoolGuests: {
    violates(stack) {
      new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: true });
    },
    passes(stack) {
      new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: false });
    },
  },
  IdentityTokenCheck: {
    violates(stack) {
      const cognitoIdentityProviders = [{ clientId: 'shop', providerName: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123' }];
      new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: false, cognitoIdentityProviders });
    },
    passes(stack) {
      const cognitoIdentityProviders = [{ clientId: 'shop', providerName: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123', serverSideTokenCheck: true }];
      new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: false, cognitoIdentityProviders });
    },
  },
  PoolWebAcl: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers');
    },
    passes(stack) {
      const customers = new cognito.CfnUserPool(stack, 'Customers');
      const webAclArn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1';
      new waf.CfnWebACLAssociation(stack, 'Guard', { resourceArn: customers.attrArn, webAclArn });
    },
  },
  UserOptionalMfa: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { mfaConfiguration: 'OPTIONAL' });
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { mfaConfiguration: 'ON', enabledMfas: ['SOFTWARE_TOKEN_MFA'] });
    },
  },
  UserPasswordLength: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { policies: { passwordPolicy: { minimumLength: 8 } } });
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { policies: { passwordPolicy: { minimumLength: 14 } } });
    },
  },
  UserPoolDeletion: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers');
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { deletionProtection: 'ACTIVE' });
    },
  },
  UserPoolMfa: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { mfaConfiguration: 'OFF' });
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { mfaConfiguration: 'ON', enabledMfas: ['SOFTWARE_TOKEN_MFA'] });
    },
  },
  UserPoolPasswords: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { policies: { passwordPolicy: { minimumLength: 6 } } });
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', {
        policies: {
          passwordPolicy: { minimumLength: 14, requireLowercase: true, requireNumbers: true, requireSymbols: true, requireUppercase: true },
        },
      });
    },
  },
  UserPoolRecovery: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_phone_number', priority: 1 }] } });
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] } });
    },
  },
  UserPoolSignup: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers');
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { adminCreateUserConfig: { allowAdminCreateUserOnly: true } });
    },
  },
  UserPoolSms: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { mfaConfiguration: 'ON', enabledMfas: ['SMS_MFA'] });
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { mfaConfiguration: 'ON', enabledMfas: ['SOFTWARE_TOKEN_MFA'] });
    },
  },
  UserPoolThreats: {
    violates(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { userPoolAddOns: { advancedSecurityMode: 'AUDIT' } });
    },
    passes(stack) {
      new cognito.CfnUserPool(stack, 'Customers', { userPoolTier: 'PLUS', userPoolAddOns: { advancedSecurityMode: 'ENFORCED' } });
    },
  },
};
