import { existsSync, readFileSync, rmSync, statSync } from 'fs';
import { join } from 'path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { auditPath } from './audit-path';
import { OpenRoutesOptions, ThirdPartiesOptions } from './posture-options';
import { ConfigurationError, refuse } from '../core/configuration-error';
import { StorePosture } from '../report/form/app-form';
import { Posture } from '../report/form/posture-form';
import { postureBelow } from '../report/posture-below';
import { REPORT_FOLDER, JSON_FORMAT } from '../report/write-reports';

/** Ways in for which it is a matter of course that nobody is asked: the pages of a site, and mail. */
const ASK_NOBODY = ['website', 'distribution', 'mail'];

/**
 * The report of an app in unit tests: what it lets in, who may do what, and what it costs. Each assertion throws one message that lists everything
 * that is wrong, and returns the posture, so that they can be chained.
 *
 * ```ts
 * const stack = new Stack(new App(), 'Shop');
 * const orders = new SecureTable(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
 * SecurityPosture.fromStack(stack).hasNoOpenRoutes().nothingCanDeleteFrom(orders).idleCostIsBelow(20);
 * ```
 */
export class SecurityPosture {
  /**
   * What concerns one stack, judged together with all others of its app. The app is synthesized; findings do not stop that, other errors do.
   * The rules judge as `ServerlessSecurity.of(app).enforce()` says, or with the production profile when nobody called it.
   */
  public static fromStack(stack: Stack): SecurityPosture {
    return new SecurityPosture(postureBelow(synthesized(stack), stack.node.path), stack.node.path);
  }

  /** The posture of a whole app. It is synthesized; findings do not stop that, other errors do. */
  public static fromApp(app: App): SecurityPosture {
    return new SecurityPosture(synthesized(app), '');
  }

  /**
   * The posture of a cloud assembly (`cdk.out`), of a folder of templates, or of one template file in JSON or YAML. Nothing is known of
   * constructs then but their paths.
   * @throws ConfigurationError [SecurityPosture.NoSuchPath] when there is no such file or folder
   */
  public static fromPath(path: string): SecurityPosture {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined) return new SecurityPosture(auditPath(path, found.isDirectory()), path);
    return refuse({ node: { path } }, {
      code: 'SecurityPosture.NoSuchPath', prop: 'path', must: 'must lead to a cloud assembly, a folder or a template', fix: 'synthesize first, or mend the path',
    });
  }

  private constructor(private readonly posture: Posture, private readonly place: string) {}

  /**
   * Every route, function URL, GraphQL API and the like asks who calls; preflight requests, the pages of sites and mail apart.
   * @throws ConfigurationError [SecurityPosture.OpenRoutes] naming each that does not
   */
  public hasNoOpenRoutes(options: OpenRoutesOptions = {}): SecurityPosture {
    const open = this.posture.entryPoints
      .filter(({ layers, preflight, kind }) => ['none', 'unknown'].includes(layers.authorization) && preflight !== true && !ASK_NOBODY.includes(kind))
      .filter(({ id }) => !(options.allowed ?? []).some((name) => id === name || id.endsWith(` ${name}`)));
    return this.expect(open.map(({ id }) => id), 'OpenRoutes', 'Ways in that ask nobody who calls', 'give them an authorizer, or name them in allowed');
  }

  /**
   * No function, state machine, pipe or other part of the app may delete data of a store, or the store itself.
   * @throws ConfigurationError [SecurityPosture.Deleters] naming everybody who may
   * @throws ConfigurationError [SecurityPosture.NoStore] when the construct keeps no data
   */
  public nothingCanDeleteFrom(store: IConstruct): SecurityPosture {
    const { at, deleters } = this.storeOf(store);
    return this.expect(deleters, 'Deleters', `These may delete from ${at}`, 'give them narrower rights, such as allowWrite in the place of a grant');
  }

  /**
   * Nobody but these may read a store. Whether they really may is not asked.
   * @throws ConfigurationError [SecurityPosture.Readers] naming everybody else who may
   * @throws ConfigurationError [SecurityPosture.NoStore] when the construct keeps no data
   */
  public onlyCanRead(store: IConstruct, ...readers: IConstruct[]): SecurityPosture {
    const { at, readers: found } = this.storeOf(store);
    const expected = new Set(readers.map(({ node }) => node.path));
    return this.expect(found.filter((reader) => !expected.has(reader)), 'Readers', `Others may read ${at}`, 'take the right away, or name them');
  }

  /**
   * What the app, or the stack, costs while nothing happens stays below so many US dollars a month. It is an estimate from list prices.
   * @throws ConfigurationError [SecurityPosture.IdleCost] with the dearest parts
   */
  public idleCostIsBelow(usd: number): SecurityPosture {
    const { total, items } = this.posture.cost;
    if (total < usd) return this;
    const dearest = [...items].sort((one, other) => other.monthly - one.monthly).slice(0, 10);
    return this.expect(dearest.map(({ control, at, monthly }) => `${monthly.toFixed(2)} for ${control} at ${at}`), 'IdleCost',
      `The dearest parts of the ${total.toFixed(2)} USD a month that it costs idle, which is not below ${usd}`, 'leave some out, or choose another profile');
  }

  /**
   * No pack found an error that nobody accepted.
   * @throws ConfigurationError [SecurityPosture.Errors] naming each finding and its place
   */
  public hasNoErrors(): SecurityPosture {
    const errors = this.posture.findings.filter(({ level, accepted }) => (level === 'error' || level === 'fatal') && accepted === null);
    return this.expect(errors.map(({ id, at, title }) => `${id} at ${at}: ${title}`), 'Errors', 'Errors', 'mend them, or accept them with a reason');
  }

  /**
   * Each way in has at least so many independent layers: authorization, validation, throttle, web ACL, logging, least privilege. A kind that can
   * have fewer needs all of them.
   * @throws ConfigurationError [SecurityPosture.Layers] naming each with fewer, and what it lacks
   */
  public entryPointsHaveLayers(least: number): SecurityPosture {
    const thin = this.posture.entryPoints.filter(({ layerCount, possibleLayers }) => layerCount < Math.min(least, possibleLayers));
    return this.expect(thin.map(({ id, layerCount, layers }) => {
      const missing = Object.entries(layers).filter(([, layer]) => layer === false || layer === 'none' || layer === 'unknown').map(([name]) => name);
      return `${id} has ${layerCount}, without ${missing.join(', ')}`;
    }), 'Layers', `Ways in with fewer than ${least} layers`, 'add what they lack');
  }

  /**
   * Nobody outside of the account takes part: no foreign account, layer, image, domain, partner bus, identity provider or seller, but those whom the
   * app trusts by `trustedAccounts`.
   * @throws ConfigurationError [SecurityPosture.ThirdParties] naming each, and what it does
   */
  public hasNoThirdParties(options: ThirdPartiesOptions = {}): SecurityPosture {
    const { allowed = [], packages = false } = options;
    const found = this.posture.thirdParties.filter(({ kind, trusted }) => !trusted && (packages || kind !== 'package'))
      .filter(({ id, name }) => !allowed.includes(id) && !allowed.includes(name));
    return this.expect(found.map(({ id, relations: [first] }) => `${id}: ${first.how}, at ${first.at}`), 'ThirdParties', 'Third parties',
      'do without them, or name them in allowed');
  }

  /**
   * Each alarm tells somebody, directly or as part of another alarm. One whose target only the deployment knows passes.
   * @throws ConfigurationError [SecurityPosture.Alarms] naming each that rings where nobody hears it
   */
  public everyAlarmReachesSomebody(): SecurityPosture {
    const silent = this.posture.alarms.filter(({ reachesSomebody }) => reachesSomebody === false);
    return this.expect(silent.map(({ at, metric }) => `${at}${metric === undefined ? '' : ` (${metric})`}`), 'Alarms', 'Alarms that nobody hears',
      'give their topic a subscriber: StackAlarmTopic.notify(scope, AlarmRecipient.email(…))');
  }

  /** The posture as data: `schema/posture.schema.json` says what is in it. */
  public toJson(): { [part: string]: any } {
    return JSON.parse(JSON.stringify(this.posture)) as { [part: string]: any };
  }

  private storeOf({ node: { path } }: IConstruct): StorePosture {
    const { stores } = this.posture;
    const found = stores.find(({ at }) => at === path) ?? stores.find(({ at }) => at.startsWith(`${path}/`));
    return found ?? refuse({ node: { path } }, {
      code: 'SecurityPosture.NoStore',
      prop: 'store',
      must: 'must be a construct that keeps data, such as a table, a bucket or a queue, in what was judged',
      fix: 'give the construct itself, and judge the app or stack that holds it',
    });
  }

  private expect(wrong: readonly string[], code: string, what: string, fix: string): SecurityPosture {
    if (wrong.length === 0) return this;
    const list = wrong.map((one) => `  - ${one}`).join('\n');
    const place = this.place === '' ? '(app)' : this.place;
    throw new ConfigurationError(`SecurityPosture.${code}`, place, `${what}:\n${list}\n${fix} [SecurityPosture.${code}, at '${place}']`);
  }
}

/** What the rules wrote of an app when it was synthesized; where none are registered, what its templates tell. */
function synthesized(scope: IConstruct): Posture {
  const root = scope.node.root;
  if (!Stage.isStage(root)) {
    return refuse(scope, { code: 'SecurityPosture.NoApp', prop: 'scope', must: 'must belong to an App', fix: 'make new App() the root of the test' });
  }
  const report = join(root.outdir, REPORT_FOLDER, JSON_FORMAT.file);
  rmSync(report, { force: true });
  try {
    root.synth({ force: true });
  } catch (error) {
    if (!existsSync(report)) throw error; // nothing was judged: the app itself is at fault
  }
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) as Posture : auditPath(root.outdir, true);
}
