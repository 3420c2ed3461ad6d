import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Somebody who may do everything, once rights are enforced. */
export async function administrator(name: string): Promise<Credentials> {
  const iam = new IAMClient({});
  await iam.send(new CreateUserCommand({ UserName: name }));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: JSON.stringify(EVERYTHING) }));
  await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: Policy!.Arn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

/** Credentials of a role, as Lambda gives them to a function. */
export async function assume(RoleArn: string): Promise<Credentials> {
  const { Credentials: given } = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  return { accessKeyId: given!.AccessKeyId!, secretAccessKey: given!.SecretAccessKey!, sessionToken: given!.SessionToken };
}

/** From now on every call needs a right; or none does any more. */
export async function enforceRights(isOn: boolean): Promise<void> {
  const response = await fetch(`${process.env.AWS_ENDPOINT_URL}/moto-api/reset-auth`, { method: 'POST', body: isOn ? '0' : '1000000000' });
  if (!response.ok) throw new Error(`the emulator answered ${response.status}`);
}
