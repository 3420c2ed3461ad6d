import { Token } from 'aws-cdk-lib';
import { FunctionUrlAuthType, FunctionUrlOptions, TenancyConfig } from 'aws-cdk-lib/aws-lambda';
import { Place, refuse } from '../../core/configuration-error';

/** A function URL answers only callers that sign their requests, and shares answers only with named origins. */
export function secureUrlOptions(place: Place & { readonly tenancyConfig?: TenancyConfig }, options: FunctionUrlOptions = {}): FunctionUrlOptions {
  if (place.tenancyConfig !== undefined) {
    refuse(place, {
      code: 'SecureFunction.UrlTenancy',
      prop: 'addFunctionUrl',
      must: 'must not be called on a function with tenancyConfig: Lambda gives it no URL',
      fix: 'call it through an API, which says for which tenant',
    });
  }
  if (options.authType === FunctionUrlAuthType.NONE) {
    refuse(place, {
      code: 'SecureFunction.UrlAuth',
      prop: 'authType',
      must: 'must be AWS_IAM, or whoever learns the URL can run the function',
      got: options.authType,
      fix: 'leave it out, and put an API with an authorizer or CloudFront with origin access control in front for callers without AWS credentials',
    });
  }
  for (const origin of options.cors?.allowedOrigins ?? []) {
    if (Token.isUnresolved(origin) || (origin.startsWith('https://') && !origin.includes('*'))) continue;
    refuse(place, {
      code: 'SecureFunction.UrlOrigin',
      prop: 'cors.allowedOrigins',
      must: 'must be exact https origins, or other sites read the answers in the name of their visitors',
      got: origin,
      fix: "name each origin, for example 'https://shop.example.com'",
    });
  }
  return { ...options, authType: FunctionUrlAuthType.AWS_IAM };
}
