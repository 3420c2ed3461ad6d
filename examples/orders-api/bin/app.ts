import { App } from 'aws-cdk-lib';
import { SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { OrdersStack } from '../lib/orders-stack';

const app = new App();
ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.production() });
new OrdersStack(app, 'Orders', { description: 'Orders of a small shop' });
