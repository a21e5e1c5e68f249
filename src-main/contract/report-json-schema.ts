import { z } from 'zod';
import { REPORT_SCHEMA, reportSchema } from './report';

/**
 * The JSON Schema (draft 2020-12) of `<filename>.report.json`, as published in docs/report.schema.json. Keys that a
 * reader does not know are allowed: a later version adds keys without changing the schema's name.
 */
export function reportJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(reportSchema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const description = 'What Dropgate knows about one file when it was disposed.';
  return { $schema, $id: `urn:${REPORT_SCHEMA.replace('/', ':')}`, title: REPORT_SCHEMA, description, ...schema };
}
