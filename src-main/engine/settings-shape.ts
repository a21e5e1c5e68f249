import { z } from 'zod';

type Schema = z.core.$ZodType;

/** The schema inside defaults, optionals and transforms. */
export function bare(schema: Schema): Schema {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return bare(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema;
}

/** The forms that a value may have: the branches of a union that `value` does not rule out by its literal keys. */
export function formsOf(schema: Schema, value: unknown): Schema[] {
  const inner = bare(schema);
  if (!(inner instanceof z.ZodUnion)) return [inner];
  const forms = inner.options.flatMap((option) => formsOf(option, value));
  const fitting = forms.filter((form) => literalsFit(form, value));
  return fitting.length > 0 ? fitting : forms;
}

function literalsFit(form: Schema, value: unknown): boolean {
  if (!(form instanceof z.ZodObject) || typeof value !== 'object' || value === null) return true;
  const given = new Map(Object.entries(value));
  return Object.entries(form.shape).every(([key, part]) => {
    const literal = bare(part);
    return !(literal instanceof z.ZodLiteral) || literal.safeParse(given.get(key)).success;
  });
}

/** Keys with a schema of their own below any of `forms`; `records`: schemas of values whose keys are free. */
export function keysBelow(forms: readonly Schema[]): { named: Map<string, Schema>; records: Schema[] } {
  const named = new Map<string, Schema>();
  const records: Schema[] = [];
  for (const form of forms) {
    if (form instanceof z.ZodObject) for (const [key, part] of Object.entries(form.shape)) named.set(key, part);
    if (form instanceof z.ZodRecord) records.push(form.valueType);
  }
  return { named, records };
}

/** Schemas of the entries of the lists among `forms`. */
export function entriesOf(forms: readonly Schema[]): Schema[] {
  return forms.flatMap((form) => (form instanceof z.ZodArray ? [form.element] : []));
}

/** `value` at one step of a path; undefined where there is none. */
export function valueAt(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, step)?.value;
}

/** The forms of what stands at `path` of `data`, which need not follow the schema. */
export function formsAt(schema: Schema, data: unknown, path: readonly PropertyKey[]): Schema[] {
  let forms = formsOf(schema, data);
  let value = data;
  for (const step of path) {
    value = valueAt(value, step);
    const { named, records } = keysBelow(forms);
    const own = named.get(String(step));
    const next = own === undefined ? [...records, ...entriesOf(forms)] : [own];
    const current = value;
    forms = next.flatMap((inner) => formsOf(inner, current));
  }
  return forms;
}
