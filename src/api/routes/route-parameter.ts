/** What is known about a parameter. */
export interface RouteParameterOptions {
  /**
   * Whether requests without it are answered with 400.
   * @default true
   */
  readonly required?: boolean;
  /**
   * What it means, for readers of the exported definition.
   * @default - no description
   */
  readonly description?: string;
}

/**
 * A query string parameter or header that a route reads. API Gateway checks that required ones are there, never what they hold:
 * the function checks values. Parameters of the path are known from the path itself.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export class RouteParameter {
  /** A parameter of the query string. */
  public static query(name: string, options: RouteParameterOptions = {}): RouteParameter {
    return new RouteParameter('query', name, options);
  }

  /** A request header. */
  public static header(name: string, options: RouteParameterOptions = {}): RouteParameter {
    return new RouteParameter('header', name, options);
  }

  /** @internal */
  public readonly _required: boolean;
  /** @internal */
  public readonly _description?: string;

  private constructor(
    /** @internal */ public readonly _in: string,
    /** The name as callers write it; case counts. */
    public readonly name: string,
    options: RouteParameterOptions,
  ) {
    this._required = options.required ?? true;
    this._description = options.description;
  }

  /** @internal */
  public get _source(): string {
    return `method.request.${this._in === 'query' ? 'querystring' : 'header'}.${this.name}`;
  }
}
