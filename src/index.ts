// core: what all constructs stand on
export { AlarmCoverage, SecurityControlChanges, SecurityControls, SecurityProfile } from './core/security-profile';
export { DataKeyService, StackDataKey } from './core/stack-data-key';

// alarms
export { AlarmSetting, AlarmTuning } from './alarms/alarm-setting';
export { StackAlarmTopic } from './alarms/stack-alarm-topic';
