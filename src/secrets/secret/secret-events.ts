import { TrailEvent } from '../trail-notices';

/** What the people behind the alarm topic should know about a secret. */
export const SECRET_EVENTS: readonly TrailEvent[] = [
  {
    id: 'SecretRotationFails',
    message: 'The rotation of a secret fails: its old value stays in use, and may end soon. Look into the logs of the rotation function:',
    service: 'secretsmanager',
    origin: 'Service Event',
    eventNames: ['RotationFailed'],
    subject: 'additionalEventData.SecretId',
    about: (arn) => ({ additionalEventData: { SecretId: [arn] } }),
  },
  {
    id: 'SecretEnds',
    message: 'Somebody orders the deletion of a secret; requests that need it will fail. Restore it within its recovery window, unless this was meant:',
    service: 'secretsmanager',
    origin: 'API Call',
    eventNames: ['DeleteSecret'],
    subject: 'responseElements.arn',
    about: (arn) => ({ responseElements: { arn: [arn] } }),
  },
];
