import { RulePackOptions, judgeOptions } from './rule-pack-options';
import { RuleSeverity } from './rule-setting';
import { auditTemplateExceptions, exceptionsFrom } from './template-exceptions';
import { sourcesInFile, sourcesInFolder, unreadable } from './template-sources';
import { Place } from '../core/configuration-error';
import { checkDay } from '../core/exceptions/calendar';
import { SecurityProfile } from '../core/profile/security-profile';
import { AppModel } from '../model/resources/app-model';
import { asTemplate } from '../model/templates/template-reader';
import { TemplateSource } from '../model/templates/template-source';
import { findingOf } from '../policy/exceptions/exception-audit';
import { ExceptionRecord, signedReason } from '../policy/exceptions/exception-record';
import { ExceptionNotice } from '../policy/exceptions/judge-exceptions';
import { judgedFindingOf } from '../policy/exceptions/placed';
import { Finding } from '../policy/finding';
import { judge } from '../policy/judge';

const PLACE: Place = { node: { path: 'TemplateAudit' } };
const TODAY = { code: 'TemplateAudit.Today', prop: 'today', fix: 'leave it out to use the clock' };

/** How templates are judged. */
export interface TemplateAuditProps extends RulePackOptions {
  /**
   * How strong the cost-bearing controls must be.
   * @default SecurityProfile.production()
   */
  readonly profile?: SecurityProfile;
  /**
   * Findings that may stay for a while. What is wrong with an exception stands among the findings: one that has ended, lasts too long, covers nothing,
   * or accepts what can never be accepted.
   * @default - none
   */
  readonly exceptions?: ExceptionRecord[];
  /**
   * A file with more of them, in YAML or JSON: a list, each with `finding`, `reason`, `owner` and `expires`, and if need be `at` and `ticket`.
   * @default - none
   */
  readonly exceptionsFile?: string;
  /**
   * The day by which exceptions are judged, as `2027-01-31`.
   * @default - today, in UTC
   */
  readonly today?: string;
}

/** One violation, or one question that a template leaves open. */
export interface AuditFinding {
  /** The id of the rule. */
  readonly rule: string;
  /** The rule, and in brackets what it found: the id under which CDK acknowledges it. */
  readonly id: string;
  /** What CDK is told: `error`, `warning` or `info`; `fatal` for an exception that does not hold. */
  readonly severity: string;
  /** The severity of the rule under the profile. */
  readonly rank: RuleSeverity;
  /** The template does not tell; whoever deploys decides. */
  readonly undecided: boolean;
  /** The stack: its name in the cloud assembly, or the name of the file. Empty where an exception is meant. */
  readonly stack: string;
  /** The resource in the template. Empty where an exception is meant. */
  readonly logicalId: string;
  /**
   * The construct that made the resource.
   * @default - no CDK app made the template, or it does not say
   */
  readonly constructPath?: string;
  /**
   * The file that holds the template.
   * @default - the template came as an object
   */
  readonly templatePath?: string;
  /** The properties at fault. */
  readonly locations: string[];
  /** What is wrong. */
  readonly title: string;
  /** What an attacker or an accident makes of it. */
  readonly why: string;
  /** The way out. */
  readonly fix: string;
  /**
   * Why the finding may stay, with the owner and the last day of the exception.
   * @default - nobody accepted it
   */
  readonly accepted?: string;
}

/**
 * Judges CloudFormation and SAM templates by the rules of this library, without a CDK app: in a test, a pipeline, or for a stack that
 * somebody else wrote.
 *
 * JSON and YAML are read, short forms of intrinsic functions included; SAM templates are judged as CloudFormation would deploy them.
 * Nothing is sent anywhere, and no account is needed.
 */
export class TemplateAudit {
  /**
   * Judges one template file, and the nested stacks that it names by a relative path.
   *
   * @throws ConfigurationError [TemplateAudit.Unreadable] when there is no such file, or it holds no template
   * @throws ConfigurationError [ExceptionsFile.*] and [SecurityExceptions.*] when an exception cannot be read, or says too little
   */
  public static ofFile(path: string, props: TemplateAuditProps = {}): TemplateAudit {
    return new TemplateAudit(sourcesInFile(path), props);
  }

  /**
   * Judges a cloud assembly (`cdk.out`), all stacks, stages and nested stacks together; or every template in a folder and below it.
   *
   * @throws ConfigurationError [TemplateAudit.Unreadable] when there is no such folder, or one of its templates is broken
   * @throws ConfigurationError [TemplateAudit.NoTemplate] when the folder holds no template: silence would be approval
   * @throws ConfigurationError [ExceptionsFile.*] and [SecurityExceptions.*] when an exception cannot be read, or says too little
   */
  public static ofFolder(path: string, props: TemplateAuditProps = {}): TemplateAudit {
    return new TemplateAudit(sourcesInFolder(path), props);
  }

  /**
   * Judges a template that was parsed already, for example `Template.fromStack(stack).toJSON()`.
   *
   * @throws ConfigurationError [TemplateAudit.Unreadable] when the object is no template
   * @throws ConfigurationError [ExceptionsFile.*] and [SecurityExceptions.*] when an exception cannot be read, or says too little
   */
  public static ofTemplate(template: { [section: string]: any }, props: TemplateAuditProps = {}): TemplateAudit {
    const { problem } = asTemplate(template);
    if (problem !== undefined) return unreadable('(template)', problem);
    return new TemplateAudit([{ id: 'Template', template }], props);
  }

  /** What the rules found, resource by resource. */
  public readonly findings: AuditFinding[];

  /** No finding is an error that nobody accepted. Warnings, open questions among them, do not count. */
  public readonly passed: boolean;

  private constructor(sources: readonly TemplateSource[], props: TemplateAuditProps) {
    const profile = props.profile ?? SecurityProfile.production();
    const app = new AppModel(sources);
    const { findings } = judge(app, () => profile, undefined, judgeOptions(PLACE, props));
    const today = props.today === undefined ? undefined : checkDay(PLACE, props.today, TODAY);
    const audit = auditTemplateExceptions(exceptionsFrom(props.exceptionsFile, props.exceptions), { app, findings, profile, today });
    const accepted = (finding: Finding): string | undefined => {
      const exception = audit.acceptanceOf(judgedFindingOf(finding))?.exception;
      return exception && signedReason(exception);
    };
    this.findings = [...audit.notices.map(toNotice), ...findings.map((finding) => toAuditFinding(finding, accepted(finding)))];
    this.passed = this.errors.length === 0;
  }

  /** The findings that stop a synthesis, and that nobody accepted. */
  public get errors(): AuditFinding[] {
    return this.findings.filter(({ severity, accepted }) => accepted === undefined && (severity === 'error' || severity === 'fatal'));
  }
}

function toAuditFinding({ rule, id, severity, rank, undecided, resource, locations }: Finding, accepted: string | undefined): AuditFinding {
  return {
    rule: rule.id,
    id,
    severity,
    rank: rank as string as RuleSeverity,
    undecided,
    stack: resource.stackId,
    logicalId: resource.logicalId,
    constructPath: resource.constructPath,
    templatePath: resource.templatePath,
    locations: [...locations],
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    accepted,
  };
}

function toNotice(notice: ExceptionNotice): AuditFinding {
  const { rule, message, at } = notice;
  return {
    rule: rule.id,
    id: findingOf(notice).id,
    severity: rule.level,
    rank: rule.level === 'warning' ? RuleSeverity.LOW : RuleSeverity.HIGH,
    undecided: false,
    stack: '',
    logicalId: '',
    constructPath: at === '' ? undefined : at,
    locations: [],
    title: message,
    why: rule.why,
    fix: rule.fix,
  };
}
