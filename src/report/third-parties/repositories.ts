import { Sighting } from './sighting';
import { AppModel } from '../../model/resources/app-model';
import { valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { at, Value } from '../../model/values/values';

/** Connections to hosts of repositories. The older type still works (https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html). */
const CONNECTIONS = ['AWS::CodeConnections::Connection', 'AWS::CodeStarConnections::Connection'] as const;

/** Hosts by what connections, actions of pipelines and sources of builds call them. Servers of one's own have names that the template does not tell. */
const HOSTS: { readonly [provider: string]: string } = { azuredevops: 'dev.azure.com', bitbucket: 'bitbucket.org', github: 'github.com', gitlab: 'gitlab.com' };

/** Where resources hold the address of a repository; lists on the way count with each element. */
const ADDRESSES: readonly { readonly type: string; readonly path: string; readonly how: string }[] = [
  { type: 'AWS::Amplify::App', path: 'Repository', how: 'its code is deployed' },
  { type: 'AWS::AppRunner::Service', path: 'SourceConfiguration.CodeRepository.RepositoryUrl', how: 'its code is deployed' },
  { type: 'AWS::CodeBuild::Project', path: 'Source.Location', how: 'its code is built' },
  { type: 'AWS::CodeBuild::Project', path: 'SecondarySources.Location', how: 'its code is built' },
];

/** Hosts of AWS itself, such as CodeCommit. */
const OWN_HOST = /(^|\.)(amazonaws\.com(\.cn)?|amazon\.com)$/;

/** Repositories outside of AWS whose code pipelines, builds and hosts of apps take: whoever may push to one changes the app. */
export function repositoriesSeen(app: AppModel): readonly Sighting[] {
  return [
    ...app.ofType('AWS::CodePipeline::Pipeline').flatMap((pipeline) => valuesAt(pipeline, 'Stages.Actions').flatMap((action) => takenBy(action, pipeline, app))),
    ...ADDRESSES.flatMap(({ type, path, how }) => app.ofType(type).flatMap((resource) => valuesAt(resource, path)
      .flatMap((value) => sighted(addressIn(app.describe(value) ?? ''), resource, how)))),
  ];
}

/**
 * | provider of the action                  | its repository                              | its host                           |
 * |-----------------------------------------|---------------------------------------------|------------------------------------|
 * | `CodeStarSourceConnection`              | `FullRepositoryId`                          | that of the connection in the app  |
 * | `GitHub`, the older action of GitHub    | `Owner` and `Repo`                          | github.com                         |
 * | CodeCommit, S3, ECR                     | the account's own                           |                                    |
 */
function takenBy(action: Value, pipeline: Resource, app: AppModel): readonly Sighting[] {
  const setting = (name: string): string => app.describe(at(at(action, 'Configuration'), name)) ?? '<?>';
  const provider = app.describe(at(at(action, 'ActionTypeId'), 'Provider'));
  const how = 'its code goes through the pipeline';
  if (provider === 'GitHub') return sighted(`github.com/${setting('Owner')}/${setting('Repo')}`, pipeline, how);
  if (provider !== 'CodeStarSourceConnection') return [];
  const host = hostOf(at(at(action, 'Configuration'), 'ConnectionArn'), app);
  return sighted(host === undefined ? setting('FullRepositoryId') : `${host}/${setting('FullRepositoryId')}`, pipeline, how);
}

function hostOf(connection: Value, app: AppModel): string | undefined {
  const declared = app.target(connection);
  if (declared === undefined || !CONNECTIONS.some((type) => type === declared.type)) return undefined;
  return HOSTS[(app.describe(declared.property('ProviderType')) ?? '').toLowerCase()];
}

/** `https://github.com/org/repo.git`, `git@github.com:org/repo`: the host and the path. */
function addressIn(text: string): string {
  const [, host, path] = /^(?:(?:https?|ssh):\/\/(?:[^@/\s]*@)?|[^@/\s]*@)([\w.-]+\.[a-z]+)(?::\d+\/|[/:])(\S+?)(?:\.git)?\/?$/i.exec(text) ?? [];
  return host === undefined || OWN_HOST.test(host.toLowerCase()) ? '' : `${host.toLowerCase()}/${path}`;
}

function sighted(name: string, { name: place }: Resource, how: string): readonly Sighting[] {
  return name === '' || name.includes('<?>') ? [] : [{ kind: 'repository', name, at: place, how }];
}
