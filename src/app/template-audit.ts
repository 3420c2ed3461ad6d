import { RulePackOptions, judgeOptions } from './rule-pack-options';
import { RuleSeverity } from './rule-setting';
import { sourcesInFile, sourcesInFolder, unreadable } from './template-sources';
import { SecurityProfile } from '../core/security-profile';
import { Finding, judge } from '../policy/judge';
import { AppModel } from '../policy/model/resources/app-model';
import { asTemplate } from '../policy/model/templates/template-reader';
import { TemplateSource } from '../policy/model/templates/template-source';

/** How templates are judged. */
export interface TemplateAuditProps extends RulePackOptions {
  /**
   * How strong the cost-bearing controls must be.
   * @default SecurityProfile.production()
   */
  readonly profile?: SecurityProfile;
}

/** One violation, or one question that a template leaves open. */
export interface AuditFinding {
  /** The id of the rule. */
  readonly rule: string;
  /** The rule, and in brackets what it found: the id under which CDK acknowledges it. */
  readonly id: string;
  /** What CDK is told: `error`, `warning` or `info`. */
  readonly severity: string;
  /** The severity of the rule under the profile. */
  readonly rank: RuleSeverity;
  /** The template does not tell; whoever deploys decides. */
  readonly undecided: boolean;
  /** The stack: its name in the cloud assembly, or the name of the file. */
  readonly stack: string;
  /** The resource in the template. */
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
   */
  public static ofFile(path: string, props: TemplateAuditProps = {}): TemplateAudit {
    return new TemplateAudit(sourcesInFile(path), props);
  }

  /**
   * Judges a cloud assembly (`cdk.out`), all stacks, stages and nested stacks together; or every template in a folder and below it.
   *
   * @throws ConfigurationError [TemplateAudit.Unreadable] when there is no such folder, or one of its templates is broken
   * @throws ConfigurationError [TemplateAudit.NoTemplate] when the folder holds no template: silence would be approval
   */
  public static ofFolder(path: string, props: TemplateAuditProps = {}): TemplateAudit {
    return new TemplateAudit(sourcesInFolder(path), props);
  }

  /**
   * Judges a template that was parsed already, for example `Template.fromStack(stack).toJSON()`.
   *
   * @throws ConfigurationError [TemplateAudit.Unreadable] when the object is no template
   */
  public static ofTemplate(template: { [section: string]: any }, props: TemplateAuditProps = {}): TemplateAudit {
    const { problem } = asTemplate(template);
    if (problem !== undefined) return unreadable('(template)', problem);
    return new TemplateAudit([{ id: 'Template', template }], props);
  }

  /** What the rules found, resource by resource. */
  public readonly findings: AuditFinding[];

  /** No finding is an error. Warnings, open questions among them, do not count. */
  public readonly passed: boolean;

  private constructor(sources: readonly TemplateSource[], props: TemplateAuditProps) {
    const profile = props.profile ?? SecurityProfile.production();
    const app = new AppModel(sources);
    this.findings = judge(app, () => profile, undefined, judgeOptions({ node: { path: 'TemplateAudit' } }, props)).findings.map(toAuditFinding);
    this.passed = this.errors.length === 0;
  }

  /** The findings that stop a synthesis. */
  public get errors(): AuditFinding[] {
    return this.findings.filter(({ severity }) => severity === 'error');
  }
}

function toAuditFinding({ rule, id, severity, rank, undecided, resource, locations }: Finding): AuditFinding {
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
  };
}
