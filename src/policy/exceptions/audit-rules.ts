import { ViolationLevel } from '../pack-finding';

/** What can be wrong with exceptions. It has the form of a rule, but judges what people decided and not what a template holds. */
export interface AuditRule {
  readonly id: string;
  readonly level: ViolationLevel;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

export const EXCEPTION_EXPIRED: AuditRule = {
  id: 'ExceptionExpired',
  level: 'fatal',
  title: 'An exception has ended',
  why: 'Somebody accepted the finding until a day that is over. The finding counts again, and the exception says that a decision is due.',
  fix: 'Mend the finding and remove the exception, or let its owner decide anew and give a later day.',
};

export const EXCEPTION_LIFETIME: AuditRule = {
  id: 'ExceptionLifetime',
  level: 'fatal',
  title: 'An exception ends later than the profile allows',
  why: 'An exception that nobody looks at again is a hole. It does not hold, and the finding counts.',
  fix: 'Give an earlier day, or raise exceptionDays of the profile with a reason.',
};

export const EXCEPTION_NOT_ALLOWED: AuditRule = {
  id: 'ExceptionNotAllowed',
  level: 'fatal',
  title: 'Somebody accepts what can never be accepted',
  why: 'Stores that are open to the public and rights of an administrator are what breaches are made of, and an open door needs a reason of its own. '
    + 'The finding stays, whoever acknowledged it and by which means.',
  fix: 'Mend the finding and remove the exception or acknowledgement.',
};

export const EXCEPTION_UNMANAGED: AuditRule = {
  id: 'ExceptionUnmanaged',
  level: 'error',
  title: 'A finding is acknowledged without an owner and an end',
  why: 'Validations.acknowledge() holds for ever and belongs to nobody; what auditors look at needs both. Judged in the regulated profile; listed in all.',
  fix: 'Use SecurityExceptions.of(scope).accept(finding, { reason, owner, expires }) instead.',
};

export const EXCEPTION_EXPIRING: AuditRule = {
  id: 'ExceptionExpiring',
  level: 'warning',
  title: 'An exception ends within 30 days',
  why: 'From the day after its last one on, the synthesis fails.',
  fix: 'Mend the finding and remove the exception, or let its owner decide anew and give a later day.',
};

export const EXCEPTION_UNUSED: AuditRule = {
  id: 'ExceptionUnused',
  level: 'warning',
  title: 'An exception covers nothing',
  why: 'The finding was mended, or never was there under this id; what comes later would be accepted without a decision.',
  fix: 'Remove the exception, or correct its id or place.',
};

export const EXCEPTION_CLOCK: AuditRule = {
  id: 'ExceptionClock',
  level: 'warning',
  title: 'Exceptions are judged by a day in the past',
  why: 'The context cdk-secure-serverless:today holds a day before the real one: exceptions that have ended may still hold.',
  fix: 'Remove the context, except in tests.',
};

export const TRUSTED_ACCOUNT_UNUSED: AuditRule = {
  id: 'TrustedAccountUnused',
  level: 'warning',
  title: 'An account is trusted that the app has nothing to do with',
  why: 'Trust that nobody needs any more accepts what comes later without a decision: a layer, a statement or a target of that account.',
  fix: 'Take the account out of TrustedAccounts, or correct its id.',
};

export const DEPENDENCY_LIMIT: AuditRule = {
  id: 'DependencyLimit',
  level: 'error',
  title: 'The code of a function brings more along than it may',
  why: 'Each package is code of somebody else that runs with all rights of the function, and was limited for the whole app.',
  fix: 'Do without the package, or except it in dependencyLimits with a reason.',
};

export const DEPENDENCY_UNKNOWN: AuditRule = {
  id: 'DependencyUnknown',
  level: 'warning',
  title: 'Nobody knows what the code of a function brings along',
  why: 'What is in a bundle is listed by esbuild, or lies in the folder of its asset. Of a file, of code from a bucket and of images there is no list: '
    + 'the limits of the app were not checked.',
  fix: 'Use SecureNodejsFunction, or leave node_modules beside the code, so that the packages can be read.',
};

/** By id. */
export const AUDIT_RULES: readonly AuditRule[] = [
  DEPENDENCY_LIMIT, DEPENDENCY_UNKNOWN, EXCEPTION_CLOCK, EXCEPTION_EXPIRED, EXCEPTION_EXPIRING, EXCEPTION_LIFETIME, EXCEPTION_NOT_ALLOWED,
  EXCEPTION_UNMANAGED, EXCEPTION_UNUSED,
  TRUSTED_ACCOUNT_UNUSED,
];
