import { Duration, Token } from 'aws-cdk-lib';
import { APPROVAL_MINUTES, CONTAINMENT_LIMIT, CONTAINMENT_MINUTES, LIST_LIMIT, STAGE_FLOOR } from './containment-baseline';
import { ContainmentPlaybook } from './containment-playbook';
import { ContainmentProps } from './containment-props';
import { checkDuration, checkInteger, checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { FindingSeverity } from '../detection/findings/finding-severity';
import { checkCidrs } from '../waf/ip-list';

/** A user or role of one account, with at least one letter or digit of its name. */
const ADMINISTRATOR = /^arn:aws[a-z-]*:iam::\d{12}:(?:root|(?:role|user)\/[\w+=,.@*?/-]*\w[\w+=,.@*?/-]*)$/;
const ONE_RESOURCE = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12})?:[\x21-\x29\x2b-\x3e\x40-\x7e]+$/; // no * and no ?
const ACCESS_KEY = /^A[KS]IA[A-Z0-9]{12,}$/;

/** Judges the props before anything is made. */
export function checkContainment(place: Place, { mode, playbooks, exemptions = [], administrators = [] }: ContainmentProps): void {
  checkDuration(place, mode?._timeout, Duration.minutes(APPROVAL_MINUTES.min), Duration.minutes(APPROVAL_MINUTES.max), {
    code: 'Containment.ApprovalTimeout', prop: 'mode', fix: 'choose how long people may take to answer',
  });
  if (playbooks !== undefined) checkPlaybooks(place, playbooks);
  checkLength(place, 'exemptions', exemptions.length);
  checkLength(place, 'administrators', administrators.length);
  for (const administrator of administrators) checkAdministrator(place, administrator);
  for (const { _kind, _value, _reason } of exemptions) {
    checkReason(place, _reason, { code: 'Containment.ExemptionReason', prop: 'exemptions', fix: 'say why this is never contained' });
    if (_kind === 'addresses') checkCidrs(place, 'exemptions', [_value]);
    else checkResource(place, _value);
  }
}

/** A pattern of everybody would leave a contained bucket open, and a text that is no ARN would make S3 refuse the policy, in the midst of an attack. */
function checkAdministrator(place: Place, administrator: string): void {
  if (Token.isUnresolved(administrator) || ADMINISTRATOR.test(administrator)) return;
  refuse(place, {
    code: 'Containment.Administrator',
    prop: 'administrators',
    must: 'must hold ARNs of roles and users of one account, or patterns that begin or end their names',
    got: administrator,
    fix: 'write them like arn:aws:iam::111122223333:role/Admin or arn:aws:iam::111122223333:role/Admin*',
  });
}

/** What names nothing would exempt nothing, and nobody would know before the attack. */
function checkResource(place: Place, arn: string): void {
  if (Token.isUnresolved(arn) || ONE_RESOURCE.test(arn)) return;
  if (ACCESS_KEY.test(arn)) {
    refuse(place, {
      code: 'Containment.ExemptionResource',
      prop: 'exemptions',
      must: 'must not hold the id of an access key as text, which has no place in code and templates',
      fix: 'pass it as the value of a CfnParameter',
    });
  }
  refuse(place, {
    code: 'Containment.ExemptionResource',
    prop: 'exemptions',
    must: 'must be the ARN of one resource, or the id of an access key',
    got: arn,
    fix: 'write it in full, such as arn:aws:lambda:eu-west-1:111122223333:function:till, since it is compared as it stands',
  });
}

function checkPlaybooks(place: Place, playbooks: readonly ContainmentPlaybook[]): void {
  const names = playbooks.map(({ _name }) => _name);
  if (names.length === 0 || new Set(names).size < names.length) {
    refuse(place, {
      code: 'Containment.Playbooks', prop: 'playbooks', must: 'must hold at least one playbook, and each at most once', got: names, fix: 'leave it out to use all four',
    });
  }
  for (const { _name, _options: { from, duration, hourlyLimit }, _floor } of playbooks) {
    if (from === FindingSeverity.INFO) {
      refuse(place, {
        code: 'Containment.Severity',
        prop: `from of ContainmentPlaybook.${_name}()`,
        must: 'must not be INFO: that is what needs no action, such as a finding that was resolved',
        fix: 'choose HIGH or CRITICAL',
      });
    }
    checkDuration(place, duration, Duration.minutes(CONTAINMENT_MINUTES.min), Duration.minutes(CONTAINMENT_MINUTES.max), {
      code: 'Containment.Duration', prop: `duration of ContainmentPlaybook.${_name}()`, fix: 'leave it out to use 1 hour',
    });
    checkInteger(place, hourlyLimit, CONTAINMENT_LIMIT.min, CONTAINMENT_LIMIT.max, {
      code: 'Containment.HourlyLimit', prop: `hourlyLimit of ContainmentPlaybook.${_name}()`, fix: `leave it out to use ${CONTAINMENT_LIMIT.default}`,
    });
    for (const [prop, value] of [['rateFloor', _floor?.rate], ['burstFloor', _floor?.burst]] as const) {
      checkInteger(place, value, 0, STAGE_FLOOR.max, { code: 'Containment.Floor', prop, fix: `leave it out to use ${STAGE_FLOOR.rate}` });
    }
  }
}

function checkLength(place: Place, prop: string, length: number): void {
  checkInteger(place, length, 0, LIST_LIMIT, { code: 'Containment.ListLength', prop: `${prop}.length`, fix: 'name what matters most' });
}
