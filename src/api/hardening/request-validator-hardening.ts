import { CfnMethod, CfnRequestValidator, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { deployAgain, describesBodies, requiresParameters, VALIDATION_ATTENTION } from './request-validation';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { ROUTE_VALIDATION } from '../rules/api-rules';

const VALIDATOR = { area: HardeningArea.APIS, type: 'AWS::ApiGateway::RequestValidator' } as const;

type Look = 'validateRequestBody' | 'validateRequestParameters';

/** What a validator of the author leaves out. As long as no method describes it, to look at it changes nothing. */
function lookStep(look: Look, describes: (method: CfnMethod, site: HardeningSite) => boolean): HardeningStep {
  return valueStep<CfnRequestValidator>({
    ...VALIDATOR,
    rule: ROUTE_VALIDATION.id,
    property: `${look[0].toUpperCase()}${look.slice(1)}`,
    when: (validator, site) => methodsOf(validator, site).length > 0,
    read: (validator) => validator[look],
    secure: () => true,
    write: (validator, _: never, site) => {
      validator[look] = true;
      for (const method of methodsOf(validator, site)) deployAgain(method, site);
    },
    attention: (validator, site) => (methodsOf(validator, site).some((method) => describes(method, site)) ? VALIDATION_ATTENTION : undefined),
  });
}

function methodsOf(validator: CfnRequestValidator, site: HardeningSite): readonly CfnMethod[] {
  const using = site.once('methods by request validator', () => {
    const found = new Map<unknown, CfnMethod[]>();
    for (const method of site.resources('AWS::ApiGateway::Method') as CfnMethod[]) {
      const target = site.target(method, method.requestValidatorId);
      if (target !== undefined) found.set(target, [...found.get(target) ?? [], method]);
    }
    return found;
  });
  return using.get(validator) ?? [];
}

/** cdk-nag looks for a validator among the resources, and never into the document. */
const DESCRIBED = findingStep<CfnRestApi>({
  area: HardeningArea.APIS,
  type: 'AWS::ApiGateway::RestApi',
  rule: ROUTE_VALIDATION.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'APIG2',
  when: (api, site) => site.overrideOf(api, 'Body') === undefined && isValidatedByDocument(site.resolve(api, api.body) as Json),
  reason: 'The OpenAPI document names a validator of bodies and parameters for each operation (x-amazon-apigateway-request-validator).',
});

type Json = { readonly [key: string]: Json } | null | undefined;

const CHOICE = 'x-amazon-apigateway-request-validator';
const OPERATION = /^(?:delete|get|head|options|patch|post|put|trace|x-amazon-apigateway-any-method)$/i;

function isValidatedByDocument(document: Json): boolean {
  const operations = entriesOf(document?.paths)
    .flatMap(([, path]) => entriesOf(path).filter(([name]) => OPERATION.test(name)).map(([, operation]) => operation))
    .filter((operation) => !/^mock$/i.test(String(operation?.['x-amazon-apigateway-integration']?.type)));
  return operations.length > 0 && operations.every((operation) => {
    const validator = document?.[`${CHOICE}s`]?.[String(operation?.[CHOICE] ?? document[CHOICE])];
    return isTrue(validator?.validateRequestBody) && isTrue(validator?.validateRequestParameters);
  });
}

function entriesOf(value: Json): [string, Json][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** What hardening does about validators that the author of a REST API wrote, as resources or in a document. */
export const REQUEST_VALIDATOR_HARDENING: readonly HardeningStep[] = [
  lookStep('validateRequestBody', describesBodies), lookStep('validateRequestParameters', requiresParameters), DESCRIBED,
];
