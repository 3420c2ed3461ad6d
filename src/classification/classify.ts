import { Tags } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CLASSIFICATION_TAG, TAG_CHARACTERS } from './classification-baseline';
import { classifyLogsOf } from './classified-logs';
import { DataClassification } from './data-classification';
import { whenAccessIsGiven } from '../core/access-listeners';
import { Place, refuse } from '../core/configuration-error';
import { checkIdentifiers } from '../logging/log-checks';

/** Refuses classifications that would mask less than they say. */
export function checkClassification(place: Place, classification: DataClassification | undefined): void {
  if (classification === undefined) return;
  const countries = classification._unknownCountries;
  if (countries !== undefined) {
    refuse(place, {
      code: 'DataClassification.Country',
      prop: 'countries',
      must: `must be among those for which CloudWatch Logs knows ${countries.kind} data: ${countries.known.join(', ')}`,
      got: countries.unknown,
      fix: 'leave the others out, and add DataClassification.custom(…) for what they have',
    });
  }
  checkIdentifiers(place, classification._identifiers);
  const { label } = classification;
  if (label.length > TAG_CHARACTERS || !/^[\w.:=@/+ -]+$/.test(label)) {
    refuse(place, {
      code: 'DataClassification.Label',
      prop: 'dataClassification',
      must: `must have names of letters, digits and _ . : = @ / + -, ${TAG_CHARACTERS} characters together, because a tag says them`,
      got: label,
      fix: 'give fewer or shorter names',
    });
  }
}

/** Says what kinds of data a resource holds: by its tag, and in the logs of whoever gets rights on it from now on. */
export function classify(resource: IConstruct, classification: DataClassification | undefined): void {
  if (classification === undefined) return;
  tagClassification(resource, classification);
  whenAccessIsGiven(resource, (grantee) => classifyLogsOf(grantee, classification, resource));
}

/** The tag alone. */
export function tagClassification(resource: IConstruct, classification: DataClassification): void {
  Tags.of(resource).add(CLASSIFICATION_TAG, classification.label);
}
