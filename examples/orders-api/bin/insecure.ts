import { App } from 'aws-cdk-lib';
import { ServerlessSecurity } from 'cdk-secure-serverless';
import { InsecureOrdersStack } from '../lib/insecure-orders-stack';

const app = new App();
ServerlessSecurity.of(app).enforce(); // the one line: the stack below knows nothing of this library
new InsecureOrdersStack(app, 'InsecureOrders', { description: 'What not to do; never deploy this' });
