import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema } from '../../../src-main/contract/report-json-schema';

const published = join(__dirname, '..', '..', '..', 'docs', 'report.schema.json');

describe('the published JSON Schema of reports', () => {
  it('is the one that the code generates (else: npm run report-schema)', () => {
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  });

  it('requires what every reader relies on and allows keys of later versions', () => {
    const schema = reportJsonSchema();
    expect(schema).toMatchObject({
      required: expect.arrayContaining(['schema', 'item', 'verdict', 'jobs', 'custody']),
    });
    expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
  });
});
