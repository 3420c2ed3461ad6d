import { NotesNames } from '../../examples/saas-frontend/lib/notes-names';

export const NAMES: NotesNames = {
  domainName: 'notes.example.com',
  hostedZoneId: 'Z0123456789EXAMPLE',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
  clientCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/2',
  truststore: { bucket: 'notes-truststore', key: 'authority.pem', version: '1' },
  signInPrefix: 'notes-111122223333',
  deployRole: 'deploy-notes',
  countries: ['AT', 'CH', 'DE'],
  alarmEmail: 'oncall@example.com',
};
