/** Which objects a right covers. */
export interface BucketAccessOptions {
  /**
   * Only objects whose keys begin with this, for example `invoices/`. `invoices` without the slash covers `invoices-old/` as well.
   * @default - all objects of the bucket
   */
  readonly prefix?: string;
}

/** Which objects somebody may read. */
export interface BucketReadOptions extends BucketAccessOptions {
  /**
   * Whether old versions may be read too, those of deleted objects included.
   * @default false
   */
  readonly versions?: boolean;
}
