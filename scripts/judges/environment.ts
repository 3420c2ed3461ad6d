import { Environment } from 'aws-cdk-lib';

/**
 * Where what is judged would be deployed. CDK's advice for production is to say it, and templates then say more: an account that a permission
 * names is a number and no reference.
 */
export const ENV: Environment = { account: '111122223333', region: 'us-east-1' };
