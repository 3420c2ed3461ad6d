import { Controls } from './control';

/** The lists of risks, which name dangers and no settings. */
export const RISK_CONTROLS: Controls = {
  'risk.auth': {
    asks: 'Entry points without authentication',
    sources: { owasp: ['S2 Broken Authentication'], csa: ['SAS-02'], wellArchitected: ['SEC1'] },
    rulesUnder: ['OWASP Serverless S2', 'CSA SAS-02'],
  },
  'risk.data': {
    asks: 'Data disclosed where it lies or travels',
    sources: { owasp: ['S3 Sensitive Data Exposure'], wellArchitected: ['Data protection'] },
    rulesUnder: ['OWASP Serverless S3'],
  },
  'risk.dependencies': {
    asks: 'Dependencies with known holes',
    sources: { owasp: ['S9 Known Vulnerabilities'], csa: ['SAS-06'] },
    rulesUnder: ['OWASP Serverless S9', 'CSA SAS-06'],
    remark: 'What a template shows of them: runtimes, layers, images, signatures. The dependencies themselves are the work of a scanner.',
  },
  'risk.deserialization': {
    asks: 'Objects decoded without care',
    sources: { owasp: ['S8 Insecure Deserialization'] },
    because: 'not-visible',
    remark: 'It happens in code; RouteValidation and ModelBounds narrow what reaches it.',
  },
  'risk.dos': {
    asks: 'Denial of service, and of the budget',
    sources: { owasp: ['Other: DoS / Denial of Wallet'], csa: ['SAS-08'] },
    rulesUnder: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  },
  'risk.errors': {
    asks: 'Errors that tell too much',
    sources: { csa: ['SAS-10'] },
    rulesUnder: ['CSA SAS-10'],
  },
  'risk.flow': {
    asks: 'The order of business steps is broken',
    sources: { owasp: ['Other: Business Logic / Flow Manipulation'], csa: ['SAS-09'] },
    rulesUnder: ['CSA SAS-09'],
    remark: 'What a template shows of it: who can call a step past the others.',
  },
  'risk.injection': {
    asks: 'Events reach an interpreter',
    sources: { owasp: ['S1 Injection'], csa: ['SAS-01'], wellArchitected: ['SEC3'] },
    rulesUnder: ['OWASP Serverless S1', 'CSA SAS-01'],
  },
  'risk.logging': {
    asks: 'Attacks go unseen',
    sources: { owasp: ['S10 Insufficient Logging and Monitoring'], csa: ['SAS-05'], wellArchitected: ['Detective controls'] },
    rulesUnder: ['OWASP Serverless S10', 'CSA SAS-05'],
  },
  'risk.misconfig': {
    asks: 'Open storage, long timeouts, unlinked triggers',
    sources: { owasp: ['S6 Security Misconfiguration'], csa: ['SAS-03'], wellArchitected: ['Infrastructure protection'] },
    rulesUnder: ['OWASP Serverless S6', 'CSA SAS-03'],
  },
  'risk.obsolete': {
    asks: 'Functions, resources and triggers that nobody needs',
    sources: { csa: ['SAS-11'] },
    rulesUnder: ['CSA SAS-11'],
  },
  'risk.persistence': {
    asks: 'Data of one request left for the next',
    sources: { owasp: ['Other: Insecure Shared Space'], csa: ['SAS-12'] },
    rulesUnder: ['CSA SAS-12'],
  },
  'risk.privilege': {
    asks: 'Functions that may do too much',
    sources: { owasp: ['S5 Broken Access Control'], csa: ['SAS-04'], wellArchitected: ['SEC2'] },
    rulesUnder: ['OWASP Serverless S5', 'CSA SAS-04'],
  },
  'risk.secrets': {
    asks: 'Secrets kept where others read them',
    sources: { owasp: ['Other: Insecure Secret Management'], csa: ['SAS-07'] },
    rulesUnder: ['OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  },
  'risk.xss': {
    asks: 'Scripts that run at viewers',
    sources: { owasp: ['S7 XSS'] },
    rulesUnder: ['OWASP Serverless S7'],
  },
  'risk.xxe': {
    asks: 'Parsers that fetch what a document names',
    sources: { owasp: ['S4 XXE'] },
    because: 'not-visible',
    remark: 'It happens in code; FunctionEgressOpen narrows where it can fetch from.',
  },
};
