import { Severity } from '../../src/policy/model/rule';

/** The rules with their severity, written by hand: dropping or downgrading one breaks a test. */
export const PINNED_RULES: { readonly [rule: string]: Severity } = {
  ApiWebAcl: Severity.MEDIUM,
  BucketPublicAccess: Severity.HIGH,
  EnvironmentDebugSwitch: Severity.MEDIUM,
  EnvironmentSecret: Severity.HIGH,
  FunctionLogGroup: Severity.MEDIUM,
  FunctionRoleShared: Severity.MEDIUM,
  FunctionUrlAuth: Severity.HIGH,
  IamActionWildcard: Severity.HIGH,
  IamResourceWildcard: Severity.HIGH,
  InvokePermissionSource: Severity.HIGH,
  RouteAuthorization: Severity.HIGH,
  RouteValidation: Severity.MEDIUM,
  StageDataTrace: Severity.MEDIUM,
  StageThrottle: Severity.MEDIUM,
};
