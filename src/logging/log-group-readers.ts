import { CfnResource } from 'aws-cdk-lib';
import { HardeningSite } from '../core/hardening/hardening-site';
import { flattenReference } from '../core/values/flatten-reference';

/** What names log groups, and in which property. */
const READERS = [
  { type: 'AWS::CloudWatch::Dashboard', property: 'dashboardBody' },
  { type: 'AWS::Logs::MetricFilter', property: 'logGroupName' },
  { type: 'AWS::Logs::QueryDefinition', property: 'logGroupNames' },
  { type: 'AWS::Logs::SubscriptionFilter', property: 'logGroupName' },
];

/** A filter, saved query or dashboard of the stage that names log groups. */
export interface LogGroupReader {
  readonly resource: CfnResource;
  /** The property that names them, tokens included. */
  readonly named: unknown;
  /** The same as a text, a line for each name. */
  readonly text: string;
}

/** Who would see nothing any more if a group were moved. */
export function logGroupReaders(site: HardeningSite): readonly LogGroupReader[] {
  return site.once('what names log groups', () => READERS.flatMap(({ type, property }) => site.resources(type).map((resource): LogGroupReader => {
    const named: unknown = Reflect.get(resource, property);
    return { resource, named, text: writtenAs(site.resolve(resource, named)) };
  })));
}

function writtenAs(value: unknown): string {
  return Array.isArray(value) ? value.map(flattenReference).join('\n') : flattenReference(value);
}
