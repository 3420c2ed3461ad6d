import { FOLDER_INDEX_CODE, SINGLE_PAGE_CODE } from './website-baseline';

/**
 * Which file answers a path that names none.
 *
 * A CloudFront function rewrites the path before the file is looked for. The other way, an error page for 403 and 404 that answers 200,
 * would also turn what the web ACL blocks and what is really missing into a page that looks fine.
 */
export class WebsiteFallback {
  /** For pages in folders: `/about` and `/about/` are answered with `about/index.html`. */
  public static folderIndex(): WebsiteFallback {
    return new WebsiteFallback('folderIndex', FOLDER_INDEX_CODE);
  }

  /** For pages that are one script: every path whose last part has no dot is answered with `index.html`. A missing file stays missing. */
  public static singlePage(): WebsiteFallback {
    return new WebsiteFallback('singlePage', SINGLE_PAGE_CODE);
  }

  /** Paths are names of files, apart from `/`, which is `index.html`. No function runs. */
  public static none(): WebsiteFallback {
    return new WebsiteFallback('none');
  }

  private constructor(
    /** `folderIndex`, `singlePage` or `none`. */
    public readonly name: string,
    /** @internal */ public readonly _code?: string,
  ) {}
}
