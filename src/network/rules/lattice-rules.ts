import { asksForSignature, LATTICE_SERVICE, logsRequests } from '../../model/entries/lattice-services';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';

export const LATTICE_SERVICE_AUTH: Rule = {
  id: 'LatticeServiceAuth',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [LATTICE_SERVICE],
  title: 'Whatever is in a joined network calls a VPC Lattice service, and nobody asks who it is',
  why: 'To be in the network is all that it takes: one machine that is broken into, in any account that has joined, calls the service and the functions behind it.',
  fix: 'Set AuthType to AWS_IAM on the service, or on each of its service networks, with an AWS::VpcLattice::AuthPolicy that names who may call, and let callers sign.',
  risks: ['broken-authentication', 'single-layer'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: (service, app) => toOutcome(asksForSignature(service, app), 'Properties.AuthType'),
};

export const LATTICE_ACCESS_LOG: Rule = {
  id: 'LatticeAccessLog',
  severity: Severity.LOW,
  appliesTo: [LATTICE_SERVICE],
  title: 'A VPC Lattice service writes down nobody who calls',
  why: 'Who called, from which network and with which answer cannot be found afterwards: neither an attack nor what it took.',
  fix: 'Add an AWS::VpcLattice::AccessLogSubscription to the service, or to its service networks, that writes to a log group, a bucket or a delivery stream.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-10'],
  check: (service, app) => toOutcome(logsRequests(service, app), 'Properties'),
};

function toOutcome(answer: boolean | undefined, location: string): Outcome {
  return answer === undefined ? unresolved(location) : answer ? pass() : fail(location);
}

export const LATTICE_RULES: readonly Rule[] = [LATTICE_ACCESS_LOG, LATTICE_SERVICE_AUTH];
