// core: what all constructs stand on
export { AlarmCoverage, SecurityControlChanges, SecurityControls, SecurityProfile } from './core/security-profile';
export { DataKeyService, StackDataKey } from './core/stack-data-key';

// alarms
export { AlarmSetting, AlarmTuning } from './alarms/alarm-setting';
export { StackAlarmTopic } from './alarms/stack-alarm-topic';

// waf
export { GeoRule } from './waf/geo-rule';
export { ManagedRuleGroup } from './waf/managed-rule-group';
export { SecureWebAcl, SecureWebAclProps } from './waf/secure-web-acl';
export { StackWebAcl } from './waf/stack-web-acl';
export { WebAclAlarms } from './waf/web-acl-alarms';
export { WebAclMode } from './waf/web-acl-mode';
