import { Stack } from 'aws-cdk-lib';
import { Layer, LayerKind } from './scenario';
import { mayDo, Properties, World } from './world';
import { ConfigurationError } from '../../../src/core/configuration-error';
import { RULES } from '../../../src/policy/catalog';
import { RequestContext } from '../../rights/support/iam-to-cedar';
import { testStack } from '../../support/apps';

/** The policies of the app deny the attacker's call. */
export function denied(name: string, role: string, action: string, resource: string, context?: RequestContext): Layer {
  return { kind: LayerKind.RIGHTS, name: `${name} (\`${action}\`)`, holds: (app) => !mayDo(app, role, action, resource, context) };
}

/** Somebody of the app who acts against the attacker may do what that takes. */
export function granted(name: string, role: string, action: string, resource: string, context?: RequestContext): Layer {
  return {
    kind: LayerKind.RIGHTS,
    name: `${name} (\`${action}\`)`,
    holds: (app) => role.slice(1, -1) in app.names && mayDo(app, role, action, resource, context),
  };
}

/** Some resource of a type has a setting. */
export function setting(name: string, type: string, has: (properties: Properties, app: World) => boolean): Layer {
  return { kind: LayerKind.SETTING, name, holds: (app) => app.all(type).some((properties) => has(properties, app)) };
}

/** Every resource of a type has a setting, and there is one. */
export function settingOfAll(name: string, type: string, has: (properties: Properties, app: World) => boolean): Layer {
  return { kind: LayerKind.SETTING, name, holds: (app) => app.all(type).length > 0 && app.all(type).every((properties) => has(properties, app)) };
}

/** The resource that the app calls by a name has a setting: not those that constructs bring along. */
export function settingOfOne(of: string, name: string, has: (properties: Properties) => boolean): Layer {
  return {
    kind: LayerKind.SETTING,
    name,
    holds: ({ deployed, names }) => has(Object.values(deployed.resources).find(({ arn }) => arn === names[of])!.properties),
  };
}

/** A rule of the pack is violated: enforced, it stops the synthesis, or warns where it ranks low. */
export function rule(id: string): Layer {
  if (!RULES.some((known) => known.id === id)) throw new Error(`there is no rule ${id}`);
  return { kind: LayerKind.RULE, name: `the rule \`${id}\` finds it at synthesis`, holds: (app) => !app.findings.has(id) };
}

/**
 * A secure construct cannot be made that way. Tried anew: the careless app is made of other constructs, and has no such layer.
 */
export function refused(name: string, code: string, isSecure: (app: World) => boolean, attempt: (stack: Stack) => void): Layer {
  return { kind: LayerKind.REFUSAL, name: `${name} (\`${code}\`)`, holds: (app) => isSecure(app) && codeOf(attempt) === code };
}

/** An alarm watches a metric, and tells a topic. */
export function alarm(name: string, metric: string): Layer {
  return {
    kind: LayerKind.NOTICE,
    name,
    holds: (app) => app.all('AWS::CloudWatch::Alarm').some(({ MetricName, Metrics, AlarmActions }) => (
      JSON.stringify([MetricName, Metrics]).includes(metric) && (AlarmActions as unknown[] | undefined ?? []).length > 0)),
  };
}

/** Something else that tells somebody. */
export function notice(name: string, holds: (app: World) => boolean): Layer {
  return { kind: LayerKind.NOTICE, name, holds };
}

function codeOf(attempt: (stack: Stack) => void): string | undefined {
  try {
    attempt(testStack({ env: { account: '111122223333', region: 'eu-west-1' } }));
  } catch (error) {
    return (error as ConfigurationError).code;
  }
  return undefined;
}
