import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

type Listener = (grantee: IGrantable) => void;

const LISTENERS = Symbol.for('cdk-secure-serverless.access-listeners');

type Holder = IConstruct & { [LISTENERS]?: Listener[] };

/** Calls `listener` for each grantee that gets rights on a resource by a verb of this library, from now on. */
export function whenAccessIsGiven(resource: IConstruct, listener: Listener): void {
  ((resource as Holder)[LISTENERS] ??= []).push(listener);
}

/** Tells who wants to know that somebody got rights on a resource. */
export function accessIsGiven(resource: IConstruct, grantee: IGrantable): void {
  (resource as Holder)[LISTENERS]?.forEach((listener) => listener(grantee));
}
