import { API_CONTENT_POLICY, SITE_CONTENT_POLICY } from './edge-baseline';

/** Further places from which a page may load, or to which it may send. Each is exact: `https://api.example.com`, not `https:` or `*`. */
export interface ContentSources {
  /**
   * Where scripts may call: APIs, web sockets (`wss://…`).
   * @default - the page's own origin
   */
  readonly connectSrc?: string[];
  /**
   * Where fonts come from; `data:` is possible.
   * @default - the page's own origin
   */
  readonly fontSrc?: string[];
  /**
   * Where forms may be sent.
   * @default - the page's own origin
   */
  readonly formAction?: string[];
  /**
   * Which pages may show this one in a frame: they can trick its users into clicks.
   * @default - none
   */
  readonly frameAncestors?: string[];
  /**
   * What this page may show in a frame.
   * @default - the page's own origin
   */
  readonly frameSrc?: string[];
  /**
   * Where pictures come from; `data:` and `blob:` are possible.
   * @default - the page's own origin
   */
  readonly imgSrc?: string[];
  /**
   * Where sound and film come from; `data:` and `blob:` are possible.
   * @default - the page's own origin
   */
  readonly mediaSrc?: string[];
  /**
   * Where scripts come from, besides the page's own origin; `'sha256-…'` lets one inline script in. Whoever controls such a place controls the page.
   * @default - the page's own origin
   */
  readonly scriptSrc?: string[];
  /**
   * Where style sheets come from; `'sha256-…'` lets one inline style in.
   * @default - the page's own origin
   */
  readonly styleSrc?: string[];
  /**
   * Where workers come from; `blob:` is possible.
   * @default - the page's own origin
   */
  readonly workerSrc?: string[];
}

/** What a page cannot be protected from injected code with. */
export enum UnsafeContent {
  /** Scripts that stand in the page itself: an injected one runs as well. */
  INLINE_SCRIPTS = "script-src 'unsafe-inline'",
  /** Styles that stand in the page itself: an injected one can read and cover up what the page shows. */
  INLINE_STYLES = "style-src 'unsafe-inline'",
  /** Scripts that run text as code: a text that comes from outside becomes code. */
  EVAL = "script-src 'unsafe-eval'",
}

/** Where an addition to the policy goes, and what was said about it. */
interface Addition {
  readonly directive: string;
  readonly source: string;
  readonly reason?: string;
}

/**
 * What a page may load, run and send to: the browser refuses the rest, injected code included.
 *
 * ```ts
 * ContentSecurityPolicy.site().with({ connectSrc: ['https://api.example.com'] });
 * ```
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export class ContentSecurityPolicy {
  /** Everything comes from the page's own origin; no plug-ins, no inline code, no frame around it. */
  public static site(): ContentSecurityPolicy {
    return new ContentSecurityPolicy(SITE_CONTENT_POLICY, []);
  }

  /** Nothing is loaded at all: for answers that are data. */
  public static nothing(): ContentSecurityPolicy {
    return new ContentSecurityPolicy(API_CONTENT_POLICY, []);
  }

  private constructor(
    private readonly base: { readonly [directive: string]: readonly string[] },
    /** @internal */ public readonly _additions: readonly Addition[],
  ) {}

  /**
   * A copy that lets in more places.
   * @throws ConfigurationError [ContentSecurityPolicy.Source] when a place is not exact, once the distribution is made
   */
  public with(sources: ContentSources): ContentSecurityPolicy {
    const additions = Object.entries(sources).flatMap(([name, list]: [string, string[] | undefined]) => (list ?? [])
      .map((source) => ({ directive: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), source })));
    return new ContentSecurityPolicy(this.base, [...this._additions, ...additions]);
  }

  /**
   * A copy that allows what makes injected code run. The reason stands in the report.
   * @throws ConfigurationError [ContentSecurityPolicy.Reason] when the reason is too short to be judged, once the distribution is made
   */
  public withUnsafe(content: UnsafeContent, reason: string): ContentSecurityPolicy {
    const [directive, source] = content.split(' ');
    return new ContentSecurityPolicy(this.base, [...this._additions, { directive, source, reason }]);
  }

  /** @internal The text of the header. */
  public _render(): string {
    const directives = new Map(Object.entries(this.base).map(([directive, sources]) => [directive, [...sources]]));
    for (const { directive, source } of this._additions) {
      const before = directives.get(directive) ?? directives.get('default-src')!;
      const kept = before.filter((one) => one !== "'none'" && one !== source);
      directives.set(directive, [...kept, source]);
    }
    return [...directives].map(([directive, sources]) => [directive, ...sources].join(' ')).join('; ');
  }

  /** @internal The only page besides this origin that may frame it decides what the older header can say. */
  public get _framedBy(): readonly string[] {
    return this._additions.filter(({ directive }) => directive === 'frame-ancestors').map(({ source }) => source);
  }
}
