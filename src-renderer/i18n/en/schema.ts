/** What the values of choices in dropgate.yaml mean. Titles and descriptions of its keys come with its schema. */
export const SCHEMA_VALUES: ReadonlyMap<string, string> = new Map([
  ['keep', 'Originals stay'],
  ['move', 'Originals are removed'],
  ['folder', 'Folder'],
  ['s3', 'S3'],
  ['when_supported', 'With every upload'],
  ['when_required', 'Only where the server insists'],
  ['auto', 'Automatic'],
  ['on', 'On'],
  ['off', 'Off'],
]);
