import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { PackFinding, packFindingsOf } from '../policy/pack-finding';

type Answer = { readonly report: PolicyValidationPluginReport } | { readonly error: unknown };

/**
 * A pack of somebody else, whose answer our own pack hears as well: CDK shows no plugin what another one said.
 *
 * Our pack is asked first and makes the others judge ahead of their turn; when CDK asks them, they repeat what they said. So the order in which
 * packs are registered, and calls of `enforce()` that add more, make no difference.
 */
export class PackRecorder implements IPolicyValidationPlugin {
  public readonly name: string;
  public readonly version?: string;
  public readonly ruleIds?: string[];
  private ahead?: Answer;

  constructor(private readonly pack: IPolicyValidationPlugin) {
    this.name = pack.name;
    this.version = pack.version;
    this.ruleIds = pack.ruleIds;
  }

  /** CDK calls this. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const answer = this.ahead ?? this.ask(context);
    this.ahead = undefined; // the next synthesis judges anew
    if ('error' in answer) throw answer.error;
    return answer.report;
  }

  /** What the pack finds in this synthesis. A pack that fails finds nothing here; CDK hears of the failure when it asks. */
  public hear(context: IPolicyValidationContext): readonly PackFinding[] {
    this.ahead ??= this.ask(context);
    return 'error' in this.ahead ? [] : packFindingsOf(this.name, this.ahead.report);
  }

  private ask(context: IPolicyValidationContext): Answer {
    try {
      return { report: this.pack.validate(context) };
    } catch (error) {
      return { error };
    }
  }
}
