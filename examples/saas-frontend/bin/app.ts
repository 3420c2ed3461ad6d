import { App } from 'aws-cdk-lib';
import { SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { NotesStack } from '../lib/notes-stack';

const app = new App();
ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.production() });
new NotesStack(app, 'Notes', { names: app.node.getContext('notes'), description: 'Notes for organizations' });
