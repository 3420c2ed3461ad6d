import { CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { mapItems, withItem } from '../../core/hardening/values/list-items';

/** What a stage of a REST API sets for some of its methods, as its author wrote it. */
export interface MethodSetting {
  readonly httpMethod?: unknown;
  readonly resourcePath?: unknown;
  readonly [field: string]: unknown;
}

/** One value for all methods of a stage. A method with settings of its own inherits none, so that it is written there too. */
export interface MethodSettingStep {
  readonly rule: string;
  /** The field of a setting, as L1s name it: `loggingLevel`. */
  readonly field: string;
  readonly secure: unknown;
  /** Whether a value of the author's is good enough. */
  readonly safe: (value: never) => boolean;
  /** Whether a value of the author's is dangerous, so that strict hardening replaces it. Never, if left out. */
  readonly unsafe?: (value: never) => boolean;
  /** Whether a setting needs the value, which it lacks. Always, if left out. */
  readonly isMissing?: (setting: MethodSetting) => boolean;
  /** Who outside of the template may notice. */
  readonly attention?: (stage: CfnStage, site: HardeningSite) => string | undefined;
  /** What is needed besides. */
  readonly also?: (stage: CfnStage, site: HardeningSite) => void;
}

const FOR_ALL: MethodSetting = { httpMethod: '*', resourcePath: '/*' };

/** A step for one field of `MethodSettings`, in the setting of all methods and in those of single ones. */
export function methodSettingStep(step: MethodSettingStep): HardeningStep {
  return {
    area: HardeningArea.APIS,
    type: 'AWS::ApiGateway::Stage',
    rule: step.rule,
    plan: (resource, site) => {
      const stage = resource as CfnStage;
      const after = step.secure;
      const name = capitalized(step.field);
      const overridden = site.overrideOf(stage, 'MethodSettings');
      const settings = overridden ?? site.resolve(stage, stage.methodSettings) ?? [];
      if (overridden !== undefined || !Array.isArray(settings) || settings.some(isIntrinsic)) {
        return [{ standing: Standing.UNKNOWN, property: `MethodSettings.${name}`, before: settings, after }];
      }
      const missing = settings.some(isForAll) || step.isMissing?.(FOR_ALL) === false ? [] : [FOR_ALL];
      return [...missing, ...settings as MethodSetting[]].flatMap((setting) => planSetting(step, stage, setting, site));
    },
  };
}

function planSetting(step: MethodSettingStep, stage: CfnStage, setting: MethodSetting, site: HardeningSite): readonly HardeningPlan[] {
  const before = setting[step.field];
  const name = isForAll(setting) ? capitalized(step.field) : `${scopeOf(setting)}.${capitalized(step.field)}`;
  const plan = {
    property: `MethodSettings.${name}`,
    before,
    after: step.secure,
    attention: step.attention?.(stage, site),
    apply: () => {
      write(stage, setting, { [step.field]: step.secure });
      step.also?.(stage, site);
    },
  };
  if (before === undefined) return step.isMissing?.(setting) === false ? [] : [{ ...plan, standing: Standing.MISSING }];
  if (isIntrinsic(before)) return [{ ...plan, standing: Standing.UNKNOWN }];
  if (step.safe(before as never)) return [];
  return [{ ...plan, standing: step.unsafe?.(before as never) === true ? Standing.UNSAFE : Standing.WEAKER }];
}

function write(stage: CfnStage, setting: MethodSetting, change: MethodSetting): void {
  stage.methodSettings = (setting === FOR_ALL
    ? withItem(stage.methodSettings, { ...FOR_ALL, ...change })
    : mapItems(stage.methodSettings, (item) => (isSame(item, setting) ? { ...item, ...change } : item))) as CfnStage['methodSettings'];
}

function isSame(item: MethodSetting, setting: MethodSetting): boolean {
  return item.httpMethod === setting.httpMethod && item.resourcePath === setting.resourcePath;
}

function isForAll({ httpMethod, resourcePath }: MethodSetting): boolean {
  return httpMethod === '*' && ['*', '/*', '*/*'].includes(String(resourcePath));
}

/** `GET /orders/{id}` for the path `/orders~1{id}` in the spelling of settings. */
function scopeOf({ httpMethod, resourcePath }: MethodSetting): string {
  return `${String(httpMethod)} ${String(resourcePath).replace(/^\/?(?=~1)/, '').replace(/~1/g, '/')}`;
}

function capitalized(field: string): string {
  return `${field[0].toUpperCase()}${field.slice(1)}`;
}
