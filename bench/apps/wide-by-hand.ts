import { Stack } from 'aws-cdk-lib';
import { makeAlarmTopic, makeBucket, makeFunction, makeKey, makeLogBucket } from './by-hand';
import { attackAlarm } from './by-hand-alarm';
import { makeApi } from './by-hand-api';

export function build(stack: Stack, paths: readonly (readonly string[])[]): void {
  const key = makeKey(stack);
  const alarms = makeAlarmTopic(stack, key);
  const data = makeBucket(stack, key, makeLogBucket(stack));
  makeApi(stack, key, alarms, paths.flatMap((of, i) => {
    const fn = makeFunction(stack, `Function${i}`, key, alarms, data);
    return of.map((path) => ({ method: 'GET', path, fn }));
  }));
  attackAlarm(stack, alarms);
}
