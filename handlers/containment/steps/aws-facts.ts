import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { GetAccessKeyLastUsedCommand, IAMClient, paginateListRoleTags, paginateListUserTags } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand, LambdaClient, ListTagsCommand, paginateListAliases, paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import { GetBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { policyText } from './bucket-ports';
import { unless } from './errors';
import { bucketName, functionName } from '../arns';
import { Target } from '../containment';
import { Facts } from '../ports';
import { CONTAINMENT_TAG, Settings } from '../settings';

export interface Clients {
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly gateway: APIGatewayClient;
}

/** What the role of the responder may not even look at does not belong to it. */
const NOT_OURS = [
  'AccessDenied', 'AccessDeniedException', 'ForbiddenException', 'UnauthorizedException', 'NoSuchBucket', 'NoSuchTagSet', 'NoSuchEntity',
  'NoSuchEntityException', 'NotFoundException', 'ResourceNotFoundException',
];

export function awsFacts(clients: Clients, settings: Settings): Facts {
  const { lambda, iam, s3 } = clients;
  return {
    // Deny lists bear no tag: their ARNs come from the construct.
    isProtected: async (target) => target.kind === 'address'
      || await unless(NOT_OURS, false, async () => (await tagValue(clients, target)) === settings.name),
    ofFunction: async (arn) => {
      const name = functionName(arn);
      const { Role: role = '' } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      const names = [name];
      for await (const { Aliases: aliases = [] } of paginateListAliases({ client: lambda }, { FunctionName: name })) {
        names.push(...aliases.flatMap(({ Name }) => (Name === undefined ? [] : `${name}:${Name}`)));
      }
      const mappings = new Set<string>();
      for (const FunctionName of names) {
        for await (const { EventSourceMappings: page = [] } of paginateListEventSourceMappings({ client: lambda }, { FunctionName })) {
          for (const { UUID } of page) if (UUID !== undefined) mappings.add(UUID);
        }
      }
      return { role: role.slice(role.lastIndexOf('/') + 1), mappings: [...mappings] };
    },
    userOf: (key) => unless(NOT_OURS, undefined, async () => (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key }))).UserName),
    policyOf: (bucket) => policyText(s3, bucket),
  };
}

async function tagValue(clients: Clients, { kind, id }: Target): Promise<string | undefined> {
  const { lambda, iam, s3, gateway } = clients;
  switch (kind) {
    case 'function': return (await lambda.send(new ListTagsCommand({ Resource: id }))).Tags?.[CONTAINMENT_TAG];
    case 'role': return tagIn(paginateListRoleTags({ client: iam }, { RoleName: id }));
    case 'access-key': {
      const { UserName } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
      return UserName === undefined ? undefined : tagIn(paginateListUserTags({ client: iam }, { UserName }));
    }
    case 'bucket': {
      const { TagSet: tags = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: bucketName(id) }));
      return tags.find(({ Key }) => Key === CONTAINMENT_TAG)?.Value;
    }
    case 'stage': {
      const [restApiId, stageName] = id.split('/');
      return (await gateway.send(new GetStageCommand({ restApiId, stageName }))).tags?.[CONTAINMENT_TAG];
    }
    case 'address': return undefined;
  }
}

interface Page {
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

async function tagIn(pages: AsyncIterable<Page>): Promise<string | undefined> {
  for await (const { Tags: tags = [] } of pages) {
    const found = tags.find(({ Key }) => Key === CONTAINMENT_TAG);
    if (found !== undefined) return found.Value;
  }
  return undefined;
}
