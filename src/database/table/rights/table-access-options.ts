/** Which items a right covers, and where. */
export interface TableAccessOptions {
  /**
   * Only items whose partition key has one of these values. For tenants that share a table name a tag of the caller's session,
   * `['${aws:PrincipalTag/tenant}']`: a caller without the tag gets nothing. A caller of another account chooses its tags itself.
   * @default - all items
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
   */
  readonly leadingKeys?: string[];

  /**
   * The regions in which the right holds: that of the stack, and those of replicas.
   * @default - that of the stack
   */
  readonly regions?: string[];
}

/** Which items and attributes somebody may write. */
export interface TableWriteOptions extends TableAccessOptions {
  /**
   * Only these attributes; those of the keys are added. Items can then be updated but not put, because a put replaces all attributes.
   * @default - all attributes
   */
  readonly attributes?: string[];
}

/** Which items and attributes somebody may read. */
export interface TableReadOptions extends TableAccessOptions {
  /**
   * Only these attributes; those of the keys of the table and of `indexes` are added. Each request has to name the attributes that it wants (`ProjectionExpression`).
   * @default - all attributes
   */
  readonly attributes?: string[];

  /**
   * The secondary indexes that can be queried, by name. With `leadingKeys` the values are those of the index's own partition key.
   * @default - none: only the table
   */
  readonly indexes?: string[];
}

/** What somebody may go through. A scan ignores partitions: it cannot be limited to leading keys. */
export interface TableListOptions {
  /**
   * Only these attributes; those of the keys of the table and of `indexes` are added. Each request has to name the attributes that it wants (`ProjectionExpression`).
   * @default - all attributes
   */
  readonly attributes?: string[];

  /**
   * The secondary indexes that can be scanned, by name.
   * @default - none: only the table
   */
  readonly indexes?: string[];

  /**
   * The regions in which the right holds: that of the stack, and those of replicas.
   * @default - that of the stack
   */
  readonly regions?: string[];
}
