import { Duration } from 'aws-cdk-lib';
import { FunctionUrlOriginAccessControl, Signing } from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import {
  CfnPermission, FunctionUrl, FunctionUrlAuthType, FunctionUrlCorsOptions, HttpMethod, IFunction, InvokeMode,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { watchFunctionUrl } from './function-url-alarms';
import { FunctionUrlAuthKind } from './function-url-auth';
import { checkConcurrency, recordConcurrency } from './function-url-concurrency';
import { BODY_HASH_HEADER, INVOKE_VIA_URL_ACTION, ORIGIN_READ_TIMEOUT, SIGNING_HEADERS, URL_INVOKE_ACTION } from './http-api-baseline';
import { SecureFunctionUrlProps } from './secure-function-url-props';
import { ApiCors, checkUrlCors } from '../api/access/api-cors';
import { METHODS } from '../api/api-baseline';
import { checkMaxBodySize } from '../api/routes/route';
import { checkDuration, checkReason } from '../core/checks';
import { claimUrl } from '../core/claimed-url';
import { placeOf, refuse } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';
import { markOwn } from '../core/own-part';
import { foreignEnvironment } from '../core/stacks/foreign-environment';
import { accountWideName } from '../edge/account-wide-name';
import { checkEdge } from '../edge/edge-checks';
import { EdgeDistribution } from '../edge/edge-distribution';
import { EdgeKind } from '../edge/edge-kind';
import { explainImportedRole } from '../iam/imported-role';
import { fragmentOf } from '../iam/principal-fragment';

/**
 * A function URL that answers only signed requests: of AWS principals, or of CloudFront, which stands in front with a web ACL and lets nobody
 * get around it.
 *
 * | auth           | callers call | who signs  | web ACL | who checks the caller |
 * |----------------|--------------|------------|---------|-----------------------|
 * | iam            | the URL      | the caller | none    | Lambda, by IAM        |
 * | insideFunction | CloudFront   | CloudFront | yes     | the function          |
 *
 * ```ts
 * const url = new SecureFunctionUrl(this, 'Url', { handler: fn, auth: FunctionUrlAuth.iam() });
 * url.allowInvoke(placeOrder);
 * ```
 *
 * Two things differ for callers behind CloudFront. Requests with a body must carry its hash in the header `x-amz-content-sha256`, because
 * Lambda takes no unsigned bodies. And the `Authorization` header is CloudFront's: send tokens in another header, or in a cookie.
 *
 * While idle it costs its alarms (about 0.60 USD a month), and behind CloudFront a share of the stack's web ACL for CloudFront (about 10 USD).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export class SecureFunctionUrl extends Construct {
  /** The URL itself. */
  public readonly functionUrl: FunctionUrl;
  /** CloudFront in front of the URL, if it stands there. */
  public readonly edge?: EdgeDistribution;
  /** The address that callers use, with a slash at the end. The function itself cannot be told it: each would have to be there before the other. */
  public readonly url: string;

  /**
   * @throws ConfigurationError [SecureFunctionUrl.AuthReason], [SecureFunctionUrl.Handler], [SecureFunctionUrl.Front], [SecureFunctionUrl.Concurrency],
   * [SecureFunctionUrl.HandlerTimeout], [SecureFunctionUrl.Authorization], [FunctionUrlConcurrency.Reason], [ApiCors.*],
   * [ApiRoute.MaxBodySize], and those of EdgeDistribution
   */
  constructor(scope: Construct, id: string, private readonly props: SecureFunctionUrlProps) {
    super(scope, id);
    markOwn(this);
    this.check();
    const { alarms, auth, concurrency, cors, handler, invokeMode } = props;
    claimUrl(this, 'SecureFunctionUrl.Handler', 'handler', handler);
    this.functionUrl = new FunctionUrl(this, 'Resource', {
      function: handler,
      authType: FunctionUrlAuthType.AWS_IAM,
      cors: cors && this.corsOptions(cors),
      invokeMode: invokeMode ?? InvokeMode.BUFFERED,
    });
    recordConcurrency(this, handler, concurrency);
    if (auth.kind === FunctionUrlAuthKind.INSIDE_FUNCTION) this.edge = this.makeEdge(auth._reason!);
    this.url = this.edge?.url ?? this.functionUrl.url;
    watchFunctionUrl(this, handler, alarms ?? {});
  }

  /**
   * Lets an AWS principal call the URL, and the function through its URL only: `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`, both of
   * which Lambda asks for. Principals of other accounts stand in the function's policy.
   * @throws ConfigurationError [SecureFunctionUrl.NotIam] when the function itself says who may call, [SecureFunctionUrl.Caller] when the caller
   * is everybody, a service, or a function that was imported without its role
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
   */
  public allowInvoke(grantee: IGrantable): Grant {
    if (this.props.auth.kind !== FunctionUrlAuthKind.IAM) {
      refuse(this, {
        code: 'SecureFunctionUrl.NotIam', prop: 'allowInvoke', must: 'must go with FunctionUrlAuth.iam()', got: 'FunctionUrlAuth.insideFunction()', fix: 'whoever could call the URL itself would go around CloudFront and its web ACL',
      });
    }
    const { principalJson, conditions } = fragmentOf(grantee.grantPrincipal);
    if (Object.keys(principalJson).length === 0) {
      refuse(this, {
        code: 'SecureFunctionUrl.Caller',
        prop: 'grantee',
        must: 'must be known, and a function that was imported without its role is not',
        fix: 'import it with Function.fromFunctionAttributes(), which takes its role',
      });
    }
    // Other conditions do not tell who calls: whoever is behind a service would match 'aws:SourceArn'.
    const organization = (conditions.StringEquals as { [key: string]: unknown } | undefined)?.['aws:PrincipalOrgID'];
    const everybody = Object.values(principalJson).flat().includes('*') && organization === undefined;
    if (everybody || principalJson.Service !== undefined) {
      refuse(this, {
        code: 'SecureFunctionUrl.Caller', prop: 'grantee', must: 'must be a role, user, account or organization', fix: 'name who calls; services call functions, not their URLs',
      });
    }
    if (grantee.grantPrincipal === this.props.handler.grantPrincipal) {
      refuse(this, {
        code: 'SecureFunctionUrl.Caller',
        prop: 'grantee',
        must: 'must not be the function behind the URL: each would have to be there before the other',
        got: this.props.handler.node.path,
        fix: 'let it do the work itself, or send itself a message by a queue',
      });
    }
    return explainImportedRole(this.props.handler.grantInvokeUrl(grantee), grantee);
  }

  private check(): void {
    const { auth, concurrency, cors, front, handler, invokeMode } = this.props;
    const inside = auth.kind === FunctionUrlAuthKind.INSIDE_FUNCTION;
    if (inside) checkReason(this, auth._reason!, { code: 'SecureFunctionUrl.AuthReason', prop: 'auth', fix: 'say how the function checks who calls' });
    if (!inside && front !== undefined) {
      refuse(this, {
        code: 'SecureFunctionUrl.Front', prop: 'front', must: 'must go with FunctionUrlAuth.insideFunction(), because signed requests of callers go to the URL itself', fix: 'leave it out',
      });
    }
    checkUrlHandler(this, handler);
    if (cors !== undefined) checkUrlCors(this, cors);
    if (inside && cors?.headers?.some((name) => name.toLowerCase() === 'authorization')) {
      refuse(this, {
        code: 'SecureFunctionUrl.Authorization',
        prop: 'cors.headers',
        must: 'must not hold Authorization behind CloudFront, which replaces it by its own signature',
        got: cors.headers,
        fix: 'send the token in another header, such as X-Token',
      });
    }
    checkMaxBodySize(this, this.props);
    checkConcurrency(this, handler, concurrency);
    if (inside) checkEdge(placeOf(this, 'Edge'), this, { ...front, kind: EdgeKind.api() });
    if (!inside || invokeMode === InvokeMode.RESPONSE_STREAM) return;
    const fn = (handler as { lambda?: IFunction }).lambda ?? handler;
    checkDuration(this, (fn as { timeout?: Duration }).timeout, Duration.seconds(1), ORIGIN_READ_TIMEOUT, {
      code: 'SecureFunctionUrl.HandlerTimeout', prop: 'timeout of the handler', fix: 'CloudFront gives up after that; hand long work to a queue, or stream the answer',
    });
  }

  private corsOptions(cors: ApiCors): FunctionUrlCorsOptions {
    const inside = this.props.auth.kind === FunctionUrlAuthKind.INSIDE_FUNCTION;
    const usual = inside ? ['Content-Type'] : ['Authorization', 'Content-Type', ...SIGNING_HEADERS];
    const headers = [...new Set([...cors.headers ?? usual, ...inside ? [BODY_HASH_HEADER] : []])];
    return {
      allowedOrigins: [...cors.origins],
      allowedHeaders: headers.length === 0 ? undefined : headers, // Lambda takes no empty list
      allowedMethods: METHODS.map((method) => method as HttpMethod),
      allowCredentials: cors.credentials === true,
      maxAge: cors.maxAge ?? Duration.minutes(10),
    };
  }

  private makeEdge(reason: string): EdgeDistribution {
    recordWaiver(this, { control: 'SecureFunctionUrl.auth', reason });
    const access = new FunctionUrlOriginAccessControl(this, 'OriginAccess', {
      originAccessControlName: accountWideName(this, 64),
      signing: Signing.SIGV4_ALWAYS,
    });
    const edge = new EdgeDistribution(this, 'Edge', {
      ...this.props.front,
      kind: EdgeKind.api(),
      origin: new FunctionUrlOrigin(this.functionUrl, { originAccessControlId: access.originAccessControlId, readTimeout: ORIGIN_READ_TIMEOUT }),
    });
    this.letCloudFrontInvoke(edge);
    if (this.props.maxBodySize !== undefined) edge._allowLargerBodies('^/', this.props.maxBodySize);
    return edge;
  }

  /**
   * The two rights that Lambda asks for, for this one distribution, in the form that CloudFront documents: its ARN names the account.
   * `FunctionUrlOrigin.withOriginAccessControl` gives only the first of them in this version of CDK, and CloudFront would get 403.
   */
  private letCloudFrontInvoke(edge: EdgeDistribution): void {
    const caller = {
      functionName: this.props.handler.functionArn, principal: 'cloudfront.amazonaws.com', sourceArn: edge.distribution.distributionArn,
    };
    new CfnPermission(this, 'CloudFrontInvokesUrl', { ...caller, action: URL_INVOKE_ACTION, functionUrlAuthType: FunctionUrlAuthType.AWS_IAM });
    new CfnPermission(this, 'CloudFrontInvokesFunction', { ...caller, action: INVOKE_VIA_URL_ACTION, invokedViaFunctionUrl: true });
  }
}

/** Lambda gives URLs to functions and aliases, and CloudFormation makes them where the function is. */
function checkUrlHandler(url: SecureFunctionUrl, handler: IFunction): void {
  const code = 'SecureFunctionUrl.Handler';
  if (typeof (handler as { version?: unknown }).version === 'string') {
    refuse(url, { code, prop: 'handler', must: 'must be a function or an alias: Lambda gives versions no URL', got: handler.node.path, fix: "pass an alias of the version, such as fn.addAlias('live')" });
  }
  const elsewhere = foreignEnvironment(url, handler);
  if (elsewhere === undefined) return;
  refuse(url, {
    code, prop: 'handler', must: `must be a function of the account and region of the URL (${elsewhere.here})`, got: elsewhere.there, fix: 'put the URL into a stack there',
  });
}
