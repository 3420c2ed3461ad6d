import { Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { APPROVAL_MINUTES, CONTAINMENT_LIMIT, CONTAINMENT_MINUTES, STAGE_FLOOR } from './containment-baseline';
import { ContainmentMode } from './containment-mode';
import { ContainmentPlaybook } from './containment-playbook';
import { ContainmentProps } from './containment-props';
import { ContainmentTarget } from './containment-target';
import { SecurityProfile } from '../core/profile/security-profile';

/** The playbooks that run where nobody chose. */
export function playbooksOf({ playbooks }: ContainmentProps): readonly ContainmentPlaybook[] {
  return playbooks ?? [ContainmentPlaybook.function(), ContainmentPlaybook.credential(), ContainmentPlaybook.api(), ContainmentPlaybook.bucket()];
}

/** An experiment is watched; what customers use is defended. */
export function modeOf(scope: Construct, { mode }: ContainmentProps): ContainmentMode {
  return mode ?? (SecurityProfile.of(scope).name === 'sandbox' ? ContainmentMode.dryRun() : ContainmentMode.automatic());
}

export function approvalMinutes({ _timeout }: ContainmentMode): number {
  return _timeout?.toMinutes() ?? APPROVAL_MINUTES.default;
}

/** What the settings are made of besides the props. */
export interface SettingParts {
  readonly name: string;
  readonly mode: ContainmentMode;
  /** ARNs of what the responder is made of. */
  readonly self: readonly string[];
  /** What is protected, which grows until the end of the app. */
  readonly targets: readonly ContainmentTarget[];
}

/** The settings of the responder as it reads them: handlers/containment/settings.ts. */
export function settingsJson(scope: Construct, props: ContainmentProps, { name, mode, self, targets }: SettingParts): string {
  const stack = Stack.of(scope);
  const playbooks = playbooksOf(props);
  const exempt = (kind: string) => (props.exemptions ?? []).filter(({ _kind }) => _kind === kind).map(({ _value }) => _value);
  return Lazy.uncachedString({ // whoever looks at the environment before the end of the app sees it unfinished
    produce: () => {
      const stages = targets.flatMap(({ _stage }) => _stage ?? []);
      const lists = [...new Set(stages.flatMap(({ denyList }) => denyList() ?? []))];
      return stack.toJsonString({
        name,
        account: stack.account,
        region: stack.region,
        mode: mode._name,
        approvalMinutes: approvalMinutes(mode),
        playbooks: Object.fromEntries(playbooks.flatMap((playbook) => playbook._kinds.map((kind) => [kind, settingsOf(playbook)]))),
        never: { resources: exempt('resource'), addresses: exempt('addresses') },
        self,
        stages: stages.map((stage) => stage.name),
        denyLists: { version4: lists.map(({ version4Arn }) => version4Arn), version6: lists.map(({ version6Arn }) => version6Arn) },
        floor: playbooks.find(({ _floor }) => _floor !== undefined)?._floor ?? { rate: STAGE_FLOOR.rate, burst: STAGE_FLOOR.burst },
        administrators: props.administrators ?? [],
      });
    },
  });
}

function settingsOf({ _options: { from, duration, hourlyLimit }, _threshold }: ContainmentPlaybook): object {
  return { from: from ?? _threshold, minutes: duration?.toMinutes() ?? CONTAINMENT_MINUTES.default, limit: hourlyLimit ?? CONTAINMENT_LIMIT.default };
}
