import { App } from 'aws-cdk-lib';
import { SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { OrderPipelineStack } from '../lib/order-pipeline-stack';

const app = new App();
ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.production() });
new OrderPipelineStack(app, 'OrderPipeline', { names: app.node.getContext('pipeline'), description: 'Orders of a chain of shops' });
