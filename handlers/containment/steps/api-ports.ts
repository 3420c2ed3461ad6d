import { APIGatewayClient, GetStageCommand, PatchOperation, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { GetIPSetCommand, UpdateIPSetCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { unless } from './errors';
import { parseArn } from '../arns';
import { SettingPort } from '../ports';

/** WAF takes 10,000 addresses in a set; more than this many at once are no defence any more. */
const MOST_ADDRESSES = 1000;
const TRIES = 5;

/** `{ listed }` of a block in an address set. WAF refuses to write what somebody else wrote since it was read: then it is read again. */
export function addressPort(waf: WAFV2Client): SettingPort {
  return {
    read: ({ list, block }) => unless(['WAFNonexistentItemException'], undefined, async () => {
      const { IPSet: set } = await waf.send(new GetIPSetCommand(setOf(list)));
      return { listed: set?.Addresses?.includes(block) ?? false };
    }),
    write: async ({ list, block }, { listed }) => {
      for (let left = TRIES; left > 0; left--) {
        const written = await unless(['WAFOptimisticLockException'], false, async () => {
          const { IPSet: set, LockToken } = await waf.send(new GetIPSetCommand(setOf(list)));
          const others = (set?.Addresses ?? []).filter((address) => address !== block);
          if (listed === true && others.length >= MOST_ADDRESSES) throw new TooManyAddresses();
          const Addresses = listed === true ? [...others, block] : others;
          await waf.send(new UpdateIPSetCommand({ ...setOf(list), Description: set?.Description, Addresses, LockToken }));
          return true;
        });
        if (written) return;
      }
      throw new TooManyWriters();
    },
  };
}

class TooManyAddresses extends Error {
  public override readonly name = 'TooManyAddresses';
}

class TooManyWriters extends Error {
  public override readonly name = 'TooManyWriters';
}

/** `arn:aws:wafv2:REGION:ACCOUNT:regional/ipset/NAME/ID` */
function setOf(arn: string): { Scope: 'REGIONAL'; Name: string; Id: string } {
  const [, , Name, Id] = parseArn(arn)?.resource.split('/') ?? [];
  return { Scope: 'REGIONAL', Name, Id };
}

/** The throttles of a stage, `{ rate, burst }`: a field for each method that has one, and one for all others. */
export function throttlePort(gateway: APIGatewayClient): SettingPort {
  return {
    read: ({ api: restApiId, stage: stageName }) => unless(['NotFoundException'], undefined, async () => {
      const { methodSettings = {} } = await gateway.send(new GetStageCommand({ restApiId, stageName }));
      const throttled = Object.entries(methodSettings).flatMap(([method, { throttlingRateLimit: rate, throttlingBurstLimit: burst }]) => (
        rate === undefined || burst === undefined ? [] : [[method, { rate, burst }] as const]));
      if (!throttled.some(([method]) => method === EVERY_METHOD)) throw new NoThrottle();
      return Object.fromEntries(throttled);
    }),
    write: async ({ api: restApiId, stage: stageName }, methods) => {
      const patchOperations = Object.entries(methods).flatMap(([method, limits]) => patches(method, limits as { rate: number; burst: number }));
      await gateway.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
    },
  };
}

/** A setting that is not there could be made, but not taken back again. */
class NoThrottle extends Error {
  public override readonly name = 'NoThrottle';
}

const EVERY_METHOD = '*/*';

function patches(method: string, { rate, burst }: { rate: number; burst: number }): PatchOperation[] {
  const path = `/${escaped(method)}/throttling`;
  return [
    { op: 'replace', path: `${path}/rateLimit`, value: String(rate) },
    { op: 'replace', path: `${path}/burstLimit`, value: String(burst) },
  ];
}

/** `/orders/{id}/GET` as a path of a patch knows it: `~1orders~1{id}/GET`. */
function escaped(method: string): string {
  const end = method.lastIndexOf('/');
  return `${method.slice(0, end).replaceAll('/', '~1')}/${method.slice(end + 1)}`;
}
