/** A text that depends on how many: which form is taken is decided by the language's own rules on `count`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}
/** Part of the catalogue: texts with `{name}` places. */
export type Section = Readonly<Record<string, string | Plural>>;

/** The shape a translation of a section must have: every key, plural where the original is. */
export type Translation<Original extends Section> = {
  readonly [Key in keyof Original]: Original[Key] extends string ? string : Plural;
};

type PlacesOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlacesOf<Rest>
  : never;

/** Names of what must be given with a text. */
export type ParamNames<Entry> = Entry extends string
  ? PlacesOf<Entry>
  : Entry extends Plural
    ? 'count' | PlacesOf<Entry['one']> | PlacesOf<Entry['other']>
    : never;

export type Params<Entry> = [ParamNames<Entry>] extends [never]
  ? []
  : [params: Readonly<Record<ParamNames<Entry>, string | number>>];
