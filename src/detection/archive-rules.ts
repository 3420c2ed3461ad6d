import { Resource } from '../model/resources/resource';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../model/rule';
import { at, elements, entries, isUnresolved, textOf, Value } from '../model/values/values';

const ANALYZER = 'AWS::AccessAnalyzer::Analyzer';

/** What of a finding of Access Analyzer says which resource, or who: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-filter-keys.html */
const NAMING_PROPERTIES = /^(id|resource|principal\..+|condition\..+)$/;

/** What every finding of GuardDuty has, whatever happened: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_filter-findings.html */
const GENERAL_CRITERIA = /^(accountId|confidence|region|severity|updatedAt|service\.(archived|count|resourceRole))$/;

export const FINDING_ARCHIVE_WIDE: Rule = {
  id: 'FindingArchiveWide',
  severity: Severity.LOW,
  appliesTo: [ANALYZER, 'AWS::GuardDuty::Filter'],
  title: 'Findings are archived although nobody said of what',
  why: 'Nobody looks at what is archived by rule: consoles leave it out, and GuardDuty does not even send it on. A rule that names neither a resource nor a '
    + 'principal nor a type also hides the finding about the bucket that will be open to everybody next month.',
  fix: 'Name the resource or the principal that is meant (Access Analyzer), or the type of the finding (GuardDuty), or take the rule out.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: 'the name of the archive rule, or none for a filter',
  check: (resource) => (resource.type === ANALYZER ? judgeArchiveRules(resource) : judgeFilter(resource)),
};

function judgeArchiveRules(analyzer: Resource): RuleResult {
  const location = 'Properties.ArchiveRules';
  const rules = analyzer.items('ArchiveRules');
  if (rules.length === 0) return notApplicable();
  return rules.map((rule): Outcome => {
    const name = textOf(at(rule, 'RuleName'));
    const criteria = elements(at(rule, 'Filter'));
    if (criteria.some(namesSomebody)) return pass();
    return [rule, ...criteria, ...criteria.map((one) => at(one, 'Property'))].some(isUnresolved) ? unresolved(location, name) : fail(location, name);
  });
}

/** A criterion that asks for anything but a value names nobody. */
function namesSomebody(criterion: Value): boolean {
  return NAMING_PROPERTIES.test(textOf(at(criterion, 'Property')) ?? '') && (elements(at(criterion, 'Eq')).length > 0 || elements(at(criterion, 'Contains')).length > 0);
}

function judgeFilter(filter: Resource): RuleResult {
  const location = 'Properties.FindingCriteria';
  const action = filter.property('Action');
  if (isUnresolved(action)) return unresolved('Properties.Action');
  if (action !== 'ARCHIVE') return notApplicable();
  const criterion = filter.property('FindingCriteria.Criterion');
  if (isUnresolved(criterion)) return unresolved(location);
  return entries(criterion).some(([name]) => !GENERAL_CRITERIA.test(name)) ? pass() : fail(location);
}

export const ARCHIVE_RULES: readonly Rule[] = [FINDING_ARCHIVE_WIDE];
