/** What `hasNoOpenRoutes` lets pass. */
export interface OpenRoutesOptions {
  /**
   * Ways in that may be open, as the report names them, or the end of the name: `GET /health`.
   * @default - none
   */
  readonly allowed?: string[];
}

/** What `hasNoThirdParties` lets pass. */
export interface ThirdPartiesOptions {
  /**
   * Third parties that are expected, as the report names them: `444455556666`, `api.example.com`.
   * @default - none
   */
  readonly allowed?: string[];
  /**
   * Whether packages in the bundles of functions count as well.
   * @default false
   */
  readonly packages?: boolean;
}
