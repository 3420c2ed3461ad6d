import { DeleteRolePolicyCommand, GetRolePolicyCommand, IAMClient, paginateListAccessKeys, PutRolePolicyCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { unless } from './errors';
import { canonical } from '../containment';
import { SettingPort } from '../ports';

const GONE = ['NoSuchEntity', 'NoSuchEntityException'];

/** `{ document }` of an inline policy of a role: null where there is none. */
export function rolePolicyPort(iam: IAMClient): SettingPort {
  return {
    read: ({ role: RoleName, policy: PolicyName }) => unless(GONE, { document: null }, async () => {
      const { PolicyDocument: document = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { document: canonical(JSON.parse(decodeURIComponent(document))) };
    }),
    write: async ({ role: RoleName, policy: PolicyName }, { document }) => {
      if (document !== null) {
        await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document as string }));
      } else {
        await unless(GONE, undefined, () => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
      }
    },
  };
}

/** `{ active }` of the access key of a user. */
export function accessKeyPort(iam: IAMClient): SettingPort {
  return {
    read: ({ user: UserName, key }) => unless(GONE, undefined, async () => {
      for await (const { AccessKeyMetadata: keys = [] } of paginateListAccessKeys({ client: iam }, { UserName })) {
        const found = keys.find(({ AccessKeyId: id }) => id === key);
        if (found !== undefined) return { active: found.Status === 'Active' };
      }
      return undefined;
    }),
    write: async ({ user: UserName, key: AccessKeyId }, { active }) => {
      await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: active === true ? 'Active' : 'Inactive' }));
    },
  };
}
