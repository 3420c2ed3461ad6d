import { FILE_SERVER, isServerOnInternet, logsTransfers, protocolsOf, takesPasswords } from '../../model/entries/file-servers';
import { expectEach, fail, notApplicable, pass, Rule, Severity, unresolved } from '../../model/rule';
import { textOf } from '../../model/values/values';

/** Policies of these years let hosts sign with SHA-1, of which collisions can be bought; CloudFormation takes the first of them where none is named. */
const OUTDATED = /-20(?:18|20)-\d\d$/;

export const FILE_SERVER_PLAINTEXT: Rule = {
  id: 'FileServerPlaintext',
  severity: Severity.HIGH,
  appliesTo: [FILE_SERVER],
  title: 'A file server takes passwords and files over FTP, in plain text',
  why: 'Whoever stands on the way reads the password once, and has each file from then on. What arrives may be another file than the one that was sent.',
  fix: 'Take FTP out of Protocols and leave SFTP, or FTPS with a certificate. Both ask for other settings of the clients.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['FSBP Transfer.2', 'CT.TRANSFER.PR.1'],
  check: (server) => expectEach(protocolsOf(server), 'Properties.Protocols', (protocol) => textOf(protocol) !== 'FTP'),
};

export const FILE_SERVER_CIPHERS: Rule = {
  id: 'FileServerCiphers',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [FILE_SERVER],
  title: 'A file server agrees to algorithms of SSH that are broken or about to be',
  why: 'The policies of 2018 and 2020 take signatures with SHA-1, so that somebody on the way can pass for the server. CloudFormation takes the one of 2018 where none is named; the '
    + 'console does not.',
  fix: 'Set SecurityPolicyName to TransferSecurityPolicy-2024-01 or a later one. Clients that are as old as the algorithms cannot connect any more: ask those who run them first.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03'],
  check: (server) => expectEach(server.alternatives('SecurityPolicyName'), 'Properties.SecurityPolicyName', (name) => {
    const text = textOf(name) ?? '';
    return text !== '' && !OUTDATED.test(text);
  }),
};

export const FILE_SERVER_PASSWORDS: Rule = {
  id: 'FileServerPasswords',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [FILE_SERVER],
  title: 'The internet may guess the passwords of a file server',
  why: 'Servers of SFTP are found within hours and tried for years. Nothing stands in front of one: no web ACL, no throttle, and a password is all that is asked.',
  fix: 'Let SFTP ask for a key (SftpAuthenticationMethods: PUBLIC_KEY, or PUBLIC_KEY_AND_PASSWORD for both). Where clients have no keys: EndpointType VPC, with a security group that names '
    + 'the addresses of the partners.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: (server, app) => {
    const answers = [isServerOnInternet(server, app), takesPasswords(server)];
    if (answers[0] === false) return notApplicable();
    if (answers[1] === false) return pass();
    return answers.includes(undefined) ? unresolved('Properties') : fail('Properties');
  },
};

export const FILE_SERVER_LOG: Rule = {
  id: 'FileServerLog',
  severity: Severity.LOW,
  appliesTo: [FILE_SERVER],
  title: 'A file server writes down nobody who comes',
  why: 'Who tried to get in, who did, and which files went where cannot be found afterwards.',
  fix: 'Set StructuredLogDestinations to the ARN of a log group, which needs no role.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-10'],
  check: (server) => {
    const answer = logsTransfers(server);
    return answer === undefined ? unresolved('Properties') : answer ? pass() : fail('Properties');
  },
};

export const FILE_SERVER_RULES: readonly Rule[] = [FILE_SERVER_CIPHERS, FILE_SERVER_LOG, FILE_SERVER_PASSWORDS, FILE_SERVER_PLAINTEXT];
