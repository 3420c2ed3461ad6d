import { ControlPosture, FrameworkCoverage } from '../form/posture-form';

/** How ids of catalogues begin, and what the catalogue is called. What remains of the id names the control. */
const CATALOGUES: readonly (readonly [beginning: RegExp, name: string])[] = [
  [/^FSBP /, 'FSBP'],
  [/^NIST(?:[ .]SP)?[ .]800[-.]53[ .]?r?[.]?5? /i, 'NIST 800-53'],
  [/^PCI[ .]DSS /, 'PCI DSS'],
  [/^HIPAA /, 'HIPAA'],
  [/^CIS /, 'CIS'],
  [/^(?=CT\.)/, 'Control Tower'],
  [/^OWASP Serverless:? /, 'OWASP Serverless'],
  [/^OWASP API /, 'OWASP API'],
  [/^CSA (?=SAS-)/, 'CSA SAS'],
  [/^Well-Architected /, 'Well-Architected'],
  [/^cdk-nag /, 'cdk-nag'],
  [/^cfn_nag /, 'cfn_nag'],
  [/^(?=CKV2?_)/, 'Checkov'],
  [/^KICS /, 'KICS'],
  [/^prowler /, 'Prowler'],
  [/^(?:trivy )?(?=AWS-\d)/, 'Trivy'],
  [/^(?=[A-Z][A-Z0-9_]+$)/, 'AWS Config'],
];

/** The state of a control that several rules judge is the worst of theirs. */
const WORST_FIRST: readonly ControlPosture['state'][] = ['violated', 'undecided', 'excepted', 'compliant', 'not-applicable', 'off'];

/** `Lambda.2` stands before `Lambda.10`. Made once: a comparison by locale is slow to set up. */
const { compare } = new Intl.Collator('en', { numeric: true });

/** How the controls of each framework came out, as far as rules judge them. */
export function frameworksOf(controls: readonly ControlPosture[]): readonly FrameworkCoverage[] {
  const byFramework = new Map<string, Map<string, ControlPosture[]>>();
  for (const control of controls) {
    for (const text of control.frameworks) {
      const { name, id } = parseControl(text);
      const ids = byFramework.get(name) ?? new Map<string, ControlPosture[]>();
      byFramework.set(name, ids);
      const known = ids.get(id);
      if (known === undefined) ids.set(id, [control]);
      else if (!known.includes(control)) known.push(control);
    }
  }
  return [...byFramework].sort(([one], [other]) => compare(one, other)).map(([name, ids]) => ({
    name,
    controls: [...ids].sort(([one], [other]) => compare(one, other)).map(([id, rules]) => ({
      id,
      state: WORST_FIRST.find((state) => rules.some((rule) => rule.state === state)) ?? 'not-applicable',
      rules: rules.map(({ rule }) => rule),
    })),
  }));
}

/** `FSBP Lambda.1` is the control `Lambda.1` of `FSBP`. */
export function parseControl(text: string): { readonly name: string; readonly id: string } {
  const [beginning, name] = CATALOGUES.find(([one]) => one.test(text)) ?? [/^/, 'Other'];
  return { name, id: text.replace(beginning, '') };
}
