import { z } from 'zod';

/** A schema as API Gateway reads it: draft 4, without the keyword that says so. The number of items is left to the handler. */
export function jsonSchemaOf(type: z.ZodType): { [keyword: string]: unknown } {
  const { $schema, ...schema } = z.toJSONSchema(type, {
    target: 'draft-04',
    override: ({ jsonSchema }) => {
      delete jsonSchema.minItems;
      delete jsonSchema.maxItems;
    },
  });
  return schema;
}
